// SPDX-License-Identifier: MIT
// Replay by name: follows a recorded run even where the code has changed since.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// One decision of a recorded run that differs from the default: a switch away from the current
/// task, or a draw other than 0. Nothing in it depends on numbers that a code change would shift.
struct ReplayEntry {
  bool is_switch = true;
  std::string task;  ///< who ran; "-" before the first task
  uint32_t mark = 0;
  uint32_t occurrence = 0;

  PointKind kind = PointKind::kStart;  ///< the rest of the place of a switch
  std::string object;
  std::string chosen;  ///< the task that goes on

  std::string label;  ///< of a draw
  uint32_t answer = 0;

  friend bool operator==(const ReplayEntry&, const ReplayEntry&) = default;
};

/// The entries that reproduce the run `scheduler` has just made.
std::vector<ReplayEntry> ReplayEntries(const Scheduler& scheduler);

/// Follows a list of entries. On the program that was recorded every entry is met exactly and the
/// run has the same hash. On a changed one a switch whose place the task has passed is made at the
/// next question, and what cannot be applied at all is lost. Between entries the current task goes
/// on.
class Replay : public Strategy {
 public:
  struct Counts {
    uint32_t exact = 0;
    uint32_t resynchronised = 0;  ///< applied, but later than recorded
    uint32_t lost = 0;            ///< not applied
    size_t first_lost = kNone;    ///< index of the first lost entry in the list

    static constexpr size_t kNone = static_cast<size_t>(-1);
    friend bool operator==(const Counts&, const Counts&) = default;
  };

  explicit Replay(std::vector<ReplayEntry> entries);

  /// Of the last run, once it is over.
  Counts counts() const;

  const char* name() const override { return "replay"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  enum class Fate : uint8_t { kOpen, kExact, kResynchronised, kLost };
  enum class Place : uint8_t { kAhead, kHere, kPassed };

  /// Moves `next_` to the first open switch; false if there is none.
  bool FindNextSwitch();
  Place PlaceOf(const ReplayEntry& entry, const SwitchQuestion& question) const;
  TaskId GoOn(const SwitchQuestion& question) const;

  std::vector<ReplayEntry> entries_;
  std::vector<Fate> fates_;  ///< of the entry with the same index
  size_t next_ = 0;          ///< the switch to make next
  bool overdue_ = false;     ///< its place has come, but the chosen task could not go on then
};

}  // namespace backstop::sched
