// SPDX-License-Identifier: MIT
// Every invariant can fire: for each there is a state or a step that breaks it.
#include "model/explore/invariants.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "model/testing/calls.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

Snapshot BackupWorld() {
  Snapshot world = ReadyWorld();
  BackupState& backup = world.instances[0].backup;
  backup.phase = Phase::kDatabases;
  backup.full = true;
  return world;
}

Snapshot FileWorld() {
  Snapshot world = BackupWorld();
  world.instances[0].backup.file = {.kind = FileKind::kDatabase, .handle = 1, .size_pages = 6};
  return world;
}

struct BadState {
  const char* sentence;
  std::function<void(Snapshot*)> spoil;
};

TEST(StateInvariants, EachFiresOnAStateThatBreaksIt) {
  const BadState kBad[] = {
      {"The run mode is set exactly while an instance lives.",
       [](Snapshot* s) { s->mode = Mode::kUnset; }},
      {"Nothing is left of an instance that is gone.",
       [](Snapshot* s) { s->instances[1].stop_service = true; }},
      {"Only an initialised instance has a backup.",
       [](Snapshot* s) { s->instances[0].life = Life::kCreated; }},
      {"Nothing is left of a backup that is gone: no stop, no file, no range.",
       [](Snapshot* s) { s->instances[0].backup = {.stop = true}; }},
      {"In the databases phase the open file is a database, in the logs phase a log.",
       [](Snapshot* s) { s->instances[0].backup.file.kind = FileKind::kLog; }},
      {"No file is read beyond its end.",
       [](Snapshot* s) { s->instances[0].backup.file.offset_pages = 7; }},
      {"The databases phase is one of a full backup before its log info.",
       [](Snapshot* s) { s->instances[0].backup.full = false; }},
      {"The logs read are in the range to copy, which log info fixed.",
       [](Snapshot* s) {
         s->instances[0].backup = {
             .phase = Phase::kLogs, .prepared = true, .copy_low = 1, .copy_end = 2, .logs_read = 2};
       }},
      {"Nothing is truncated before the log info.",
       [](Snapshot* s) { s->instances[0].backup = {.phase = Phase::kLogs, .truncated = true}; }},
      {"Copied and open databases are attached, attached ones exist.",
       [](Snapshot* s) { s->instances[0].backup.copied = 2; }},
      {"Only live sessions have transactions.",
       [](Snapshot* s) { s->instances[0].transactions = 1; }},
      {"A ready instance allows backups.",
       [](Snapshot* s) { s->instances[0].backup_allowed = false; }},
  };
  ASSERT_EQ(BrokenBy(FileWorld()), nullptr);
  std::set<std::string> fired;
  for (const BadState& bad : kBad) {
    Snapshot state = FileWorld();
    bad.spoil(&state);
    const StateInvariant* broken = BrokenBy(state);
    ASSERT_NE(broken, nullptr) << bad.sentence;
    EXPECT_STREQ(broken->sentence, bad.sentence);
    fired.insert(broken->sentence);
  }
  EXPECT_EQ(fired.size(), StateInvariants().size());
}

struct BadStep {
  const char* sentence;
  Snapshot before;
  Call call;
  Err err;
  std::function<void(Snapshot*)> change;
  RowId row = 0;
};

Snapshot Stopped(Snapshot world) {
  world.instances[0].backup.stop = true;
  return world;
}

Snapshot ServiceStopped(Snapshot world) {
  world.instances[0].stop_service = true;
  return world;
}

Snapshot Blank() { return {}; }

void Nothing(Snapshot*) {}
void ReleaseTheBackup(Snapshot* s) { s->instances[0].backup = {}; }

