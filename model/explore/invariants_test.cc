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

/// The log info of a full backup was taken; generations 1 and 2 are to be copied.
Snapshot LogsWorld() {
  Snapshot world = BackupWorld();
  BackupState& backup = world.instances[0].backup;
  backup.phase = Phase::kLogs;
  backup.prepared = true;
  backup.copy_low = 1;
  backup.copy_end = 3;
  return world;
}

Snapshot FrozenWorld() {
  Snapshot world = BackupWorld();
  world.instances[0].backup.phase = Phase::kSnapshot;
  world.snapshots[0] = {.phase = SnapshotPhase::kFrozen, .members = 1};
  return world;
}

using Change = std::function<void(Snapshot*)>;

struct BadState {
  const char* sentence;
  Change spoil;
};

TEST(StateInvariants, EachFiresOnAStateThatBreaksIt) {
  const BadState kBad[] = {
      {"The run mode is set exactly while an instance lives.",
       [](Snapshot* s) { s->mode = Mode::kUnset; }},
      {"Nothing is left of an instance that is gone but files and settings.",
       [](Snapshot* s) { s->instances[1].stop_service = true; }},
      {"Only an initialised instance has a backup.",
       [](Snapshot* s) { s->instances[0].life = Life::kCreated; }},
      {"Nothing is left of a backup that is gone: no stop, no file, no range.",
       [](Snapshot* s) { s->instances[0].backup = {.stop = true}; }},
      {"In the databases phase the open file is a database, after it none is.",
       [](Snapshot* s) { s->instances[0].backup.file.kind = FileKind::kLog; }},
      {"A file that is no log is never open after the databases phase.",
       [](Snapshot* s) {
         s->instances[0].backup.phase = Phase::kLogs;
         s->instances[0].backup.file.kind = FileKind::kForeign;
       }},
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
      {"Copied, open and unlogged databases are attached, attached ones exist.",
       [](Snapshot* s) { s->instances[0].backup.copied = 2; }},
      {"A database has one base, a full backup or a snapshot.",
       [](Snapshot* s) { s->instances[0].full_backups = s->instances[0].snapshot_fulls = 1; }},
      {"Only live sessions have transactions.",
       [](Snapshot* s) { s->instances[0].transactions = 1; }},
      {"A ready instance allows backups.",
       [](Snapshot* s) { s->instances[0].backup_allowed = false; }},
      {"An instance takes part in one snapshot at a time, and in none that is gone.",
       [](Snapshot* s) { s->snapshots[0].members = 1; }},
      {"An instance is held by a snapshot exactly from its freeze to its end.",
       [](Snapshot* s) { s->snapshots[0] = {.phase = SnapshotPhase::kFrozen, .members = 1}; }},
  };
  ASSERT_EQ(BrokenBy(FileWorld()), nullptr);
  ASSERT_EQ(BrokenBy(FrozenWorld()), nullptr);
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
  Change change;
  RowId row = 0;
  Stage stage = Stage::kOnly;
};

InstanceState& First(Snapshot* s) { return s->instances[0]; }

Snapshot With(Snapshot world, const Change& change) {
  change(&world);
  return world;
}
Snapshot Stopped(const Snapshot& world) {
  return With(world, [](Snapshot* s) { First(s).backup.stop = true; });
}
Snapshot ServiceStopped(const Snapshot& world) {
  return With(world, [](Snapshot* s) { First(s).stop_service = true; });
}
Snapshot Terminating(const Snapshot& world) {
  return With(world, [](Snapshot* s) { First(s).life = Life::kTerminating; });
}

void Nothing(Snapshot*) {}
void ReleaseTheBackup(Snapshot* s) { First(s).backup = {}; }
void Bump(Snapshot* s) { First(s).full_backups = 1; }
void Tamper(Snapshot* s) { First(s).sessions = 3; }
void ReleaseAndBump(Snapshot* s) {
  ReleaseTheBackup(s);
  Bump(s);
}
void StopIt(Snapshot* s) { First(s).backup.stop = true; }
void StartAgain(Snapshot* s) { First(s).backup = {.phase = Phase::kDatabases, .full = true}; }

