// SPDX-License-Identifier: MIT
// What disks share: the names of a disk and the files behind them.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <string>
#include <vector>

#include "sim/world/file_content.h"
#include "sim/world/sim_disk.h"

namespace backstop::world {

/// A string that copies at the cost of a reference count.
struct SharedPath : Shared<SharedPath> {
  explicit SharedPath(const std::string& path) : text(path) {}
  const std::string text;
};

struct DiskImage : Shared<DiskImage> {
  static constexpr SimDisk::FileId kDirectory = 0xffffffff;

  struct Name {
    boost::intrusive_ptr<const SharedPath> path;
    SimDisk::FileId file = kDirectory;
  };
  struct File {
    boost::intrusive_ptr<FileContent> content;  ///< null if the slot is free
    bool named = false;                         ///< false after Remove, while still open
  };

  std::vector<Name> names;  ///< ascending by path
  std::vector<File> files;  ///< by FileId
};

}  // namespace backstop::world
