// SPDX-License-Identifier: MIT
#include "sim/harness/sweep/sweep_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "impl/engine/process.h"
#include "sim/harness/durability/allowed.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xb7;
constexpr unsigned kTransactions = 3;
/// Pages go to the file while rows are written.
constexpr uint32_t kCheckpointDepth = 512;
constexpr const char* kCopies = "bk/";
constexpr const char* kWholeBackup = "wb/";
constexpr const char* kDatabase = "i1/db1.edb";

Client::Place Original() { return {.checkpoint_depth = kCheckpointDepth}; }
Client::Place Restored(const std::string& directory) {
  return {.directory = directory, .database = directory + "db1.edb"};
}

/// In the same process only a failure that ends the instance may follow another.
constexpr unsigned kLastAttempt = 2;

std::string RowText(RowMark mark) { return fmt::format("row {:x}", mark); }

/// How what was found differs from what must be there; empty if it does not.
std::string Difference(const FoundRows& found, const std::set<RowMark>& rows) {
  for (const RowMark mark : rows) {
    if (!found.contains(mark)) return RowText(mark) + " was committed and is gone";
  }
  for (const auto& [mark, times] : found) {
    if (!rows.contains(mark)) return RowText(mark) + " was not committed and is there";
    if (times > 1) return RowText(mark) + " is there more than once";
  }
  return "";
}

std::set<RowMark> With(std::set<RowMark> rows, const RowChanges& changes) {
  for (const RowMark mark : changes.removed) rows.erase(mark);
  rows.insert(changes.added.begin(), changes.added.end());
  return rows;
}

}  // namespace

struct SweepJob::World {
  World(sched::Scheduler& scheduler, world::SimDisk disk)
      : env(scheduler, std::move(disk), kWorldSeed), process(env), binding(process) {}
  world::SimEnv env;
  engine::Process process;
  engine::ProcessBinding binding;
};

SweepJob::SweepJob(const JetApi& api, sched::Scheduler& scheduler, world::SimDisk prepared,
                   SweepFault fault, uint64_t at)
    : api_(api),
      scheduler_(scheduler),
      faults_(fault, at),
      world_(std::make_unique<World>(scheduler, std::move(prepared))),
      client_(api, Original()) {
  for (const RowMark mark : PreparedMarks()) committed_.insert(mark);
}

SweepJob::~SweepJob() = default;

bool SweepJob::Violate(std::string what) {
  violation_ = std::move(what);
  return false;
}

bool SweepJob::Fail(const Client& client) {
  failed_ = client.failure();
  return false;
}

bool SweepJob::Run(const SweepScenario& scenario) {
  for (const Stage stage : scenario.before) {
    if (!Make(stage)) return false;
  }
  faulty_ = true;
  world_->env.SetFaults(&faults_);
  for (const Stage stage : scenario.stages) {
    if (!Make(stage)) return false;
  }
  faulty_ = false;
  EndProcess();
  return Make(Stage::kStart) && Make(Stage::kTerminate);
}

bool SweepJob::Make(Stage stage) {
  written_ = 0;
  for (unsigned attempt = 0;; ++attempt) {
    if (Attempt(stage)) return true;
    if (!violation_.empty() || !MayFail(stage, failed_, attempt)) return false;
    failures_.push_back({stage, failed_.name, failed_.err});
    TidyUp(failed_, attempt);
  }
}

bool SweepJob::MayFail(Stage stage, const FailedCall& failed, unsigned attempt) {
  if (failed.err >= 0) return Violate(fmt::format("{}: {}", NameOf(stage), failed.name));
  const std::string call = fmt::format("{}: {}", NameOf(stage), ToText(failed));
  if (!faults_.struck()) return Violate(call + " without any fault");
  if (failures_.empty()) {
    const bool allowed = IsAllowed(faults_.fault(), failed.name, failed.err);
    return allowed || Violate(call + " is no allowed code");
  }
  const bool dead = attempt < kLastAttempt && EndsInstance(failed.err);
  return dead || Violate(call + " though nothing fails any more");
}

void SweepJob::TidyUp(const FailedCall& failed, unsigned attempt) {
  if (client_.running()) {
    client_.RollBack();
    client_.AbortBackup();
  }
  if (attempt > 0 || EndsInstance(failed.err)) EndProcess();
}

void SweepJob::EndProcess() {
  world::SimDisk disk = world_->env.disk().Clone();
  world_.reset();
  world_ = std::make_unique<World>(scheduler_, std::move(disk));
  if (faulty_) world_->env.SetFaults(&faults_);
  client_.Forget();
  new_process_ = true;
}