std::vector<BadStep> BadStops() {
  return {
      {"In a stopped backup every data call is refused for the stop, or because JetBackupInstance "
       "runs it, and changes nothing.",
       Stopped(FileWorld()), Read(1), 0, Nothing},
      {"Nothing is refused for a stop without one.", FileWorld(), Read(1),
       JET_errBackupAbortByServer, Nothing},
      {"A failing stop changes nothing.", With({}, Nothing), Stop(), JET_errInvalidParameter,
       Tamper},
      {"Nothing but a stop stops a backup.", BackupWorld(), Read(1), JET_errNoBackup, StopIt},
      {"A second stop changes nothing.", Stopped(BackupWorld()), Stop(), 0, Tamper},
      {"A backup begins without a stop.", With(ReadyWorld(), StopIt), Begin(), 0,
       [](Snapshot* s) {
         StartAgain(s);
         StopIt(s);
       }},
      {"A stop succeeds on every live instance.", ReadyWorld(), Stop(), JET_errNoBackup, Nothing},
      {"Closing the open file succeeds, stopped or not.", Stopped(FileWorld()), Close(1),
       JET_errBackupAbortByServer, Nothing},
      {"An end with good bits releases a stopped backup.", Stopped(BackupWorld()), End(),
       JET_errBackupAbortByServer, Nothing},
      {"A stop does not touch a snapshot.", FrozenWorld(), Stop(), 0, StopIt},
      {"A stop changes nothing but the stop, and without a backup nothing.", ReadyWorld(), Stop(),
       0, Tamper},
  };
}

std::vector<BadStep> BadBackups() {
  Call incremental = Begin(JET_bitBackupIncremental);
  return {
      {"The bits of an end are tested before everything.", ReadyWorld(), End2(3), JET_errNoBackup,
       Nothing},
      {"An end with good bits releases the backup that there is.", BackupWorld(), End(),
       JET_errBackupAbortByCaller, Nothing},
      {"An end that finds no backup changes nothing.", ReadyWorld(), End(), JET_errNoBackup,
       Tamper},
      {"A stopped, aborted or unfinished backup stamps no header.", BackupWorld(), End(), 0,
       ReleaseAndBump},
      {"Only the end of a backup or of a snapshot stamps headers.", FileWorld(), Close(1), 0, Bump},
      {"An aborted snapshot stamps no header.", FrozenWorld(), Calls(Op::kSnapshotAbort), 0, Bump},
      {"A begin that fails changes nothing.", BackupWorld(), Begin(), JET_errBackupInProgress,
       ReleaseTheBackup},
      {"Of two backups of an instance one runs.", FileWorld(), Begin(), 0, StartAgain},
      {"A call on one instance does not touch the other.", ReadyWorld(), Begin(), 0,
       [](Snapshot* s) { s->instances[1].logging = false; }},
      {"Without a backup streaming calls say so before anything else.", ReadyWorld(), Read(1),
       JET_errInvalidParameter, Nothing},
      {"No call says that there is no backup while one runs.", FileWorld(), Read(1),
       JET_errNoBackup, Nothing},
      {"With circular logging an incremental begin never misses its base.",
       With(ReadyWorld(), [](Snapshot* s) { First(s).circular = true; }), incremental,
       JET_errMissingFullBackup, Nothing},
      {"An incremental backup begins only after a full one of every database.", ReadyWorld(),
       incremental, 0, [](Snapshot* s) { First(s).backup.phase = Phase::kLogs; }},
      {"Only a full backup that truncated makes a base, of what it copied.", LogsWorld(), End(), 0,
       ReleaseAndBump},
  };
}

std::vector<BadStep> BadFiles() {
  const auto lose = [](Snapshot* s) { First(s).backup.file = {}; };
  return {
      {"A second open is refused and disturbs nothing.", FileWorld(), OpenDatabase(),
       JET_errOutOfMemory, lose},
      {"After the log info no attached database can be opened.", LogsWorld(), OpenDatabase(), 0,
       Nothing},
      {"An incremental backup lists no databases.",
       With(LogsWorld(), [](Snapshot* s) { First(s).backup.full = false; }),
       Calls(Op::kGetAttachInfo), 0, Nothing},
      {"In the databases phase a failing open or read leaves the backup in progress.", FileWorld(),
       Read(1), JET_errDiskIO, ReleaseTheBackup},
      {"In the logs phase a failing open or read ends the backup.", LogsWorld(), OpenLog(1),
       JET_errDiskIO, Nothing},
      {"Parameter errors change nothing.", FileWorld(), Read(2), JET_errInvalidParameter,
       [](Snapshot* s) { First(s).backup.file.offset_pages = 1; }},
      {"Listing the databases changes nothing.", BackupWorld(), Calls(Op::kGetAttachInfo), 0,
       Tamper},
      {"A read gives the pages at the offset and moves it by their number.", FileWorld(), Read(1),
       0, Nothing},
      {"Only the open file can be closed.", BackupWorld(), Close(1), 0, Nothing},
      {"Only the open file can be read.", BackupWorld(), Read(1), 0, Nothing},
  };
}

