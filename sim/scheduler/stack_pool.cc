// SPDX-License-Identifier: MIT
#include "sim/scheduler/stack_pool.h"

#include <sys/mman.h>
#include <unistd.h>

#include "sim/scheduler/fatal.h"
#include "sim/scheduler/sanitizer.h"

namespace backstop::sched {
namespace {

size_t GuardBytes() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

// Pages are reserved, not committed: a stack costs what its fiber has touched.
Stack MapStack(size_t size) {
  const size_t guard = GuardBytes();
  void* memory = mmap(nullptr, guard + size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, guard, PROT_NONE) != 0) {
    Fatal("no memory", "stack");
  }
  return {static_cast<std::byte*>(memory) + guard, size};
}

}  // namespace

StackPool::~StackPool() {
  const size_t guard = GuardBytes();
  for (const Stack& stack : free_) munmap(stack.bottom - guard, guard + stack.size);
}

Stack StackPool::Take() {
  if (free_.empty()) return MapStack(kStackBytes);
  const Stack stack = free_.back();
  free_.pop_back();
  return stack;
}

void StackPool::GiveAbandoned(Stack stack) {
  if (!KeepAbandonedStack(stack.bottom, stack.size)) free_.push_back(stack);
}

}  // namespace backstop::sched
