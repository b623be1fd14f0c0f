// SPDX-License-Identifier: MIT
// The disks that runs start from: made once by the engine itself, then cloned for every run.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sim/harness/jet_api.h"
#include "sim/harness/program.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

/// Holds, per settings, a disk with two instance directories, each with a log stream of more than
/// one generation, a database of a few dozen pages with rows, and a second database that is not
/// attached; everything cleanly shut down.
class PreparedWorlds {
 public:
  explicit PreparedWorlds(const JetApi& api) : api_(api) {}

  /// A fresh clone; made on first use. Nothing if the engine failed to make it, see error().
  std::optional<world::SimDisk> Clone(Settings settings);
  const std::string& error() const { return error_; }

 private:
  std::optional<world::SimDisk> Make(Settings settings);

  const JetApi& api_;
  std::map<Settings, world::SimDisk> disks_;
  std::string error_;
};

}  // namespace backstop::harness
