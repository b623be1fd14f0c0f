// SPDX-License-Identifier: MIT
// The calls that list, open, read and close the files of a backup. In the databases phase the open
// file is a database, in the logs phase a log.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct DataTable {
  static constexpr const char* kName = "backup data";
  using Region = PhaseRegion;
  using Rows = mp::mp_list<
      Row<NoBackup, GetAttachInfo, Fails<JET_errNoBackup, "ATT-1">>,
      Row<BackupRuns, GetAttachInfo, Fails<JET_errBackupAbortByServer, "ATT-2">, If<StopRequested>>,
      Row<Logs, GetAttachInfo, Fails<JET_errInvalidBackupSequence, "ATT-3">, If<Not<Full>>>,
      Row<BackupRuns, GetAttachInfo, Succeeds<"ATT-4">, Do<Take<DatabasesOut, Attached>>>,

      Row<NoBackup, OpenFile, Fails<JET_errNoBackup, "OPEN-1">>,
      Row<BackupRuns, OpenFile, Fails<JET_errBackupAbortByServer, "OPEN-2">, If<StopRequested>>,
      Row<BackupRuns, OpenFile, Fails<JET_errInvalidParameter, "OPEN-4">, If<NameIsEmpty>>,
      Row<BackupRuns, OpenFile, Fails<JET_errOutOfMemory, "OPEN-6">, If<FileOpen>>,
      Row<Databases, OpenFile, Fails<JET_errDatabaseNotFound, "OPEN-9">,
          If<Not<NameIsAttachedDatabase>>>,
      Row<Databases, OpenFile, Fails<JET_errDiskIO, "OPEN-10">, If<IoFails>>,
      Row<Databases, OpenFile, Succeeds<"OPEN-18">,
          Do<Set<FileType, FileKind::kDatabase>, Take<FileDatabase, CallDatabase>,
             Take<FileHandle, ReportedHandle>, Take<FileSize, ReportedSize>,
             Take<LastHandle, ReportedHandle>>>,
      Row<Logs, OpenFile, Fails<JET_errInvalidBackupSequence, "OPEN-13">,
          If<All<NameIsAttachedDatabase, Not<Full>>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, OpenFile, Fails<JET_errInvalidBackupSequence, "OPEN-14">,
          If<NameIsAttachedDatabase>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, OpenFile, Fails<JET_errInvalidParameter, "OPEN-15">, If<NameIsNoGeneration>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, OpenFile, Fails<JET_errMissingFileToBackup, "OPEN-16">,
          If<Any<Not<NameIsLog>, All<Refused, Not<LogIsSurelyThere>>>>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<Logs, OpenFile, Fails<JET_errDiskIO, "OPEN-17">, If<IoFails>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<Logs, OpenFile, Succeeds<"OPEN-19">,
          Do<Set<FileType, FileKind::kLog>, Take<FileGeneration, CallGeneration>,
             Take<FileHandle, ReportedHandle>, Take<FileSize, ReportedSize>,
             Take<LastHandle, ReportedHandle>>>,

      Row<NoBackup, ReadFile, Fails<JET_errNoBackup, "READ-1">>,
      Row<BackupRuns, ReadFile, Fails<JET_errBackupAbortByServer, "READ-2">, If<StopRequested>>,
      Row<BackupRuns, ReadFile, Fails<JET_errInvalidParameter, "READ-5">,
          If<Not<HandleIsOpenFile>>>,
      Row<BackupRuns, ReadFile, Fails<JET_errInvalidParameter, "READ-4">, If<Not<BufferAligned>>>,
      Row<BackupRuns, ReadFile, Fails<JET_errInvalidParameter, "READ-6">, If<Not<WholePages>>>,
      Row<Logs, ReadFile, Fails<JET_errInvalidParameter, "READ-7">,
          If<All<AtStart, FewerThanTwoPages>>>,
      Row<Databases, ReadFile, Fails<JET_errInvalidParameter, "READ-11">,
          If<Any<NoPages, All<AtStart, FewerThanThreePages>>>>,
      Row<Logs, ReadFile, Fails<JET_errDiskIO, "READ-9">, If<All<IoFails, Not<Is<Delivered, 0>>>>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Databases, ReadFile, Fails<JET_errDiskIO, "READ-13">,
          If<All<IoFails, Not<Is<Delivered, 0>>>>, Do<Exclude<Copied, FileDatabase>, ForgetFile>>,
      Row<BackupRuns, ReadFile, Succeeds<"READ-15">,
          Do<Take<FirstPageOut, FileOffset>, Take<PagesOut, Delivered>,
             Grow<FileOffset, Delivered>>>,

      Row<NoBackup, CloseFile, Fails<JET_errNoBackup, "CLOSE-1">>,
      Row<BackupRuns, CloseFile, Fails<JET_errInvalidParameter, "CLOSE-2">,
          If<Not<HandleIsOpenFile>>>,
      Row<Databases, CloseFile, Succeeds<"CLOSE-3">, If<ReadToTheEnd>,
          Do<Include<Copied, FileDatabase>, ForgetFile>>,
      Row<Logs, CloseFile, Succeeds<"CLOSE-4">, If<All<ReadToTheEnd, InCopyRange>>,
          Do<Include<LogsRead, Minus<FileGeneration, CopyLow>>, ForgetFile>>,
      Row<Logs, CloseFile, Succeeds<"CLOSE-6">, If<All<ReadToTheEnd, Prepared, RangeUnknown>>,
          Do<Set<EarlyLogFlag, true>, ForgetFile>>,
      Row<BackupRuns, CloseFile, Succeeds<"CLOSE-5">, Do<ForgetFile>>>;
};

}  // namespace backstop::model
