// SPDX-License-Identifier: MIT
#include "model/explore/alphabet.h"

namespace backstop::model {

namespace {

void MergeLevels(InstanceState* instance) {
  for (uint8_t& level : instance->levels) {
    if (level > 2 && level < 6) level = 2;
  }
}

void MergeInstance(const Keeps& keeps, bool by_sum, InstanceState* instance) {
  MergeLevels(instance);
  if (by_sum) {
    instance->backup.logs_read = 0;
  } else {
    instance->backup.sum_read = 0;
  }
  if (!keeps.headers) instance->headers = {};
  if (!keeps.deletions) instance->deleted_below = 0;
}

}  // namespace

void Merge(const Keeps& keeps, const Dialect& dialect, Snapshot* state) {
  const bool by_sum = dialect.copied_logs == Follow::kSource;
  for (unsigned slot = 0; slot < kInstances; ++slot) {
    InstanceState& instance = state->instances[slot];
    MergeInstance(keeps, by_sum, &instance);
    if (instance.backup.file.kind == FileKind::kNone) state->last_file[slot] = kNoFile;
  }
}

Outcome Reported(const ExploreOptions& options, const Call& call) {
  Outcome outcome{.file = 1, .low = 1, .high = options.logs};
  outcome.size_pages =
      call.name == NameKind::kDatabase ? options.database_pages : options.log_pages;
  return outcome;
}

}  // namespace backstop::model