std::vector<BadStep> BadSteps() {
  const auto bump = [](Snapshot* s) { s->instances[0].full_backups = 1; };
  return {
      {"A call on one instance does not touch the other.", ReadyWorld(), Begin(), 0,
       [](Snapshot* s) { s->instances[1].logging = false; }},
      {"A call that the entry gate refuses changes nothing.", ReadyWorld(), Begin(),
       JET_errTermInProgress, bump, kNoRow},
      {"A stop succeeds on every live instance.", ReadyWorld(), Stop(), JET_errNoBackup, Nothing},
      {"A stop changes nothing but the stop, and without a backup nothing.", ReadyWorld(), Stop(),
       0, bump},
      {"Nothing but a successful stop stops a backup.", BackupWorld(), Read(1),
       JET_errInvalidParameter, [](Snapshot* s) { s->instances[0].backup.stop = true; }},
      {"In a stopped backup every data call is refused and changes nothing.", Stopped(FileWorld()),
       Read(1), 0, Nothing},
      {"Nothing is refused for a stop without one.", FileWorld(), Read(1),
       JET_errBackupAbortByServer, Nothing},
      {"Closing the open file succeeds, stopped or not.", Stopped(FileWorld()), Close(1),
       JET_errBackupAbortByServer, Nothing},
      {"An end releases the backup, or says that there is none, or refuses its bits.",
       BackupWorld(), End(), JET_errBackupAbortByCaller, Nothing},
      {"The bits of an end are tested before everything.", ReadyWorld(), End2(3), JET_errNoBackup,
       Nothing},
      {"A stopped or unfinished backup stamps no header.", BackupWorld(), End(), 0,
       [=](Snapshot* s) {
         ReleaseTheBackup(s);
         bump(s);
       }},
      {"A begin that fails changes nothing.", BackupWorld(), Begin(), JET_errBackupInProgress,
       ReleaseTheBackup},
      {"Of two backups of an instance one runs.", BackupWorld(), Begin(), 0, Nothing},
      {"Without a backup streaming calls say so before anything else.", ReadyWorld(), Read(1),
       JET_errInvalidParameter, Nothing},
      {"No call says that there is no backup while one runs.", FileWorld(), Read(1),
       JET_errNoBackup, Nothing},
      {"A second open is refused and disturbs nothing.", FileWorld(), OpenDatabase(),
       JET_errOutOfMemory, [](Snapshot* s) { s->instances[0].backup.file = {}; }},
      {"With a file open the log calls are refused and change nothing.", FileWorld(),
       Calls(Op::kGetLogInfo), 0, Nothing},
      {"In the databases phase a failing open or read leaves the backup in progress.", FileWorld(),
       Read(1), JET_errDiskIO, ReleaseTheBackup},
      {"Parameter errors change nothing.", FileWorld(), Read(2), JET_errInvalidParameter,
       [](Snapshot* s) { s->instances[0].backup.file.offset_pages = 1; }},
      {"After JetStopService every streaming call is refused.", ServiceStopped(FileWorld()),
       Close(1), 0, Nothing},
      {"A termination refused for a backup leaves everything as it was.", BackupWorld(), Term(),
       JET_errBackupInProgress, ReleaseTheBackup},
      {"No call succeeds on an instance that is gone.", Blank(), Term(), 0, Nothing, kNoRow},
      {"A read gives the pages at the offset and moves it by their number.", FileWorld(), Read(1),
       0, Nothing},
  };
}

TEST(StepInvariants, EachFiresOnAStepThatBreaksIt) {
  std::set<std::string> fired;
  for (const BadStep& bad : BadSteps()) {
    Snapshot after = bad.before;
    bad.change(&after);
    const Reaction reaction{.err = bad.err, .handled = true, .gate_row = 0, .row = bad.row};
    const StepView step{bad.before, bad.call, Stage::kOnly,          reaction,
                        after,      0,        !(bad.before == after)};
    const StepInvariant* broken = BrokenBy(step);
    ASSERT_NE(broken, nullptr) << bad.sentence;
    EXPECT_STREQ(broken->sentence, bad.sentence);
    fired.insert(broken->sentence);
  }
  EXPECT_EQ(fired.size(), StepInvariants().size());
}

}  // namespace
}  // namespace backstop::model
