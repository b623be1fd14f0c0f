// SPDX-License-Identifier: MIT
#include "sim/harness/durability/restore_check.h"

#include <utility>

#include "impl/engine/process.h"
#include "sim/harness/bindings.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xb8;
constexpr const char* kLogs = "bk/";
constexpr const char* kPlace = "r/";
constexpr const char* kDatabase = "r/db1.edb";

/// A try that was cut off is begun anew in an empty place.
void Clear(world::SimDisk& disk) {
  for (const std::string& path : disk.Paths()) {
    if (path.starts_with(kPlace)) disk.Remove(path);
  }
  disk.MakeDirectory(kPlace);
}

void PutCopies(world::SimDisk& disk, const BackupCopy& copy) {
  disk.MakeDirectory(kLogs);
  for (const auto& [name, bytes] : copy.logs) PutFile(disk, kLogs + name, bytes);
  const auto database = copy.databases.find(DatabasePath(0, 0));
  if (database != copy.databases.end()) PutFile(disk, kDatabase, database->second);
}

/// Rows that nobody changes.
RowLoss Differences(const FoundRows& rows, const FoundRows& found) {
  std::vector<RowMark> there;
  for (const auto& [mark, times] : rows) there.insert(there.end(), times, mark);
  Ledger ledger;
  ledger.BeginRun(std::move(there));
  return ledger.Compare(found);
}

}  // namespace

RestoreResult RestoreCheck::Verify(const KeptBackup& backup, const Ledger& ledger) {
  return Run(
      world::SimDisk(),
      {.prepare = [&](world::SimDisk& disk) { PutCopies(disk, backup.copy); },
       .restore =
           [&](Client& client) {
             return client.RestoreExternally(DatabasePath(0, 0), kDatabase, kLogs, backup.copy);
           },
       .compare = [&](const FoundRows& found) { return ledger.Compare(found, backup.rows); }});
}

RestoreResult RestoreCheck::VerifyDirectory(world::SimDisk disk, const std::string& directory,
                                            const FoundRows& rows) {
  return Run(std::move(disk),
             {.prepare = [](world::SimDisk&) {},
              .restore = [&](Client& client) { return client.RestoreFrom(directory); },
              .compare = [&](const FoundRows& found) { return Differences(rows, found); }});
}

RestoreResult RestoreCheck::Run(world::SimDisk disk, const Job& job) {
  RestoreResult result;
  while (true) {
    const uint64_t strike = power_.NextStrike();
    CutAt cut(strike);
    Clear(disk);
    job.prepare(disk);
    disk.TrackDurability();
    world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
    if (strike != 0) env.SetFaults(&cut);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Client client(api_, {.directory = kPlace, .database = kDatabase});
    FoundRows found;
    const bool restored = job.restore(client) && client.Start() && client.ReadRows(&found) &&
                          client.Terminate(JET_bitTermComplete);
    if (env.power_lost()) {
      ++result.crashes;
      disk = env.disk().AfterPowerLoss(power_.NextKeep());
      continue;
    }
    if (!restored) {
      result.failure = ToText(client.failure());
      return result;
    }
    for (const auto& [mark, times] : found) result.rows += times;
    result.loss = job.compare(found);
    return result;
  }
}

}  // namespace backstop::harness
