// SPDX-License-Identifier: MIT
// A disk in memory whose copies share what they have in common.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "impl/env/env.h"
#include "sim/world/fault_policy.h"
#include "sim/world/file_content.h"

namespace backstop::world {

struct DiskImage;
class Unsynced;

/// Asked whether one part of what was not synced survives a power loss.
using Keep = std::function<bool()>;

/// Files in directories. A clone costs one reference count; files, and pages of files, are copied
/// when one of two disks that share them changes. Removing or renaming an open file leaves it
/// readable and writable through its handle, as on POSIX. Directories need not be made: a path that
/// has files below it is one.
///
/// A disk and its clones belong to one operating system thread.
class SimDisk {
 public:
  /// Names an open file. The number of a closed file is used again.
  using FileId = uint32_t;

  SimDisk();
  ~SimDisk();
  SimDisk(SimDisk&&) noexcept;
  SimDisk& operator=(SimDisk&&) noexcept;

  /// The same files, none of them open.
  SimDisk Clone() const;

  /// From now on remembers what is not yet durable; all that is there is. See unsynced.h.
  void TrackDurability();
  /// What is left after a power loss, none of it open. Needs TrackDurability.
  SimDisk AfterPowerLoss(const Keep& keep) const;

  /// `*file` is set on kOk and stays valid until Close; several opens of one file give one number.
  env::IoStatus Open(const std::string& path, env::OpenMode mode, FileId* file);
  void Close(FileId file);
  env::IoResult Read(FileId file, uint64_t offset, std::span<std::byte> to) const;
  env::IoResult Write(FileId file, uint64_t offset, std::span<const std::byte> from);
  env::IoStatus SetSize(FileId file, uint64_t bytes);
  void Sync(FileId file);
  uint64_t Size(FileId file) const;

  // As in env::Env.
  env::IoStatus Remove(const std::string& path);
  env::IoStatus Rename(const std::string& from, const std::string& to);
  env::IoStatus MakeDirectory(const std::string& path);
  env::IoStatus List(const std::string& directory, std::vector<std::string>* names) const;
  bool Exists(const std::string& path) const;
  env::IoStatus SyncDirectory(const std::string& directory);

  /// The whole file as a string; nothing if there is no such file.
  std::optional<std::string> Peek(const std::string& path) const;
  /// Paths of all files in ascending order.
  std::vector<std::string> Paths() const;

 private:
  explicit SimDisk(boost::intrusive_ptr<DiskImage> image);
  /// The image, after copying it if another disk shares it.
  DiskImage& Own();
  FileContent& OwnContent(FileId file);
  FileId AddFile(const std::string& path);
  void DropIfUnused(FileId file);
  /// Takes its name from a file, which stays while it is open.
  void Unname(FileId file, const std::string& path);
  bool IsDirectory(const std::string& path) const;

  boost::intrusive_ptr<DiskImage> image_;
  std::vector<uint32_t> opens_;         ///< by FileId; not shared with clones
  std::unique_ptr<Unsynced> unsynced_;  ///< null unless tracked
};

}  // namespace backstop::world
