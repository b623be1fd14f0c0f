// SPDX-License-Identifier: MIT
#include "sim/harness/rows_beyond.h"

#include <string_view>

namespace backstop::harness {
namespace {

using model::Fault;

/// Rows of a clause that ask for a fault, or all of its rows with these words.
struct Beyond {
  const char* clause;
  Fault fault;        ///< kCount: whatever the row asks for
  const char* words;  ///< its state, or in its guard
  const char* why;
};

constexpr const char* kGenerations =
    "two thousand million log generations would have to be written first";
constexpr const char* kCheckpoint =
    "this engine keeps the checkpoint in memory and reads its file in recovery alone";
constexpr const char* kBeginFile =
    "a Begin of this engine needs no file but the log, whose error is JET_errLogWriteFail";
constexpr const char* kRange =
    "this engine keeps the range of its logs in memory and does not look again";
constexpr const char* kDatabaseOpen =
    "this engine has each attached database open, and opens none again for a backup";
constexpr const char* kAttached =
    "databases of this engine are attached for callers when JetInit returns";
constexpr const char* kEmission =
    "this engine has nothing to write when it emits its log for good: all records are in their "
    "file";
constexpr const char* kLeftovers =
    "only what an atomic backup that was interrupted has left is ever deleted";
constexpr const char* kUnrecorded =
    "what the original engine does there nobody has seen: no recording has a JetBackup that meets "
    "a snapshot, or another backup in the place of its own";
constexpr const char* kThreeThreads =
    "takes a session of an instance that initialises or restores while another one terminates: "
    "sequences have two threads, and programs no such session";

constexpr Beyond kBeyond[] = {
    {"BEGIN-9", Fault::kLogSequenceEnd, "", kGenerations},
    {"BACKUP-22", Fault::kLogSequenceEnd, "", kGenerations},
    {"BEGIN-15", Fault::kBadCheckpoint, "", kCheckpoint},
    {"BEGIN-15", Fault::kNoCheckpoint, "", kCheckpoint},
    {"BACKUP-22", Fault::kBadCheckpoint, "", kCheckpoint},
    {"BACKUP-22", Fault::kNoCheckpoint, "", kCheckpoint},
    {"LOGINFO-8", Fault::kCount, "", kCheckpoint},
    {"BEGIN-15", Fault::kIo, "", kBeginFile},
    {"LOGINFO-6", Fault::kIo, "", kBeginFile},
    {"LOGINFO-7", Fault::kCount, "the environment refuses", kRange},
    {"SNAP-FREEZE-7", Fault::kMissingLog, "", kRange},
    {"SNAP-TRUNC-7", Fault::kMissingLog, "", kRange},
    {"OPEN-10", Fault::kCount, "", kDatabaseOpen},
    {"OPEN-11", Fault::kCount, "", kAttached},
    {"SVC2-10", Fault::kIo, "", kEmission},
    {"BACKUP-9", Fault::kFileInUse, "", kLeftovers},
    {"BACKUP-10", Fault::kCount, "in a snapshot", kUnrecorded},
    {"BACKUP-11", Fault::kCount, "in a snapshot", kUnrecorded},
    {"BACKUP-12", Fault::kCount, "in a snapshot", kUnrecorded},
    {"BACKUP-16", Fault::kCount, "databases phase", kUnrecorded},
    {"BACKUP-17", Fault::kCount, "in a snapshot", kUnrecorded},
    {"BACKUP-20", Fault::kCount, "in a snapshot", kUnrecorded},
    {"S-2", Fault::kCount, "initializing", kThreeThreads},
    {"S-2", Fault::kCount, "restoring", kThreeThreads},
};

bool AsksFor(const model::RowInfo& row, Fault fault) {
  return fault == Fault::kCount || (row.faults >> static_cast<unsigned>(fault) & 1) != 0;
}

}  // namespace

const char* WhyBeyond(const model::Dialect& dialect, model::RowId row) {
  const model::RowInfo& info = model::Rows()[row];
  for (const Beyond& each : kBeyond) {
    if (each.why == kUnrecorded && dialect.end_after_stop != model::Follow::kSource) continue;
    if (info.clause == std::string_view(each.clause) && AsksFor(info, each.fault) &&
        (info.source == std::string_view(each.words) ||
         std::string_view(info.guard).find(each.words) != std::string_view::npos)) {
      return each.why;
    }
  }
  return nullptr;
}

}  // namespace backstop::harness
