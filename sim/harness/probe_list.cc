// SPDX-License-Identifier: MIT
// The probes, by subject.
#include "impl/esent.h"
#include "sim/harness/probes.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::Op;

template <class... Ops>
constexpr uint64_t Any(Ops... ops) {
  return ((uint64_t{1} << static_cast<unsigned>(ops)) | ...);
}

constexpr uint64_t kBegin = Any(Op::kBeginExternalBackup);
constexpr uint64_t kEnd = Any(Op::kEndExternalBackup, Op::kEndExternalBackup2);
constexpr uint64_t kStop = Any(Op::kStopBackup);
constexpr uint64_t kRead = Any(Op::kReadFile);
constexpr uint64_t kOpen = Any(Op::kOpenFile);
constexpr uint64_t kClose = Any(Op::kCloseFile);
constexpr uint64_t kLogs = Any(Op::kGetLogInfo, Op::kGetTruncateLogInfo);
constexpr uint64_t kTruncate = Any(Op::kTruncateLog);
constexpr uint64_t kTerm = Any(Op::kTerm);
constexpr uint64_t kInit = Any(Op::kInit);
constexpr uint64_t kService = Any(Op::kStopService, Op::kStopServiceInstance2);
constexpr uint64_t kAttach = Any(Op::kAttachDatabase, Op::kDetachDatabase);
constexpr uint64_t kCreate = Any(Op::kCreateDatabase);
constexpr uint64_t kAttachInfo = Any(Op::kGetAttachInfo);
constexpr uint64_t kInsert = Any(Op::kInsertRow);
constexpr uint64_t kCommit = Any(Op::kCommitTransaction);
constexpr uint64_t kRollback = Any(Op::kRollback);

bool Ok(const HistoryCall& call) { return call.outcome.err >= 0; }
template <model::Err kErr>
bool Fails(const HistoryCall& call) {
  return call.outcome.err == kErr;
}
bool BothOk(const HistoryCall& a, const HistoryCall& b) { return Ok(a) && Ok(b); }
template <model::Err kErr>
bool FirstFails(const HistoryCall& a, const HistoryCall& b) {
  return a.outcome.err == kErr && Ok(b);
}
/// The second call begins and returns while the first one is under way, and both succeed.
bool BothOkWithin(const HistoryCall& a, const HistoryCall& b) {
  return BothOk(a, b) && a.invoked < b.invoked && b.returned < a.returned;
}
/// The first call was there before the second, which returned after it.
bool SecondMayWait(const HistoryCall& a, const HistoryCall& b) {
  return BothOk(a, b) && a.invoked < b.invoked && a.returned < b.returned;
}
bool Moves(const HistoryCall& read) { return Ok(read) && read.outcome.pages > 0; }
bool ReadMovesSecondMayWait(const HistoryCall& a, const HistoryCall& b) {
  return Moves(a) && SecondMayWait(a, b);
}
bool BothMove(const HistoryCall& a, const HistoryCall& b) {
  return Moves(a) && Moves(b) && a.call.file == b.call.file;
}
bool HasFault(const HistoryCall& call) {
  return call.call.environment.fault != model::Fault::kNone;
}
template <model::Err kErr>
bool FaultEndsAs(const HistoryCall& call) {
  return HasFault(call) && call.outcome.err == kErr;
}
bool FaultIsMended(const HistoryCall& call) { return HasFault(call) && Moves(call); }
template <uint32_t kBits>
bool OkWith(const HistoryCall& call) {
  return Ok(call) && (call.call.grbit & kBits) != 0;
}
template <uint32_t kBits, model::Err kErr>
bool FailsWith(const HistoryCall& call) {
  return call.outcome.err == kErr && (call.call.grbit & kBits) != 0;
}
bool TermEndsBeside(const HistoryCall& a, const HistoryCall& b) {
  return Ok(a) && Ok(b) && OkWith<JET_bitTermStopBackup>(a);
}

std::vector<Probe> StopAndEnd() {
  return {
      {"read in flight when a stop lands", kRead, kStop, BothOkWithin},
      {"read refused for a stop beside it", kRead, kStop, FirstFails<JET_errBackupAbortByServer>},
      {"open refused for a stop beside it", kOpen, kStop, FirstFails<JET_errBackupAbortByServer>},
      {"open in flight when a stop lands", kOpen, kStop, BothOkWithin},
      {"log info in flight when a stop lands", kLogs, kStop, BothOkWithin},
      {"truncation in flight when a stop lands", kTruncate, kStop, BothOkWithin},
      {"begin in flight when a stop lands", kBegin, kStop, BothOkWithin},
      {"end in flight when a stop lands", kEnd, kStop, BothOkWithin},
      {"end aborted by a stop beside it", kEnd, kStop, FirstFails<JET_errBackupAbortByServer>},
      {"stop beside a stop", kStop, kStop, BothOk},
      {"end waits for a reader", kRead, kEnd, ReadMovesSecondMayWait},
      {"end waits for an open", kOpen, kEnd, SecondMayWait},
      {"end waits for log info", kLogs, kEnd, SecondMayWait},
      {"end waits for a truncation", kTruncate, kEnd, SecondMayWait},
      {"read finds the backup ended", kRead, kEnd, FirstFails<JET_errNoBackup>},
      {"open finds the backup ended", kOpen, kEnd, FirstFails<JET_errNoBackup>},
      {"close finds the backup ended", kClose, kEnd, FirstFails<JET_errNoBackup>},
      {"log info finds the backup ended", kLogs, kEnd, FirstFails<JET_errNoBackup>},
      {"end beside an end finds nothing", kEnd, kEnd, FirstFails<JET_errNoBackup>},
      {"begin waits for an end", kEnd, kBegin, SecondMayWait},
      {"begin beside a begin is refused", kBegin, kBegin, FirstFails<JET_errBackupInProgress>},
      {"begin beside an end is refused", kBegin, kEnd, FirstFails<JET_errBackupInProgress>},
      {"normal end", kEnd, 0, nullptr, Ok},
      {"end of a stopped backup", kEnd, 0, nullptr, Fails<JET_errBackupAbortByServer>},
      {"end before log info", kEnd, 0, nullptr, Fails<JET_errBackupAbortByCaller>},
      {"incremental backup begun", kBegin, 0, nullptr, OkWith<JET_bitBackupIncremental>},
      {"incremental backup without a full one", kBegin, 0, nullptr,
       FailsWith<JET_bitBackupIncremental, JET_errMissingFullBackup>},
  };
}

