// SPDX-License-Identifier: MIT
// The call that truncates the logs after a backup, and those that end it.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/stamps.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct EndTable {
  static constexpr const char* kName = "truncation and end";
  using Region = PhaseRegion;
  using Unstamped = Any<LogStopped, NoStampAsked>;
  using CountsAsTruncated = Any<Truncated, TruncateDoneAsked>;

  using Rows = mp::mp_list<
      Row<BackupRuns, TruncateLog, Fails<JET_errBackupInProgress, "WHOLE-5">, If<RunByJetBackup>,
          Strict<C25>>,
      Row<NothingLocal, TruncateLog, Fails<JET_errNoBackup, "TRUNC-1">>,
      Row<InSnapshot, TruncateLog, Fails<JET_errNoBackup, "TRUNC-1">, Strict<H17>>,
      Row<LocalOrSnapshot, TruncateLog, Fails<JET_errBackupAbortByServer, "TRUNC-2">,
          If<StopRequested>>,
      Row<LocalOrSnapshot, TruncateLog, Fails<JET_errInvalidBackupSequence, "TRUNC-3">,
          If<FileOpen>>,
      Row<InSnapshot, TruncateLog, Fails<JET_errLogFileNotCopied, "TRUNC-8">, If<Not<Prepared>>,
          Ese<H17>>,
      Row<BackupRuns, TruncateLog, Fails<JET_errInvalidBackupSequence, "TRUNC-4">,
          If<Not<Prepared>>>,
      Row<Logs, TruncateLog, Fails<JET_errLogFileNotCopied, "TRUNC-5">,
          If<All<Not<AllLogsCopied>, Any<Not<EarlyLogRead>, Refused>>>, Strict<D18>>,
      Row<Logs, TruncateLog, Fails<JET_errLogFileNotCopied, "TRUNC-5">,
          If<All<Not<EnoughCopied>, Any<Not<EarlyLogRead>, Refused>>>, Ese<D18>>,
      Row<Logs, TruncateLog, Fails<JET_errFileAccessDenied, "TRUNC-6">,
          If<Meets<Fault::kFileInUse>>, Do<Set<TruncatedFlag, true>, Raise<DeletedBelow, CopyEnd>>>,
      Row<Logs, TruncateLog, Fails<JET_errDiskIO, "TRUNC-6">, If<IoFails>,
          Do<Set<TruncatedFlag, true>, Raise<DeletedBelow, CopyEnd>>>,
      Row<Logs, TruncateLog, Succeeds<"TRUNC-7">,
          Do<Set<TruncatedFlag, true>, Raise<DeletedBelow, CopyEnd>>>,

      Row<AnyPhase, End2, Fails<JET_errInvalidParameter, "END-1">,
          If<All<EndNormalAsked, EndAbortAsked>>>,
      Row<AnyPhase, End2, Fails<JET_errInvalidParameter, "END-2">,
          If<Not<Any<EndNormalAsked, EndAbortAsked>>>>,
      Row<NoBackup, AnyEnd, Fails<JET_errNoBackup, "END-3">>,
      Row<InSnapshot, AnyEnd, Fails<JET_errNoBackup, "END-3">, Strict<H17>>,
      Row<BackupRuns, AnyEnd, Fails<JET_errBackupInProgress, "WHOLE-3">, If<RunByJetBackup>,
          Strict<C25>>,
      Row<InSnapshot, AnyEnd, Succeeds<"END-11">, Ese<H17>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, End2, Succeeds<"END-4">, If<SurrogateAsked>, Ese<D20>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<Surrogate, End, Succeeds<"END-4">, Ese<D21>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Surrogate, End2, Succeeds<"END-4">, If<Any<Not<SurrogateAsked>, EndAbortAsked>>, Ese<D21>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Surrogate, End2, Succeeds<"END-13">, If<Any<StopRequested, Unstamped>>, Ese<D21>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Surrogate, End2, Succeeds<"END-14">, Ese<D21>,
          Do<StampRange<"CopyPrev", &Header::copy, Logged>, ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, End2, Succeeds<"END-7">, If<EndAbortAsked>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, AnyEnd, Fails<JET_errBackupAbortByServer, "END-5">, If<StopRequested>,
          Strict<D01>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, AnyEnd, Succeeds<"END-5">, If<StopRequested>, Ese<D01>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<Databases, AnyEnd, Fails<JET_errBackupAbortByCaller, "END-6">, Strict<D02>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Databases, AnyEnd, Succeeds<"END-6">, Ese<D02>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, AnyEnd, Fails<JET_errBackupAbortByCaller, "END-6">, If<Not<Prepared>>, Strict<H15>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, End, Succeeds<"END-8">, If<LogStopped>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, End2, Succeeds<"END-8">, If<Unstamped>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, End, Succeeds<"END-9">, If<All<Full, Truncated>>, StampFullAndRelease,
          To<NoBackup>>,
      Row<Logs, End2, Succeeds<"END-9">, If<All<Full, CountsAsTruncated>>, StampFullAndRelease,
          To<NoBackup>>,
      Row<Logs, AnyEnd, Succeeds<"END-10">, If<Full>,
          Do<StampRange<"CopyPrev", &Header::copy, StampedByFull>, ReleaseBackup>, To<NoBackup>>,
      Row<Logs, End, Succeeds<"END-15">, If<Truncated>, StampIncrementalAndRelease, To<NoBackup>>,
      Row<Logs, End2, Succeeds<"END-15">, If<CountsAsTruncated>, StampIncrementalAndRelease,
          To<NoBackup>>,
      Row<Logs, AnyEnd, Succeeds<"END-16">,
          Do<StampRange<"DiffPrev", &Header::differential, Logged>, ReleaseBackup>, To<NoBackup>>>;
};

}  // namespace backstop::model
