// SPDX-License-Identifier: MIT
#include "sim/harness/durability/restart.h"

#include <utility>

#include "impl/engine/process.h"
#include "sim/harness/durability/allowed.h"
#include "sim/harness/durability/client.h"
#include "sim/harness/durability/disk_trouble.h"
#include "sim/harness/durability/further_cuts.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xb6;
/// A row that the restarted engine takes, of no thread.
constexpr RowMark kNewRow = MarkOf(kMaxThreads, 0);
constexpr const char* kWholeBackup = "wb/";
/// JetBackupInstance and its restore take as long as many runs.
constexpr uint32_t kWholeBackupOneIn = 8;
constexpr uint32_t kTroubleOneIn = 4;
constexpr uint32_t kFurtherCutsOneIn = 6;

Client::Place PlaceOf(const Setup& setup) {
  return {.circular = !setup.one_instance && setup.settings == Settings::kCircular};
}

}  // namespace

/// What recovery leaves behind must be an engine that works.
bool Restart::Use(Client& client, world::SimEnv& env, const Ledger& ledger, RestartResult* result) {
  FoundRows found;
  if (!client.ReadRows(&found)) return Fail(client, result);
  for (const auto& [mark, times] : found) result->rows += times;
  result->loss = ledger.Compare(found);
  if (result->loss.any()) return false;
  if (!client.Begin() || !client.Insert(kNewRow) || !client.Commit()) return Fail(client, result);
  ++found[kNewRow];
  // Where a write went astray, old logs may be damaged that nothing but a restore reads.
  const bool copies = power_.OneIn(kWholeBackupOneIn) && !power_.misdirected();
  if (copies) {
    env.disk().MakeDirectory(kWholeBackup);
    if (!client.BackUpInto(kWholeBackup)) return Fail(client, result);
  }
  if (!client.Terminate(JET_bitTermComplete)) return Fail(client, result);
  if (!copies) return true;
  RestoreCheck check(api_, scheduler_, power_);
  return Note(check.VerifyDirectory(env.disk().Clone(), kWholeBackup, found),
              "after JetBackupInstance: ", result);
}

bool Restart::Fail(const Client& client, RestartResult* result) {
  result->failure = ToText(client.failure());
  return false;
}

bool Restart::Note(const RestoreResult& restored, const char* what, RestartResult* result) {
  result->crashes += restored.crashes;
  if (restored.failure) result->failure = what + *restored.failure;
  if (restored.loss.any()) {
    result->loss = restored.loss;
    result->loss.text = what + restored.loss.text;
  }
  const bool good = !restored.failure && !restored.loss.any();
  if (good) ++result->restores;
  return good;
}

RestartResult Restart::Verify(world::SimDisk disk, const Setup& setup, const Ledger& ledger,
                              const std::optional<KeptBackup>& backup) {
  RestartResult result;
  const world::SimDisk wreck = disk.Clone();
  while (true) {
    const uint64_t strike = power_.NextStrike();
    CutAt cut(strike);
    disk.TrackDurability();
    world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
    if (strike != 0) env.SetFaults(&cut);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Client client(api_, PlaceOf(setup));
    const bool started = client.Recover();
    if (env.power_lost()) {
      ++result.crashes;
      disk = env.disk().AfterPowerLoss(power_.NextKeep());
      continue;
    }
    env.SetFaults(nullptr);
    const bool used =
        started && client.Start() ? Use(client, env, ledger, &result) : Fail(client, &result);
    // A write that went astray may have destroyed what nobody has a copy of; that is to be told.
    if (!used && power_.misdirected() && TellsDamage(client.failure().err)) result.failure.reset();
    if (!used) return result;
    break;
  }
  if (power_.OneIn(kTroubleOneIn)) {
    DiskTrouble trouble(api_, scheduler_, power_);
    result.failure = trouble.Verify(wreck, PlaceOf(setup), ledger, &result.loss);
    if (result.failure || result.loss.any()) return result;
  }
  if (backup) {
    RestoreCheck check(api_, scheduler_, power_);
    if (!Note(check.Verify(*backup, ledger), "in a restore: ", &result)) return result;
  }
  if (power_.OneIn(kFurtherCutsOneIn) && !power_.misdirected()) {
    FurtherCuts cuts(api_, scheduler_, power_);
    result.failure = cuts.Verify(wreck, PlaceOf(setup), ledger, &result.loss);
    result.crashes += cuts.crashes();
  }
  return result;
}

}  // namespace backstop::harness
