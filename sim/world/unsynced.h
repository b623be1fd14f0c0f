// SPDX-License-Identifier: MIT
// What a disk has accepted and not yet made durable, and what a power loss leaves of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/world/file_content.h"
#include "sim/world/sim_disk.h"

namespace backstop::world {

/// Writes are durable once their file was synced, names once their directory was. Until then a
/// power loss keeps any set of the sectors written to a file, each whole or not at all, and of the
/// changes of a directory any number from the first on, as a journalling file system does. Made
/// directories are durable at once.
class Unsynced {
 public:
  using FileId = SimDisk::FileId;
  static constexpr size_t kSectorBytes = 512;

  /// All that `image` holds counts as durable.
  explicit Unsynced(const DiskImage& image);
  ~Unsynced();

  // What happens to the disk, told after it has happened.
  void Write(FileId file, uint64_t offset, std::span<const std::byte> bytes);
  void Resize(FileId file, uint64_t bytes);
  void Sync(FileId file, const boost::intrusive_ptr<FileContent>& content);
  void Create(FileId file, const std::string& path);
  void Remove(const std::string& path);
  void Rename(FileId file, const std::string& from, const std::string& to);
  void SyncDirectory(const std::string& directory);

  /// The files that are left. `keep` is asked once for each sector and each change of a directory.
  std::map<std::string, boost::intrusive_ptr<FileContent>> Survivors(const Keep& keep) const;

 private:
  struct Change;
  struct Inode;
  using InodePtr = std::shared_ptr<Inode>;
  using Names = std::map<std::string, InodePtr>;
  /// One change of a directory: the names it binds, or unbinds where there is no file.
  struct NameChange {
    std::string directory;
    std::vector<std::pair<std::string, InodePtr>> bindings;
  };

  Inode& Live(FileId file);
  static void Apply(const NameChange& change, Names& names);

  std::vector<InodePtr> live_;  ///< by FileId
  Names durable_;
  std::vector<NameChange> changes_;  ///< in the order they happened
};

}  // namespace backstop::world
