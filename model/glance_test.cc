// SPDX-License-Identifier: MIT
// Calls against phases, written down by hand: what each call returns in each phase, and what is
// left of the backup. Independent of the tables of the machine.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

#include "model/testing/calls.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

enum Column { kNone, kDatabasesPhase, kLogsPhase, kIncremental, kFileOpen, kStopped, kColumns };

constexpr const char* kColumnNames[] = {"no backup",   "databases phase", "logs phase",
                                        "incremental", "file open",       "stopped"};

/// Database 0 is attached with a full backup, database 1 exists. Generations 3 and 4 are listed.
Snapshot In(Column column) {
  Snapshot world = ReadyWorld();
  world.instances[0].full_backups = 1;
  world.instances[0].existing = 3;
  Sequence call(world);
  if (column == kNone) return world;
  call(Begin(column == kIncremental ? JET_bitBackupIncremental : 0));
  if (column == kLogsPhase) call(Calls(Op::kGetLogInfo), Listed(3, 4));
  if (column == kFileOpen || column == kStopped) call(OpenDatabase(), Opened(1));
  if (column == kStopped) call(Stop());
  return call.state();
}

constexpr Err kOk = JET_errSuccess;
constexpr Err kNoBackup = JET_errNoBackup;
constexpr Err kSequence = JET_errInvalidBackupSequence;
constexpr Err kParameter = JET_errInvalidParameter;
constexpr Err kByServer = JET_errBackupAbortByServer;
constexpr Err kByCaller = JET_errBackupAbortByCaller;
constexpr Err kRuns = JET_errBackupInProgress;
constexpr Err kSlot = JET_errOutOfMemory;
constexpr Err kNotFound = JET_errDatabaseNotFound;
constexpr Err kMissing = JET_errMissingFileToBackup;

struct Line {
  std::string name;
  Call call;
  std::array<Err, kColumns> codes;
  std::string gone;  ///< 'x' where the call ends a backup that was there, by column
};

std::vector<Line> FileAndLogLines() {
  const Call other{.op = Op::kOpenFile, .name = NameKind::kOther};
  const Call detached = OpenDatabase(1);
  const Call current{.op = Op::kOpenFile, .name = NameKind::kCurrentLog};
  const Call truncate = Calls(Op::kTruncateLog);
  return {{"Begin", Begin(), {kOk, kRuns, kRuns, kRuns, kRuns, kRuns}, "......"},
          {"GetAttachInfo",
           Calls(Op::kGetAttachInfo),
           {kNoBackup, kOk, kOk, kSequence, kOk, kByServer},
           "......"},
          {"OpenFile(attached)",
           OpenDatabase(),
           {kNoBackup, kOk, kSequence, kSequence, kSlot, kByServer},
           "..xx.."},
          {"OpenFile(detached)",
           detached,
           {kNoBackup, kNotFound, kMissing, kMissing, kSlot, kByServer},
           "..xx.."},
          {"OpenFile(other)",
           other,
           {kNoBackup, kNotFound, kMissing, kMissing, kSlot, kByServer},
           "..xx.."},
          {"OpenFile(listed log)",
           OpenLog(3),
           {kNoBackup, kNotFound, kOk, kOk, kSlot, kByServer},
           "......"},
          {"OpenFile(current log)",
           current,
           {kNoBackup, kNotFound, kParameter, kParameter, kSlot, kByServer},
           "..xx.."},
          {"OpenFile(no name)",
           Calls(Op::kOpenFile),
           {kNoBackup, kParameter, kParameter, kParameter, kParameter, kByServer},
           "......"},
          {"ReadFile(open)",
           Read(1),
           {kNoBackup, kParameter, kParameter, kParameter, kOk, kByServer},
           "......"},
          {"CloseFile(open)",
           Close(1),
           {kNoBackup, kParameter, kParameter, kParameter, kOk, kOk},
           "......"},
          {"CloseFile(other)",
           Close(9),
           {kNoBackup, kParameter, kParameter, kParameter, kParameter, kParameter},
           "......"},
          {"GetLogInfo",
           Calls(Op::kGetLogInfo),
           {kNoBackup, kOk, kOk, kOk, kSequence, kByServer},
           "......"},
          {"GetTruncateLogInfo",
           Calls(Op::kGetTruncateLogInfo),
           {kNoBackup, kOk, kOk, kOk, kSequence, kByServer},
           "......"},
          {"TruncateLog",
           truncate,
           {kNoBackup, kSequence, JET_errLogFileNotCopied, kSequence, kSequence, kByServer},
           "......"}};
}

