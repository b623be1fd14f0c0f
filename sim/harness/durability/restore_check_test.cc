// SPDX-License-Identifier: MIT
// What the checks of restores and troubled disks see, on the engine and on engines with a mistake.
#include "sim/harness/durability/restore_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impl/engine/process.h"
#include "sim/harness/durability/disk_trouble.h"
#include "sim/harness/prepared_world.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

using ::testing::HasSubstr;

const JetApi& Engine() {
  static const JetApi api = BuiltinJetApi("engine");
  return api;
}

/// One row fewer than there are, wherever rows are counted.
JET_ERR JET_API EndsEarly(JET_SESID session, JET_TABLEID table, int32_t rows, JET_GRBIT grbit) {
  static unsigned moves = 0;
  const bool first = rows == JET_MoveFirst;
  if (first) moves = 0;
  if (++moves == 100) return JET_errNoCurrentRecord;
  return Engine().JetMove(session, table, rows, grbit);
}

/// Takes damage for the end of the table.
JET_ERR JET_API ReadsOverDamage(JET_SESID session, JET_TABLEID table, int32_t rows,
                                JET_GRBIT grbit) {
  const JET_ERR err = Engine().JetMove(session, table, rows, grbit);
  return err == JET_errReadVerifyFailure ? JET_errNoCurrentRecord : err;
}

JET_ERR JET_API ForgetsTheCopy(JET_PCSTR, JET_PCSTR, JET_RSTMAP_A*, int32_t, JET_PCSTR,
                               JET_LOGINFO_A*, JET_PCSTR, JET_PCSTR, JET_PCSTR, JET_PFNSTATUS) {
  return JET_errSuccess;
}

class Restores : public ::testing::Test {
 protected:
  Restores() : power_(scheduler_), worlds_(Engine()) { ledger_.BeginRun(PreparedMarks()); }

  /// A whole backup of the prepared database.
  KeptBackup BackUp() {
    world::SimEnv env(scheduler_, *worlds_.Clone(Settings::kDefault), 1);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Client client(Engine(), {});
    KeptBackup backup;
    const bool made = client.Start() && client.BackUp(0, &backup.copy, nullptr) &&
                      client.Terminate(JET_bitTermComplete);
    EXPECT_TRUE(made) << ToText(client.failure());
    return backup;
  }
  RestoreResult Restore(const JetApi& api, const KeptBackup& backup) {
    return RestoreCheck(api, scheduler_, power_).Verify(backup, ledger_);
  }
  /// Troubles the prepared disk many times; gives the first complaint.
  std::string Trouble(const JetApi& api) {
    const world::SimDisk disk = *worlds_.Clone(Settings::kDefault);
    DiskTrouble trouble(api, scheduler_, power_);
    for (int i = 0; i < 400; ++i) {
      RowLoss loss;
      const auto failure = trouble.Verify(disk, {}, ledger_, &loss);
      if (failure) return *failure;
      if (loss.any()) return loss.text;
    }
    return "";
  }

  sched::Scheduler scheduler_{{}};
  PowerCut power_;
  PreparedWorlds worlds_;
  Ledger ledger_;
};

TEST_F(Restores, ABackupGivesItsRowsBack) {
  const RestoreResult result = Restore(Engine(), BackUp());
  EXPECT_EQ(result.failure, std::nullopt);
  EXPECT_FALSE(result.loss.any()) << result.loss.text;
  EXPECT_EQ(result.rows, kPreparedRows);
}

TEST_F(Restores, ACopyThatWasCutIsRefused) {
  KeptBackup backup = BackUp();
  for (auto& [path, bytes] : backup.copy.databases) bytes.resize(bytes.size() - 4096);
  EXPECT_THAT(Restore(Engine(), backup).failure.value_or(""), HasSubstr("JetExternalRestore2"));
}

TEST_F(Restores, RowsThatAreMissingAreSeen) {
  JetApi api = Engine();
  api.JetMove = &EndsEarly;
  EXPECT_GT(Restore(api, BackUp()).loss.lost, 0u);
}

TEST_F(Restores, ARestoreThatDidNothingIsSeen) {
  JetApi api = Engine();
  api.JetExternalRestore2 = &ForgetsTheCopy;
  EXPECT_THAT(Restore(api, BackUp()).failure.value_or(""), HasSubstr("JetAttachDatabase2"));
}

TEST_F(Restores, ADiskInTroubleIsToldOf) { EXPECT_EQ(Trouble(Engine()), ""); }

TEST_F(Restores, AnEngineThatReadsOverDamageIsSeen) {
  JetApi api = Engine();
  api.JetMove = &ReadsOverDamage;
  EXPECT_THAT(Trouble(api), HasSubstr("was committed and is gone"));
}

}  // namespace
}  // namespace backstop::harness
