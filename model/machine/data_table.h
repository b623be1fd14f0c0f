// SPDX-License-Identifier: MIT
// The calls that read and close the file that a backup has open.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct DataTable {
  static constexpr const char* kName = "backup data";
  using Region = PhaseRegion;
  using DataCall = On<ReadFile, CloseFile>;

  using Rows = mp::mp_list<
      Row<BackupRuns, DataCall, Fails<JET_errBackupInProgress, "WHOLE-4">, If<RunByJetBackup>,
          Strict<C25>>,

      Row<NothingLocal, ReadFile, Fails<JET_errNoBackup, "READ-1">>,
      Row<InSnapshot, ReadFile, Fails<JET_errNoBackup, "READ-1">, Strict<H17>>,
      Row<LocalOrSnapshot, ReadFile, Fails<JET_errBackupAbortByServer, "READ-2">,
          If<StopRequested>>,
      Row<LocalOrSnapshot, ReadFile, Fails<JET_errInvalidParameter, "READ-4">,
          If<Not<BufferAligned>>>,
      Row<BackupRuns, ReadFile, Fails<JET_errInvalidParameter, "READ-5">, If<Not<HandleIsOpenFile>>,
          Strict<D14>>,
      Row<LocalOrSnapshot, ReadFile, Fails<JET_errInvalidParameter, "READ-6">, If<Not<WholePages>>>,
      Row<LocalOrSnapshot, ReadFile, Fails<JET_errInvalidParameter, "READ-7">,
          If<All<AtStart, FewerThanTwoPages>>>,
      Row<LocalOrSnapshot, ReadFile, Succeeds<"READ-16">, If<Not<FileOpen>>, Ese<D14>>,
      Row<Databases, ReadFile, Fails<JET_errInvalidParameter, "READ-11">,
          If<Any<NoPages, All<AtStart, FewerThanThreePages>>>>,
      Row<In<Logs, InSnapshot>, ReadFile, Fails<JET_errLogReadVerifyFailure, "READ-8">,
          If<All<Meets<Fault::kDamagedPage>, Not<Is<Delivered, 0>>>>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<In<Logs, InSnapshot>, ReadFile, Fails<JET_errDiskIO, "READ-9">,
          If<All<IoFails, Not<Is<Delivered, 0>>>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Databases, ReadFile, Fails<JET_errReadVerifyFailure, "READ-13">,
          If<All<Meets<Fault::kDamagedPage>, Not<Is<Delivered, 0>>>>,
          Do<Exclude<Copied, FileDatabase>, ForgetFile>>,
      Row<Databases, ReadFile, Fails<JET_errDiskIO, "READ-13">,
          If<All<IoFails, Not<Is<Delivered, 0>>>>, Do<Exclude<Copied, FileDatabase>, ForgetFile>>,
      Row<Databases, ReadFile, Fails<JET_errOutOfMemory, "READ-14">,
          If<All<Meets<Fault::kOutOfMemory>, Not<Is<Delivered, 0>>>>,
          Do<Exclude<Copied, FileDatabase>, ForgetFile>>,
      Row<LocalOrSnapshot, ReadFile, Succeeds<"READ-15">,
          Do<Take<FirstPageOut, FileOffset>, Take<PagesOut, Delivered>,
             Grow<FileOffset, Delivered>>>,

      Row<NothingLocal, CloseFile, Fails<JET_errNoBackup, "CLOSE-1">>,
      Row<InSnapshot, CloseFile, Fails<JET_errNoBackup, "CLOSE-1">, Strict<H17>>,
      Row<LocalOrSnapshot, CloseFile, Fails<JET_errInvalidParameter, "CLOSE-2">,
          If<Not<HandleIsOpenFile>>>,
      Row<Databases, CloseFile, Succeeds<"CLOSE-3">, If<ReadToTheEnd>,
          Do<Include<Copied, FileDatabase>, ForgetFile>>,
      Row<Logs, CloseFile, Succeeds<"CLOSE-4">, If<All<ReadToTheEnd, InCopyRange>>,
          Do<Include<LogsRead, Minus<FileGeneration, CopyLow>>,
             Take<SumRead, Smaller<Plus<SumRead, FileGeneration>, SumToCopy>>, ForgetFile>>,
      Row<Logs, CloseFile, Succeeds<"CLOSE-6">, If<All<ReadToTheEnd, Prepared, RangeUnknown>>,
          Do<Set<EarlyLogFlag, true>, ForgetFile>>,
      Row<LocalOrSnapshot, CloseFile, Succeeds<"CLOSE-5">, Do<ForgetFile>>>;
};

}  // namespace backstop::model
