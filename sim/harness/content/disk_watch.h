// SPDX-License-Identifier: MIT
// Looks at the files of an instance: after truncations, and when a run has ended. It reads the
// simulated disk behind the engine's back, so that it is no part of the schedule.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/harness/content/breach.h"
#include "sim/harness/content/pages.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

/// The log files of a directory.
struct LogFiles {
  std::vector<LogHeader> archived;  ///< ascending by the generation of their names
  std::optional<LogHeader> current;
  std::optional<uint32_t> checkpoint;
  std::optional<Breach> breach;  ///< a file that is not what its name says

  /// The lowest generation there is; 0 if there is none.
  uint32_t lowest() const;
};
LogFiles FindLogs(const world::SimDisk& disk, const std::string& directory);

/// The headers of the databases of a directory, by path. A database without a readable header is
/// left out.
using DatabaseHeaders = std::map<std::string, HeaderPage>;
DatabaseHeaders FindDatabases(const world::SimDisk& disk, const std::string& directory);

/// INV-30 and the chain of section 8.7: what is there is a gap-free tail of the log sequence, and
/// the checkpoint's generation is in it.
std::optional<Breach> JudgeLogs(const LogFiles& logs);

/// INV-31: a truncation by a full backup spares the logs that an attached database needs which the
/// backup has not copied. `before` are the databases when the backup began, `now` those after the
/// truncation, `copied` the paths of those delivered to their end.
std::optional<Breach> JudgeTruncation(uint32_t lowest_before, const LogFiles& after,
                                      const DatabaseHeaders& before, const DatabaseHeaders& now,
                                      const std::set<std::string>& copied);

/// INV-36: the live header never names a backup as current. INV-14: where no backup ended
/// normally (`may_stamp` false) each header remembers the backups that it remembered before.
std::optional<Breach> JudgeHeaders(const DatabaseHeaders& before, const DatabaseHeaders& now,
                                   bool may_stamp);

/// INV-17: while a backup runs the end of the one before it stamps no header. `begun` are the
/// databases when the later one had begun, `now` those when the end of the earlier one returned.
std::optional<Breach> JudgeOverlap(const DatabaseHeaders& begun, const DatabaseHeaders& now);

}  // namespace backstop::harness