std::vector<BadStep> BadLogs() {
  return {
      {"With a file open the log calls are refused and change nothing.", FileWorld(),
       Calls(Op::kGetLogInfo), 0, Nothing},
      {"A later log info shows what the first one showed and changes nothing.", LogsWorld(),
       Calls(Op::kGetLogInfo), 0, Nothing},
      {"Only a log info, or JetBackupInstance, rolls the log for a backup.", BackupWorld(),
       Calls(Op::kTruncateLog), 0, [](Snapshot* s) { First(s).backup.prepared = true; }},
      {"The log rolls once for a backup.", LogsWorld(), Calls(Op::kTruncateLog), JET_errDiskIO,
       [](Snapshot* s) { First(s).backup.prepared = false; }},
      {"Logs are truncated only if every listed one is copied.", LogsWorld(),
       Calls(Op::kTruncateLog), 0, Nothing},
      {"A truncation that finds logs not copied deletes nothing.", LogsWorld(),
       Calls(Op::kTruncateLog), JET_errLogFileNotCopied,
       [](Snapshot* s) { First(s).deleted_below = 3; }},
      {"Nothing but a truncation, and the log info that tells of it, deletes logs.", LogsWorld(),
       OpenLog(1), 0, [](Snapshot* s) { First(s).deleted_below = 3; }},
  };
}

std::vector<BadStep> BadLives() {
  Snapshot created = ReadyWorld();
  created.instances[0] = {.life = Life::kCreated};
  return {
      {"A call that the entry gate refuses changes nothing.", ReadyWorld(), Begin(),
       JET_errTermInProgress, Tamper, kNoRow},
      {"No call succeeds on an instance that is gone.", {}, Begin(), 0, Nothing, kNoRow},
      {"The entry tests come before all others, in their order.",
       ServiceStopped(Terminating(ReadyWorld())), Begin(), JET_errTermInProgress, Nothing, kNoRow},
      {"A stopped service refuses no stop and no termination.", ServiceStopped(ReadyWorld()),
       Term(), JET_errClientRequestToStopJetService, Nothing},
      {"JetTerm2 with StopBackup ends the backup.", Terminating(BackupWorld()),
       Term(JET_bitTermStopBackup), JET_errTooManyActiveUsers, Nothing, 0, Stage::kLeave},
      {"A termination refused for a backup leaves everything as it was.",
       Terminating(BackupWorld()), Term(), JET_errBackupInProgress, ReleaseTheBackup, 0,
       Stage::kLeave},
      {"An instance that is only created can be stopped and terminated.", created, Term(),
       JET_errNotInitialized, Nothing},
      {"During a backup no database is attached or detached.", BackupWorld(),
       Calls(Op::kAttachDatabase), 0, Nothing},
      {"A backup bars no other work on databases.", BackupWorld(), Calls(Op::kCreateDatabase),
       JET_errBackupInProgress, Nothing},
  };
}

std::vector<BadStep> BadSnapshots() {
  Snapshot busy = BackupWorld();
  busy.snapshots[0] = {.phase = SnapshotPhase::kPrepared, .members = 1};
  return {
      {"Bits are tested first, then the identifier, in every state.", ReadyWorld(),
       Calls(Op::kSnapshotThaw), JET_errOSSnapshotInvalidSequence, Nothing},
      {"No instance that a backup runs in is frozen.", busy, Calls(Op::kSnapshotFreeze), 0,
       [](Snapshot* s) { s->snapshots[0].phase = SnapshotPhase::kFrozen; }},
      {"No backup begins in an instance that a snapshot holds.", FrozenWorld(), Begin(), 0,
       Nothing},
  };
}

TEST(StepInvariants, EachFiresOnAStepThatBreaksIt) {
  std::set<std::string> fired;
  for (const auto& group :
       {BadStops(), BadBackups(), BadFiles(), BadLogs(), BadLives(), BadSnapshots()}) {
    for (const BadStep& bad : group) {
      Snapshot after = bad.before;
      bad.change(&after);
      const Reaction reaction{.err = bad.err, .handled = true, .gate_row = 0, .row = bad.row};
      const StepView step{
          bad.before, bad.call, bad.stage, reaction, after, 0, !(bad.before == after)};
      const StepInvariant* broken = BrokenBy(step);
      ASSERT_NE(broken, nullptr) << bad.sentence;
      EXPECT_STREQ(broken->sentence, bad.sentence);
      fired.insert(broken->sentence);
    }
  }
  for (const StepInvariant& invariant : StepInvariants()) {
    EXPECT_TRUE(fired.contains(invariant.sentence)) << invariant.sentence;
  }
}

TEST(InvariantPlaces, NameEveryInvariantOfTheContract) {
  std::set<std::string> here;
  for (const StateInvariant& invariant : StateInvariants()) here.insert(invariant.id);
  for (const StepInvariant& invariant : StepInvariants()) here.insert(invariant.id);
  ASSERT_EQ(InvariantPlaces().size(), 53u);
  for (const InvariantPlace& place : InvariantPlaces()) {
    EXPECT_EQ(here.contains(place.id), place.where[0] == '\0') << place.id;
  }
}

}  // namespace
}  // namespace backstop::model
