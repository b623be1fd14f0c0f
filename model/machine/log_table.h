// SPDX-License-Identifier: MIT
// The calls about the log files of a backup.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct LogTable {
  static constexpr const char* kName = "backup logs";
  using Region = PhaseRegion;
  using LogInfo = On<GetLogInfo, GetTruncateLogInfo>;

  using Rows = mp::mp_list<
      Row<NoBackup, LogInfo, Fails<JET_errNoBackup, "LOGINFO-2">>,
      Row<BackupRuns, LogInfo, Fails<JET_errBackupAbortByServer, "LOGINFO-3">, If<StopRequested>>,
      Row<BackupRuns, LogInfo, Fails<JET_errInvalidBackupSequence, "LOGINFO-4">, If<FileOpen>>,
      Row<BackupRuns, LogInfo, Fails<JET_errLogWriteFail, "LOGINFO-5">,
          If<All<Not<Prepared>, LogStopped>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, LogInfo, Fails<JET_errDiskIO, "LOGINFO-6">, If<All<Not<Prepared>, IoFails>>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, LogInfo, Fails<JET_errMissingFileToBackup, "LOGINFO-7">,
          If<All<Not<Prepared>, Refused, Not<Is<DeletedBelow, 0>>>>, Do<ReleaseBackup>,
          To<NoBackup>>,

      Row<Logs, GetLogInfo, Succeeds<"LOGINFO-14">, If<All<RangeUnknown, Truncated>>,
          Do<Take<CopyLow, ReportedLow>, Take<CopyEnd, Plus<ReportedHigh, Number<1>>>,
             Take<DeletedBelow, CopyEnd>, Take<LowOut, ReportedLow>, Take<HighOut, ReportedHigh>>>,
      Row<BackupRuns, GetLogInfo, Succeeds<"LOGINFO-12">, If<RangeUnknown>,
          Do<Set<PreparedFlag, true>, Take<CopyLow, ReportedLow>,
             Take<CopyEnd, Plus<ReportedHigh, Number<1>>>, Take<DeletedBelow, CopyLow>,
             Take<LowOut, ReportedLow>, Take<HighOut, ReportedHigh>>,
          To<Logs>>,
      Row<Logs, GetLogInfo, Succeeds<"LOGINFO-13">,
          Do<Take<LowOut, CopyLow>, Take<HighOut, Minus<CopyEnd, Number<1>>>>>,

      Row<BackupRuns, GetTruncateLogInfo, Succeeds<"TRUNCINFO-6">, Do<Set<PreparedFlag, true>>,
          To<Logs>>,

      Row<NoBackup, TruncateLog, Fails<JET_errNoBackup, "TRUNC-1">>,
      Row<BackupRuns, TruncateLog, Fails<JET_errBackupAbortByServer, "TRUNC-2">, If<StopRequested>>,
      Row<BackupRuns, TruncateLog, Fails<JET_errInvalidBackupSequence, "TRUNC-3">, If<FileOpen>>,
      Row<BackupRuns, TruncateLog, Fails<JET_errInvalidBackupSequence, "TRUNC-4">,
          If<Not<Prepared>>>,
      Row<Logs, TruncateLog, Fails<JET_errLogFileNotCopied, "TRUNC-5">,
          If<All<Not<AllLogsCopied>, Any<Not<EarlyLogRead>, Refused>>>>,
      Row<Logs, TruncateLog, Fails<JET_errDiskIO, "TRUNC-6">, If<IoFails>,
          Do<Set<TruncatedFlag, true>, Raise<DeletedBelow, CopyEnd>>>,
      Row<Logs, TruncateLog, Succeeds<"TRUNC-7">,
          Do<Set<TruncatedFlag, true>, Raise<DeletedBelow, CopyEnd>>>>;
};

}  // namespace backstop::model
