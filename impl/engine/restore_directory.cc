// SPDX-License-Identifier: MIT
#include "impl/engine/restore_directory.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "impl/engine/io.h"
#include "impl/engine/log_name.h"
#include "impl/engine/path.h"
#include "impl/engine/restore.h"
#include "impl/engine/whole_backup.h"

namespace backstop::engine {
namespace {

using Names = std::vector<std::string>;

Names List(env::Env& env, const std::string& directory) {
  Names names;
  env.List(directory, &names);
  return names;
}

/// Of an atomic backup the sub-directory that is whole.
std::string WholeDirectory(env::Env& env, const std::string& directory) {
  const std::string current = directory + kAtomicNew;
  const std::string old = directory + kAtomicOld;
  if (!env.Exists(current)) return directory;
  const bool moving = !List(env, directory + kAtomicTemp).empty() && !List(env, old).empty();
  return moving ? old : current;
}

/// What a backup directory holds.
struct Contents {
  uint32_t low = 0;
  uint32_t high = 0;
  Names copies;
  Names patches;
};

Contents Read(const Names& names, const std::string& base) {
  Contents contents;
  for (const std::string& name : names) {
    if (const auto generation = ArchivedGeneration(name, base)) {
      contents.low = contents.low == 0 ? *generation : std::min(contents.low, *generation);
      contents.high = std::max(contents.high, *generation);
    } else if (name.ends_with(kPatchExtension)) {
      contents.patches.push_back(name);
    } else if (!HasLogExtension(name)) {
      contents.copies.push_back(name);
    }
  }
  return contents;
}

class Placer {
 public:
  Placer(env::Env& env, std::string from, std::string target, Names copies, Names paths)
      : env_(env),
        from_(std::move(from)),
        target_(std::move(target)),
        copies_(std::move(copies)),
        paths_(std::move(paths)) {}

  Err Place(std::vector<RestoreMapEntry>* map) const {
    for (const std::string& name : copies_) {
      const std::string old_path = OldPath(name);
      const std::string place = target_.empty() ? old_path : target_ + name;
      const env::IoStatus copied = CopyFile(env_, from_ + name, place);
      if (copied != env::IoStatus::kOk) return FromIo(copied);
      map->push_back({old_path, place});
    }
    return JET_errSuccess;
  }

 private:
  std::string OldPath(const std::string& name) const {
    const auto found = std::ranges::find_if(
        paths_, [&name](const std::string& path) { return FileName(path) == name; });
    return found == paths_.end() ? name : *found;
  }

  env::Env& env_;
  const std::string from_;
  const std::string target_;
  const Names copies_;
  const Names paths_;  ///< of the databases in the logs
};

}  // namespace

Err RestoreDirectory(env::Env& env, const Dialect& dialect, const StorageSettings& settings,
                     const std::string& directory, const std::string& target) {
  const std::string from = WholeDirectory(env, directory);
  Names names;
  if (env.List(from, &names) == env::IoStatus::kIoError) return JET_errDiskIO;
  const Contents contents = Read(names, settings.base_name);
  if (contents.high == 0) return JET_errFileNotFound;
  if (!target.empty() && !env.Exists(target)) return JET_errInvalidPath;
  for (const std::string& name : contents.copies) {
    const bool patched =
        std::ranges::find(contents.patches, PatchFile(name)) != contents.patches.end();
    if (!patched) return JET_errPatchFileMissing;
  }
  RestoreRequest request{.storage = settings,
                         .backup_path = from,
                         .low = contents.low,
                         .high = contents.high,
                         .has_map = true,
                         .builds_missing = !dialect.restore_builds_nothing};
  request.place_copies = [&](std::vector<RestoreMapEntry>* map) {
    Names paths;
    if (const Err err = DatabasesInLogs(env, request, &paths); err < 0) return err;
    return Placer(env, from, target, contents.copies, paths).Place(map);
  };
  return Restore(env, dialect, request);
}

}  // namespace backstop::engine
