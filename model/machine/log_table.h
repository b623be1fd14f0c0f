// SPDX-License-Identifier: MIT
// The calls that list the log files of a backup.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct LogTable {
  static constexpr const char* kName = "backup logs";
  using Region = PhaseRegion;
  using ListLogs = On<GetLogInfo, GetLogInfo2>;
  using LogInfo = On<GetLogInfo, GetLogInfo2, GetTruncateLogInfo>;
  using First = Not<Is<PreparedFlag, true>>;
  using Rows = mp::mp_list<
      Row<BackupRuns, LogInfo, Fails<JET_errBackupInProgress, "WHOLE-2">, If<RunByJetBackup>,
          Strict<C25>>,

      Row<NothingLocal, LogInfo, Fails<JET_errNoBackup, "LOGINFO-2">>,
      Row<InSnapshot, LogInfo, Fails<JET_errNoBackup, "LOGINFO-2">, Strict<H17>>,
      Row<LocalOrSnapshot, LogInfo, Fails<JET_errBackupAbortByServer, "LOGINFO-3">,
          If<StopRequested>>,
      Row<LocalOrSnapshot, LogInfo, Fails<JET_errInvalidBackupSequence, "LOGINFO-4">, If<FileOpen>>,
      Row<InSnapshot, LogInfo, Succeeds<"LOGINFO-15">, If<All<FrozenNow, Is<WideFlag, true>>>,
          Ese<C14>, Waits<"the end of the freeze">>,
      Row<InSnapshot, LogInfo, Fails<JET_errNoBackup, "LOGINFO-16">, If<FrozenNow>, Ese<C14>,
          Waits<"the end of the freeze">>,
      Row<BackupRuns, LogInfo, Fails<JET_errLogWriteFail, "LOGINFO-5">, If<All<First, LogStopped>>,
          Strict<D15>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<LocalOrSnapshot, LogInfo, Fails<JET_errLogWriteFail, "LOGINFO-5">,
          If<All<First, LogStopped>>, Ese<D15>>,
      Row<BackupRuns, LogInfo, Fails<JET_errLogDiskFull, "LOGINFO-5">,
          If<All<First, Meets<Fault::kLogDiskFull>>>, Strict<D15>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errDiskIO, "LOGINFO-6">, If<All<First, IoFails>>,
          Strict<D15>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, LogInfo, Fails<JET_errMissingFileToBackup, "LOGINFO-7">,
          If<All<First, Refused, Not<Is<DeletedBelow, 0>>>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errCheckpointCorrupt, "LOGINFO-8">,
          If<All<First, Meets<Fault::kBadCheckpoint>>>, Strict<D15>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errCheckpointFileNotFound, "LOGINFO-8">,
          If<All<First, Meets<Fault::kNoCheckpoint>>>, Strict<D15>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errInvalidPath, "LOGINFO-9">, If<Meets<Fault::kBadPath>>,
          Strict<D15>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errOutOfMemory, "LOGINFO-10">,
          If<Meets<Fault::kOutOfMemory>>, Do<ReleaseBackup>, To<NoBackup>>,

      Row<LocalOrSnapshot, LogInfo, Fails<JET_errBufferTooSmall, "LOGINFO-11">, If<ShortAnsiBuffer>,
          Ese<D17>, Do<Set<PreparedFlag, true>>, To<Logs>>,
      Row<Logs, ListLogs, Succeeds<"LOGINFO-14">, If<All<RangeUnknown, Truncated>>,
          Do<Take<CopyLow, ReportedLow>, Take<CopyEnd, Plus<ReportedHigh, Number<1>>>,
             Take<DeletedBelow, CopyEnd>, Take<LowOut, ReportedLow>, Take<HighOut, ReportedHigh>>>,
      Row<LocalOrSnapshot, ListLogs, Succeeds<"LOGINFO-12">, If<RangeUnknown>,
          Do<Set<PreparedFlag, true>, Take<CopyLow, ReportedLow>,
             Take<CopyEnd, Plus<ReportedHigh, Number<1>>>, Take<DeletedBelow, CopyLow>,
             Take<LowOut, ReportedLow>, Take<HighOut, ReportedHigh>>,
          To<Logs>>,
      Row<Logs, ListLogs, Succeeds<"LOGINFO-13">,
          Do<Take<LowOut, CopyLow>, Take<HighOut, Minus<CopyEnd, Number<1>>>>>,

      Row<LocalOrSnapshot, GetTruncateLogInfo, Succeeds<"TRUNCINFO-6">, Do<Set<PreparedFlag, true>>,
          To<Logs>>>;
};

}  // namespace backstop::model