std::vector<Line> OtherLines() {
  const Call attach{.op = Op::kAttachDatabase, .database = 1};
  const Call detach{.op = Op::kDetachDatabase, .database = 0};
  return {
      {"End", End(), {kNoBackup, kByCaller, kOk, kByCaller, kByCaller, kByServer}, ".xxxxx"},
      {"End2(Normal)",
       End2(JET_bitBackupEndNormal),
       {kNoBackup, kByCaller, kOk, kByCaller, kByCaller, kByServer},
       ".xxxxx"},
      {"End2(Abort)", End2(JET_bitBackupEndAbort), {kNoBackup, kOk, kOk, kOk, kOk, kOk}, ".xxxxx"},
      {"End2(0)",
       End2(0),
       {kParameter, kParameter, kParameter, kParameter, kParameter, kParameter},
       "......"},
      {"End2(both)",
       End2(3),
       {kParameter, kParameter, kParameter, kParameter, kParameter, kParameter},
       "......"},
      {"Stop", Stop(), {kOk, kOk, kOk, kOk, kOk, kOk}, "......"},
      {"Attach", attach, {kOk, kRuns, kRuns, kRuns, kRuns, kRuns}, "......"},
      {"Detach(open)", detach, {JET_errDatabaseInUse, kRuns, kRuns, kRuns, kRuns, kRuns}, "......"},
      {"Term2(0)", Term(), {kOk, kRuns, kRuns, kRuns, kRuns, kRuns}, "......"},
      {"Term2(StopBackup)", Term(JET_bitTermStopBackup), {kOk, kOk, kOk, kOk, kOk, kOk}, ".xxxxx"},
      {"Term", Term(JET_bitTermAbrupt), {kOk, kOk, kOk, kOk, kOk, kOk}, ".xxxxx"},
      {"Term2(Dirty)",
       Term(JET_bitTermDirty),
       {JET_errDirtyShutdown, JET_errDirtyShutdown, JET_errDirtyShutdown, JET_errDirtyShutdown,
        JET_errDirtyShutdown, JET_errDirtyShutdown},
       ".xxxxx"},
  };
}

TEST(Specification, GivesTheCodesOfTheTableOfCallsAgainstPhases) {
  std::vector<Line> lines = FileAndLogLines();
  for (Line& line : OtherLines()) lines.push_back(std::move(line));
  for (const Line& line : lines) {
    for (int column = 0; column < kColumns; ++column) {
      Sequence call(In(static_cast<Column>(column)));
      const Outcome observed{.file = 2, .size_pages = 6, .low = 3, .high = 4};
      EXPECT_EQ(call(line.call, observed), line.codes[column])
          << line.name << ", " << kColumnNames[column];
      const bool runs = call.backup().phase != Phase::kNoBackup;
      const bool expected = (column != kNone && line.gone[column] != 'x') ||
                            (column == kNone && line.name == "Begin");
      EXPECT_EQ(runs, expected) << line.name << ", " << kColumnNames[column];
    }
  }
}

TEST(Specification, EntryTestsComeInTheirOrder) {
  Sequence call(Snapshot{});
  EXPECT_EQ(call(Read(1)), kParameter);
  Call legacy = Stop();
  legacy.legacy = true;
  EXPECT_EQ(call(legacy), kParameter);
  EXPECT_EQ(call(Calls(Op::kCreateInstance)), kOk);
  EXPECT_EQ(call(legacy), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(call(Read(1)), JET_errNotInitialized);
  EXPECT_EQ(call(Stop()), kOk);
  EXPECT_EQ(call(Calls(Op::kStopService)), kOk);
  EXPECT_EQ(call(Read(1)), JET_errClientRequestToStopJetService);
  EXPECT_EQ(call(Term()), kOk);
  EXPECT_EQ(call(Stop()), kParameter);
  EXPECT_EQ(call.state(), Snapshot{});
}

TEST(Specification, OneInstanceModeIgnoresTheHandle) {
  Sequence call(Snapshot{});
  EXPECT_EQ(call({.op = Op::kInit, .instance = InstanceRef::kNil}), kOk);
  EXPECT_EQ(call({.op = Op::kBeginExternalBackup, .instance = InstanceRef::kBogus}), kOk);
  EXPECT_EQ(call({.op = Op::kBeginExternalBackup, .legacy = true}), kRuns);
  EXPECT_EQ(call(Calls(Op::kCreateInstance)), JET_errRunningInOneInstanceMode);
  EXPECT_EQ(call(Calls(Op::kInit)), JET_errAlreadyInitialized);
}

}  // namespace
}  // namespace backstop::model
