// SPDX-License-Identifier: MIT
#include "sim/harness/durability/backup_keeper.h"

#include <utility>

#include "impl/esent.h"
#include "sim/harness/bindings.h"
#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

using model::Op;

bool IsStreaming(const model::Call& call) {
  return call.op >= Op::kBeginExternalBackup && call.op <= Op::kEndExternalBackup2 &&
         call.instance == model::InstanceRef::kFirst;
}

bool EndsWell(const model::Call& call) {
  if (call.op == Op::kEndExternalBackup) return true;
  const uint32_t how = call.grbit & (JET_bitBackupEndNormal | JET_bitBackupEndAbort);
  return how == JET_bitBackupEndNormal;
}

}  // namespace

void BackupKeeper::BeginRun() {
  under_way_ = 0;
  whole_ = false;
  file_.reset();
  kept_.reset();
}

void BackupKeeper::Begin() {
  whole_ = true;
  listed_ = false;
  listing_ = 0;
  made_ = KeptBackup{};
  file_.reset();
}

void BackupKeeper::Invoke(const model::Call& call, const Ledger& ledger) {
  if (!IsStreaming(call)) return;
  if (++under_way_ > 1) whole_ = false;
  const bool lists = call.op == Op::kGetLogInfo || call.op == Op::kGetTruncateLogInfo;
  if (lists && listing_ == 0) listing_ = ledger.now();
}

void BackupKeeper::Return(const model::Call& call, const model::Outcome& outcome,
                          std::span<const std::byte> data, const std::vector<uint32_t>& listed,
                          const Ledger& ledger) {
  if (!IsStreaming(call)) return;
  --under_way_;
  if (outcome.err < 0) return;
  switch (call.op) {
    case Op::kBeginExternalBackup:
      if (call.grbit == 0 && under_way_ == 0) Begin();
      return;
    case Op::kOpenFile:
      file_ = OpenFile{.handle = outcome.file,
                       .is_log = call.name == model::NameKind::kLog,
                       .generation = call.generation,
                       .database = call.database,
                       .size = outcome.size_pages * kPageBytes,
                       .bytes = {}};
      return;
    case Op::kReadFile:
      if (file_) file_->bytes.insert(file_->bytes.end(), data.begin(), data.end());
      return;
    case Op::kCloseFile:
      CloseFile();
      return;
    case Op::kGetLogInfo:
      TakeLogs(listed, ledger);
      return;
    case Op::kEndExternalBackup:
    case Op::kEndExternalBackup2:
      if (EndsWell(call)) End();
      whole_ = false;
      return;
    default:
      return;
  }
}

void BackupKeeper::CloseFile() {
  if (!file_) return;
  const OpenFile file = *std::exchange(file_, std::nullopt);
  if (file.bytes.size() != file.size) return;
  if (file.is_log) {
    const std::string path = ArchivedLogPath(0, file.generation);
    made_.copy.logs[path.substr(path.rfind('/') + 1)] = file.bytes;
  } else {
    made_.copy.databases[DatabasePath(0, file.database)] = file.bytes;
  }
}

void BackupKeeper::TakeLogs(const std::vector<uint32_t>& listed, const Ledger& ledger) {
  if (listed_ || listed.empty()) return;
  listed_ = true;
  made_.copy.low = listed.front();
  made_.copy.high = listed.back();
  made_.rows = {.begun = listing_, .ended = ledger.now() + 1};
}

void BackupKeeper::End() {
  const size_t generations = made_.copy.high - made_.copy.low + 1;
  const bool complete =
      listed_ && !made_.copy.databases.empty() && made_.copy.logs.size() == generations;
  if (whole_ && complete) kept_ = std::move(made_);
}

}  // namespace backstop::harness