std::vector<Probe> FilesAndLogs() {
  return {
      {"two reads of one file", kRead, kRead, BothMove},
      {"close waits for a read", kRead, kClose, ReadMovesSecondMayWait},
      {"read finds the file closed", kRead, kClose, FirstFails<JET_errInvalidParameter>},
      {"close beside a close", kClose, kClose, FirstFails<JET_errInvalidParameter>},
      {"open beside an open finds no room", kOpen, kOpen, FirstFails<JET_errOutOfMemory>},
      {"log info beside log info", kLogs, kLogs, BothOk},
      {"log info beside an open", kLogs, kOpen, FirstFails<JET_errInvalidBackupSequence>},
      {"open beside log info", kOpen, kLogs, BothOk},
      {"truncation before the logs were copied", kTruncate, 0, nullptr,
       Fails<JET_errLogFileNotCopied>},
      {"logs truncated", kTruncate, 0, nullptr, Ok},
      {"read of a database fails", kRead, 0, nullptr, FaultEndsAs<JET_errDiskIO>},
      {"failing read overtaken by a stop", kRead, 0, nullptr,
       FaultEndsAs<JET_errBackupAbortByServer>},
      {"failing read overtaken by an end", kRead, 0, nullptr, FaultEndsAs<JET_errNoBackup>},
      {"failing read succeeds when tried again", kRead, 0, nullptr, FaultIsMended},
      {"row committed while a database is read", kRead, kCommit, BothOk},
      {"row inserted while a database is read", kRead, kInsert, BothOk},
      {"row committed while logs are listed", kLogs, kCommit, BothOk},
      {"row committed while logs are truncated", kTruncate, kCommit, BothOk},
      {"commit beside a commit", kCommit, kCommit, BothOk},
      {"rollback beside a commit", kRollback, kCommit, BothOk},
  };
}

std::vector<Probe> Lives() {
  return {
      {"begin beside an attachment", kBegin, kAttach, BothOk},
      {"attachment refused for a begin beside it", kAttach, kBegin,
       FirstFails<JET_errBackupInProgress>},
      {"database created while databases are listed", kAttachInfo, kCreate, BothOk},
      {"termination stops a backup beside a read", kTerm, kRead, TermEndsBeside},
      {"read refused for a termination", kRead, kTerm, FirstFails<JET_errTermInProgress>},
      {"stop beside a termination", kStop, kTerm, BothOk},
      {"stop after a termination beside it", kStop, kTerm, FirstFails<JET_errInvalidParameter>},
      {"termination refused for a backup", kTerm, 0, nullptr, Fails<JET_errBackupInProgress>},
      {"termination refused for a transaction", kTerm, 0, nullptr,
       Fails<JET_errTooManyActiveUsers>},
      {"termination beside a termination", kTerm, kTerm, FirstFails<JET_errTermInProgress>},
      {"dirty termination", kTerm, 0, nullptr, Fails<JET_errDirtyShutdown>},
      {"read refused for a stop of the service beside it", kRead, kService,
       FirstFails<JET_errClientRequestToStopJetService>},
      {"begin refused for a stop of the service beside it", kBegin, kService,
       FirstFails<JET_errClientRequestToStopJetService>},
      {"begin after the log was emitted", kBegin, 0, nullptr, Fails<JET_errLogWriteFail>},
      {"initialisation beside an initialisation", kInit, kInit, FirstFails<JET_errInitInProgress>},
  };
}

std::vector<Probe> PowerCuts() {
  return {
      {"power cut inside a begin", kBegin},
      {"power cut inside a read", kRead},
      {"power cut inside an open", kOpen},
      {"power cut inside log info", kLogs},
      {"power cut inside a truncation", kTruncate},
      {"power cut inside an end", kEnd},
      {"power cut inside an insertion", kInsert},
      {"power cut inside a commit", kCommit},
      {"power cut inside a rollback", kRollback},
      {"power cut inside an attachment", kAttach},
      {"power cut inside the creation of a database", kCreate},
      {"power cut inside a termination", kTerm},
      {"power cut inside an initialisation", kInit},
      {.name = "power cut inside a recovery",
       .run = [](const RunResult& run) { return run.restart && run.restart->crashes > 0; }},
      {.name = "power cut inside a second recovery",
       .run = [](const RunResult& run) { return run.restart && run.restart->crashes > 1; }},
      {.name = "power cut after the last call",
       .run = [](const RunResult& run) { return run.restart && !run.history->power_lost; }},
  };
}

}  // namespace

const std::vector<Probe>& Probes() {
  static const std::vector<Probe> all = [] {
    std::vector<Probe> list;
    for (const auto& part : {StopAndEnd(), FilesAndLogs(), Lives(), PowerCuts()}) {
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return all;
}

}  // namespace backstop::harness
