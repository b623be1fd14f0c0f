// SPDX-License-Identifier: MIT
// Picking from a set of tasks, which is a bit mask, in an order that every strategy shares.
#pragma once

#include <bit>
#include <cstdint>

#include "sim/scheduler/types.h"

namespace backstop::sched {

/// Number of tasks. Sets are small: this beats a call of the library's popcount.
inline uint32_t Size(uint32_t set) {
  uint32_t n = 0;
  for (; set != 0; set &= set - 1) ++n;
  return n;
}

inline bool IsSingle(uint32_t set) { return set != 0 && (set & (set - 1)) == 0; }

/// The `k`-th task of `set`, counted from 0 in the order of their ids; `k` is below its size.
inline TaskId Nth(uint32_t set, unsigned k) {
  for (; k > 0; --k) set &= set - 1;
  return static_cast<TaskId>(std::countr_zero(set));
}

inline bool Contains(uint32_t set, TaskId task) { return task < kMaxTasks && (set >> task & 1u); }

/// The tasks of `set` up to and including `task`; none for kNoTask.
inline uint32_t UpTo(uint32_t set, TaskId task) {
  return task < kMaxTasks ? set & ((2u << task) - 1) : 0;
}

/// The choices of a question in normal order: the current task if it is in `set`, then the others
/// in cyclic order after it. `k` is taken modulo the size of `set`.
inline TaskId Choice(uint32_t set, TaskId current, uint32_t k) {
  k %= Size(set);
  if (Contains(set, current)) {
    if (k == 0) return current;
    --k;
    set &= ~(1u << current);
  }
  const uint32_t before = UpTo(set, current);
  const uint32_t after = set & ~before;
  const uint32_t later = Size(after);
  return k < later ? Nth(after, k) : Nth(before, k - later);
}

/// The `k` for which Choice gives `chosen`, a task of `set`.
inline uint32_t ChoiceIndex(uint32_t set, TaskId current, TaskId chosen) {
  uint32_t k = 0;
  while (Choice(set, current, k) != chosen) ++k;
  return k;
}

}  // namespace backstop::sched
