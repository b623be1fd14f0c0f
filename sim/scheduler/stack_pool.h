// SPDX-License-Identifier: MIT
// Stacks for fibers: mapped once, used again, with a page below them that stops an overflow.
#pragma once

#include <cstddef>
#include <vector>

namespace backstop::sched {

/// Grows down from bottom + size; below `bottom` lies an inaccessible page.
struct Stack {
  std::byte* bottom = nullptr;
  size_t size = 0;
};

/// Not thread-safe. Must outlive the fibers on its stacks.
class StackPool {
 public:
  static constexpr size_t kStackBytes = size_t{256} * 1024;

  StackPool() = default;
  ~StackPool();
  StackPool(const StackPool&) = delete;
  StackPool& operator=(const StackPool&) = delete;

  /// Ends the process if the system has no memory left.
  Stack Take();
  /// `stack` is one that this pool gave and that nothing will run on any more.
  void Give(Stack stack) { free_.push_back(stack); }
  /// Like Give, for a stack whose frames were never left. Under AddressSanitizer it is kept as it
  /// is, so that the leak checker sees who owns what the frames own.
  void GiveAbandoned(Stack stack);

 private:
  std::vector<Stack> free_;
};

}  // namespace backstop::sched
