// SPDX-License-Identifier: MIT
#include "sim/scheduler/context.h"

#include <cstdint>
#include <cstring>

namespace backstop::sched {

#ifdef BACKSTOP_OWN_SWITCH

namespace {

/// What Jump leaves on a stack and finds there, and the entry of a stack that was never left.
struct Left {
  uint32_t mxcsr = 0;
  uint16_t x87_control = 0;
  void* frame = nullptr;
  void (*go_on)() = nullptr;
  StackEntry entry = nullptr;
};
static_assert(offsetof(Left, frame) == 8 && offsetof(Left, go_on) == 16 &&
              offsetof(Left, entry) == 24);

/// Calls the entry with what the jump hands over, in %rsi, on a stack that is aligned as after a
/// call from nowhere.
[[gnu::naked]] void Enter() {
  asm("movq %rsi, %rdi\n\t"
      "movq 24(%rsp), %rax\n\t"
      "andq $-16, %rsp\n\t"
      "pushq $0\n\t"
      "xorl %ebp, %ebp\n\t"
      "jmpq *%rax");
}

}  // namespace

void* NewContext(std::byte* top, std::size_t, StackEntry entry) {
  Left left{.go_on = &Enter, .entry = entry};
  asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(left.mxcsr), "=m"(left.x87_control));
  // The entry's frame lies below what it is told here.
  constexpr std::size_t kRoom = 64;
  static_assert(sizeof left <= kRoom);
  std::memcpy(top - kRoom, &left, sizeof left);
  return top - kRoom;
}

#else

namespace {

struct Beginning {
  StackEntry entry;
};

void Enter(boost::context::detail::transfer_t arrived) {
  // The first jump goes here only to learn the entry, which the stack itself cannot hold.
  const StackEntry entry = static_cast<const Beginning*>(arrived.data)->entry;
  const auto again = boost::context::detail::jump_fcontext(arrived.fctx, nullptr);
  const auto* told = static_cast<const JumpMessage*>(again.data);
  *told->from = again.fctx;
  entry(told->data);
}

}  // namespace

void* NewContext(std::byte* top, std::size_t size, StackEntry entry) {
  Beginning beginning{entry};
  void* context = boost::context::detail::make_fcontext(top, size, &Enter);
  return boost::context::detail::jump_fcontext(context, &beginning).fctx;
}

#endif

}  // namespace backstop::sched
