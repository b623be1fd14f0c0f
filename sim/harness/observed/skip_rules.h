// SPDX-License-Identifier: MIT
// Which recorded steps bind nobody, and why. A rule sees the arguments of the steps so far and what
// was recorded of them, the present one included; never what comes later, and never the id.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// Why a step, and every later one of its sequence, is not judged.
enum class Skip : uint8_t {
  kNone,
  // The recording itself binds nobody: counted, and to be few.
  kUndefined,    ///< a wild or stale file handle, a NULL pointer to write to, a stale slot
  kLayout,       ///< depends on how many log generations rows fill, or on which byte was damaged
  kTimeoutRace,  ///< a call waited until a freeze timed out
  kAsyncOrder,   ///< depends on which of two threads came first
  kAfterRestore,
  // Out of scope.
  kSurrogate,        ///< calls of backups made by another machine
  kMissingFunction,  ///< the engine under test does not have the function
};
inline constexpr unsigned kSkips = 8;

/// The name in reports, for example "timeout-race".
const char* SkipName(Skip skip);

/// Where the file slot of a backup stands, as far as the recording tells.
class SlotWatch {
 public:
  /// Whether what this step did is undefined in the original engine. Steps in order.
  bool IsUndefined(const Step& step);

 private:
  enum class File : uint8_t { kNone, kDatabase, kOther };
  struct Slot {
    bool alive = false;  ///< the instance exists
    File open = File::kNone;
    bool stale = false;  ///< a backup ended while a database was open, and left its traces
  };

  Slot& SlotOf(const Step& step);
  bool IsWild(const Step& step) const;
  bool ReadIsUndefined(const Step& step, const Slot& slot) const;
  void Follow(const Step& step);
  void FollowInstance(const Step& step);
  void FollowFile(const Step& step, Slot& slot);
  void FollowSnapshot(const Step& step);
  static void CloseSlot(Slot& slot);

  std::map<std::string, Slot> slots_;                     ///< by symbol of the instance
  std::map<std::string, bool> known_;                     ///< file symbols that hold a handle
  std::map<std::string, std::set<std::string>> members_;  ///< of snapshots, by their symbols
  bool one_instance_ = false;
};

/// Whether a call waits until a freeze times out.
class FreezeWatch {
 public:
  /// Whether a step before this one did. Steps in order.
  bool IsRaced(const Step& step);

 private:
  std::map<std::string, int64_t> frozen_since_;  ///< ms, by symbol of the snapshot session
  bool raced_ = false;
};

/// Whether two threads are making calls, with nothing to tell which is first.
class OrderWatch {
 public:
  bool IsUnordered(const Step& step);

 private:
  bool in_flight_ = false;
  Step call_;  ///< of the other thread
};

/// How many of the listed logs a backup has copied.
class LayoutWatch {
 public:
  /// Whether the code of this step would be another one if the same rows filled fewer generations:
  /// a truncation after some, but not all, of the listed logs were copied; a count of rows after a
  /// restore from logs that end in the middle of a step that wrote rows, and such a restore itself.
  /// Steps in order.
  bool DependsOnLayout(const Step& step);

 private:
  struct Logs {
    std::vector<std::string> listed;
    std::set<std::string> copied;
    std::string open;
    bool at_end = false;
  };

  void Follow(const Step& step, Logs& logs);
  bool IsPartOfWrite(const Step& count) const;
  bool IsPartOfLogs(const Step& restore) const;

  std::map<std::string, Logs> logs_;                 ///< by symbol of the instance
  std::vector<std::pair<int64_t, int64_t>> ranges_;  ///< generations of each list
  bool restored_ = false;
  std::map<std::string, std::set<int64_t>> written_;  ///< rows after each step, by database
};

/// Whose answers are judged.
enum class Side : uint8_t {
  kModel,  ///< the specification, which takes lists from the recording
  kEngine,
};

/// Walks the steps of one sequence.
class SkipRules {
 public:
  explicit SkipRules(Side side) : side_(side) {}

  /// The reason not to judge this step; once there is one it stays.
  Skip Next(const Step& step);

 private:
  Skip Judge(const Step& step);

  const Side side_;
  SlotWatch slots_;
  FreezeWatch freeze_;
  OrderWatch order_;
  LayoutWatch layout_;
  Skip skip_ = Skip::kNone;
};

/// The reasons for all steps of a sequence, by step.
std::vector<Skip> SkipsOf(const Sequence& sequence, Side side);

}  // namespace backstop::observed
