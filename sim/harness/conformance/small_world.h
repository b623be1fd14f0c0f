// SPDX-License-Identifier: MIT
// What calls report in the smallest world: the outputs that no specification can know. The
// generator assumes them, and so does the replay of sequences that record no outputs.
#pragma once

#include <algorithm>
#include <cstdint>

#include "model/lifecycle.h"
#include "model/snapshot.h"

namespace backstop::conformance {

/// Every file of a backup has this many pages.
inline constexpr uint32_t kFilePages = 32;

/// The only generation that a log list shows.
inline uint32_t ListedGeneration(const model::InstanceState& instance) {
  return std::max<uint32_t>(1, instance.deleted_below);
}

/// That fill several log generations.
inline constexpr uint32_t kManyRows = 1000;

/// Whether logs may be deleted at all: with no database attached, those below the checkpoint, which
/// the last detach has moved.
inline bool HasLogsToDelete(bool many_rows, const model::InstanceState& instance) {
  return many_rows && instance.attached == 0;
}

/// The handle that the next opened file gets. The original engine has one slot, and so one handle;
/// of two that alternate, one is open and the other stale.
inline model::FileRef NextHandle(const model::Dialect& dialect, model::FileRef last) {
  if (dialect.read_bad_handle == model::Follow::kSource) return 1;
  return last == 1 ? 2 : 1;
}

/// What a call on `instance` reports, whose last handle was `last`.
inline model::Outcome Reported(const model::Dialect& dialect, const model::InstanceState& instance,
                               model::FileRef last) {
  model::Outcome outcome;
  outcome.file = NextHandle(dialect, last);
  outcome.size_pages = kFilePages;
  outcome.low = outcome.high = ListedGeneration(instance);
  return outcome;
}

}  // namespace backstop::conformance
