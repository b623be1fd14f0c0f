// SPDX-License-Identifier: MIT
// Judges the bytes of one run: what its backups deliver and what lies on the disk afterwards.
#pragma once

#include <array>
#include <optional>

#include "model/call.h"
#include "sim/harness/content/breach.h"
#include "sim/harness/content/disk_watch.h"
#include "sim/harness/content/stream_watch.h"
#include "sim/harness/program.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

/// Told of every call of a run. Not thread-safe; a run lets one task work at a time.
class ContentWatch {
 public:
  /// `disk` is the one of the run and must outlive it.
  void BeginRun(const Program& program, const world::SimDisk& disk);

  void Invoke(const model::Call& call);
  /// `position` is the place of the call in the history.
  void Return(const model::Call& call, const model::Outcome& outcome, size_t position);
  /// All instances have ended; in runs in which the power fails it is not called.
  void EndRun();

  StreamWatch& streams() { return streams_; }
  /// The first law that was broken in this run.
  const std::optional<Breach>& breach() const { return breach_; }

 private:
  /// A directory as the first backup of the run finds it.
  struct Before {
    uint32_t lowest = 0;
    DatabaseHeaders databases;
  };

  /// How an end and the begin of the next backup overlap, in one instance.
  struct Overlap {
    unsigned calls = 0;  ///< that have not returned
    unsigned ends = 0;   ///< of these
    bool open = false;   ///< a backup runs that no call can have ended yet
    /// The headers when the next backup had begun, while the end of the one before goes on.
    std::optional<DatabaseHeaders> begun;
  };

  void Remember();
  void Look(const model::Call& call);
  void JudgeTruncationOf(unsigned slot);
  void NoteOverlap(const model::Call& call, const model::Outcome& outcome);

  const world::SimDisk* disk_ = nullptr;
  StreamWatch streams_;
  std::optional<std::array<Before, model::kInstances>> before_;
  unsigned slots_ = 1;
  bool deletes_logs_ = false;  ///< something in the program may delete logs
  bool spares_logs_ = true;    ///< logs are deleted by truncations of full backups only
  bool stamps_ = false;        ///< a backup has ended normally
  std::array<Overlap, model::kInstances> overlaps_;
  std::optional<Breach> breach_;
};

}  // namespace backstop::harness