bool SweepJob::SeesCommittedRows() {
  world_->env.SetFaults(nullptr);
  FoundRows found;
  const bool read = client_.ReadRows(&found);
  if (faulty_) world_->env.SetFaults(&faults_);
  if (!read) return Violate("the rows cannot be read: " + ToText(client_.failure()));
  if (doubt_ && Difference(found, With(committed_, *doubt_)).empty()) {
    committed_ = With(committed_, *doubt_);
  }
  doubt_.reset();
  new_process_ = false;
  const std::string difference = Difference(found, committed_);
  return difference.empty() || Violate(difference);
}

bool SweepJob::Attempt(Stage stage) {
  if (stage == Stage::kRestore) return Restore();
  if (stage == Stage::kRestoreWhole) return RestoreWhole();
  if (!client_.Start()) return Fail(client_);
  if (new_process_ && !SeesCommittedRows()) return false;
  switch (stage) {
    case Stage::kWriteRows:
      return WriteRows();
    case Stage::kFullBackup:
      return BackUp(0);
    case Stage::kIncrementalBackup:
      return BackUp(JET_bitBackupIncremental);
    case Stage::kWholeBackup:
      return BackUpWhole();
    case Stage::kTerminate:
      return client_.Terminate(JET_bitTermComplete) || Fail(client_);
    case Stage::kCrash:
      EndProcess();
      return true;
    default:
      return true;
  }
}

bool SweepJob::WriteRows() {
  for (; written_ < kTransactions; ++written_) {
    if (!WriteTransaction()) return false;
  }
  return true;
}

bool SweepJob::WriteTransaction() {
  RowChanges changes;
  if (!ChangeRows(&changes)) return Fail(client_);
  if (!client_.Commit()) {
    doubt_ = std::move(changes);
    return Fail(client_);
  }
  committed_ = With(committed_, changes);
  return true;
}

/// Leaves a transaction of one level open, in which one of two levels has ended.
bool SweepJob::ChangeRows(RowChanges* changes) {
  const auto insert = [&] {
    changes->added.push_back(MarkOf(0, rows_++));
    return client_.Insert(changes->added.back());
  };
  std::optional<RowMark> replaced, deleted;
  if (!client_.Begin() || !insert() || !insert() || !client_.Begin() || !insert()) return false;
  if (!client_.Commit()) return false;
  changes->added.push_back(MarkOf(0, rows_++));
  if (!client_.Replace(7, changes->added.back(), &replaced)) return false;
  if (!client_.Delete(3, &deleted)) return false;
  for (const auto& mark : {replaced, deleted}) {
    if (mark) changes->removed.push_back(*mark);
  }
  return true;
}

bool SweepJob::BackUp(JET_GRBIT grbit) {
  unsigned reads = 0;
  const auto meanwhile = [&] { return ++reads % 2 == 0 || WriteTransaction(); };
  if (!client_.BackUp(grbit, &copy_, meanwhile)) return Fail(client_);
  copied_ = committed_;
  return true;
}

bool SweepJob::BackUpWhole() {
  RemoveFiles(kWholeBackup);
  world_->env.disk().MakeDirectory(kWholeBackup);
  if (!client_.BackUpInto(kWholeBackup)) return Fail(client_);
  whole_ = committed_;
  return true;
}

void SweepJob::RemoveFiles(const std::string& directory) {
  world::SimDisk& disk = world_->env.disk();
  for (const std::string& path : disk.Paths()) {
    if (path.starts_with(directory)) disk.Remove(path);
  }
}

bool SweepJob::Restore() {
  const std::string place = "r/";
  RemoveFiles(place);
  world::SimDisk& disk = world_->env.disk();
  disk.MakeDirectory(place);
  disk.MakeDirectory(kCopies);
  for (const auto& [name, bytes] : copy_.logs) PutFile(disk, kCopies + name, bytes);
  for (const auto& [name, bytes] : copy_.databases) PutFile(disk, place + "db1.edb", bytes);
  Client client(api_, Restored(place));
  if (!client.RestoreExternally(kDatabase, place + "db1.edb", kCopies, copy_)) return Fail(client);
  return ReadRestored(client);
}

bool SweepJob::RestoreWhole() {
  const std::string place = "w/";
  RemoveFiles(place);
  world_->env.disk().MakeDirectory(place);
  copied_ = whole_;
  Client client(api_, Restored(place));
  if (!client.RestoreFrom(kWholeBackup)) {
    const bool failed = Fail(client);
    client.Terminate(JET_bitTermAbrupt);
    return failed;
  }
  return ReadRestored(client);
}

bool SweepJob::ReadRestored(Client& client) {
  FoundRows found;
  if (!client.Start() || !client.ReadRows(&found) || !client.Terminate(JET_bitTermComplete)) {
    Fail(client);
    client.Terminate(JET_bitTermAbrupt);
    return false;
  }
  const std::string difference = Difference(found, copied_);
  return difference.empty() || Violate("restored: " + difference);
}

}  // namespace backstop::harness
