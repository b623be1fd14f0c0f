// SPDX-License-Identifier: MIT
// What AddressSanitizer and ThreadSanitizer must be told about stacks that come and go. Nothing is
// left of this in other builds.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define BACKSTOP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BACKSTOP_ASAN 1
#endif
#endif

#if defined(__SANITIZE_THREAD__)
#define BACKSTOP_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BACKSTOP_TSAN 1
#endif
#endif

#ifdef BACKSTOP_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#ifdef BACKSTOP_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace backstop::sched {

/// What the sanitizers know of one stack.
struct SanitizerStack {
#ifdef BACKSTOP_ASAN
  const void* bottom = nullptr;
  size_t size = 0;
  void* fake_stack = nullptr;
#endif
#ifdef BACKSTOP_TSAN
  void* fiber = nullptr;
#endif
};

/// The stack the caller runs on.
inline void AdoptStack([[maybe_unused]] SanitizerStack& stack) {
#ifdef BACKSTOP_TSAN
  stack.fiber = __tsan_get_current_fiber();
#endif
}

/// A stack that nothing runs on yet.
inline void CreateStack([[maybe_unused]] SanitizerStack& stack, [[maybe_unused]] void* bottom,
                        [[maybe_unused]] size_t size) {
#ifdef BACKSTOP_ASAN
  stack.bottom = bottom;
  stack.size = size;
#endif
#ifdef BACKSTOP_TSAN
  stack.fiber = __tsan_create_fiber(0);
#endif
}

/// Nothing will run on the stack any more. Marks that its frames left behind are wiped, since its
/// memory will be used for something else.
inline void DestroyStack([[maybe_unused]] SanitizerStack& stack) {
#ifdef BACKSTOP_ASAN
  __asan_unpoison_memory_region(stack.bottom, stack.size);
#endif
#ifdef BACKSTOP_TSAN
  __tsan_destroy_fiber(stack.fiber);
#endif
}

/// Just before the jump. The switch orders what came before it: tasks take turns, so nothing they
/// do is a data race, and races between them are what the scheduler's points are for.
inline void BeforeSwitch([[maybe_unused]] SanitizerStack& from,
                         [[maybe_unused]] SanitizerStack& to) {
#ifdef BACKSTOP_ASAN
  __sanitizer_start_switch_fiber(&from.fake_stack, to.bottom, to.size);
#endif
#ifdef BACKSTOP_TSAN
  __tsan_switch_to_fiber(to.fiber, 0);
#endif
}

/// Just after the jump, on the new stack; `from` learns its bounds if it was adopted.
inline void AfterSwitch([[maybe_unused]] SanitizerStack& from,
                        [[maybe_unused]] SanitizerStack& self) {
#ifdef BACKSTOP_ASAN
  __sanitizer_finish_switch_fiber(self.fake_stack, &from.bottom, &from.size);
#endif
}

/// True if memory on an abandoned stack must be kept, so that what it points to is no leak.
inline bool KeepAbandonedStack([[maybe_unused]] void* bottom, [[maybe_unused]] size_t size) {
#ifdef BACKSTOP_ASAN
  __lsan_register_root_region(bottom, size);
  return true;
#else
  return false;
#endif
}

}  // namespace backstop::sched
