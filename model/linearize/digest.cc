// SPDX-License-Identifier: MIT
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "model/linearize/linearize.h"

namespace backstop::model {

namespace {

/// Counts generations from the first one to copy, and the open handle as one.
void MakeRelative(InstanceState* instance) {
  BackupState& backup = instance->backup;
  const uint32_t base = backup.copy_low;
  if (backup.file.handle != kNoFile) backup.file.handle = 1;
  backup.file.generation -= std::min(backup.file.generation, base);
  instance->deleted_below -= std::min(instance->deleted_below, base);
  if (backup.copy_end == 0) {
    backup.file.generation = 0;
    instance->deleted_below = instance->deleted_below != 0;
    return;
  }
  backup.copy_end -= base;
  backup.copy_low = 1;
}

}  // namespace

uint64_t Digest(const Snapshot& state) {
  Snapshot relative = state;
  relative.last_file = {};
  for (InstanceState& instance : relative.instances) MakeRelative(&instance);
  return XXH3_64bits(&relative, sizeof relative);
}

}  // namespace backstop::model
