// SPDX-License-Identifier: MIT
// Attaching, detaching, creating and opening databases. What a backup in progress bars shows in the
// states.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct DatabaseTable {
  static constexpr const char* kName = "databases";
  using Region = PhaseRegion;

  using Rows = mp::mp_list<
      Row<AnyPhase, AttachDatabase, Fails<JET_errInTransaction, "ATTACH-7">, If<InsideTransaction>>,
      Row<AnyPhase, AttachDatabase, Fails<JET_errDatabaseInvalidPath, "ATTACH-9">,
          If<Meets<Fault::kBadPath>>>,
      Row<AnyPhase, AttachDatabase, Fails<JET_errDatabaseFileReadOnly, "ATTACH-11">,
          If<All<DatabaseExists, Not<ReadOnlyAsked>, Meets<Fault::kReadOnlyFile>>>>,
      Row<InSnapshot, AttachDatabase, Fails<JET_errBackupInProgress, "ATTACH-12">, If<FrozenNow>,
          Ese<C18>, Waits<"the end of the freeze">>,
      Row<LocalOrSnapshot, AttachDatabase, Fails<JET_errBackupInProgress, "ATTACH-12">>,
      Row<Surrogate, AttachDatabase, Fails<JET_errSurrogateBackupInProgress, "ATTACH-13">,
          Ese<D27>>,
      Row<NoBackup, AttachDatabase, Fails<JET_errFileNotFound, "ATTACH-14">,
          If<Not<DatabaseExists>>>,
      Row<NoBackup, AttachDatabase, Warns<JET_wrnDatabaseAttached, "ATTACH-15">,
          If<DatabaseAttached>>,
      Row<NoBackup, AttachDatabase, Succeeds<"ATTACH-17">, If<ReadOnlyAsked>,
          Do<Include<Attached, CallDatabase>, Include<Unlogged, CallDatabase>>>,
      Row<NoBackup, AttachDatabase, Succeeds<"ATTACH-16">, Do<Include<Attached, CallDatabase>>>,

      Row<AnyPhase, DetachDatabase, Fails<JET_errInTransaction, "DETACH-7">, If<InsideTransaction>>,
      Row<AnyPhase, DetachDatabase, Fails<JET_errForceDetachNotAllowed, "DETACH-8">,
          If<All<DatabaseAttached, HasAny<Grbit, JET_bitForceDetach>>>>,
      Row<InSnapshot, DetachDatabase, Fails<JET_errBackupInProgress, "DETACH-9">, If<FrozenNow>,
          Ese<C18>, Waits<"the end of the freeze">>,
      Row<LocalOrSnapshot, DetachDatabase, Fails<JET_errBackupInProgress, "DETACH-9">>,
      Row<Surrogate, DetachDatabase, Fails<JET_errSurrogateBackupInProgress, "DETACH-10">,
          Ese<D27>>,
      Row<NoBackup, DetachDatabase, Fails<JET_errDatabaseNotFound, "DETACH-11">,
          If<Not<DatabaseAttached>>>,
      Row<NoBackup, DetachDatabase, Fails<JET_errDatabaseInUse, "DETACH-12">, If<DatabaseOpen>>,
      Row<NoBackup, DetachDatabase, Succeeds<"DETACH-13">,
          Do<Exclude<Attached, CallDatabase>, Exclude<Unlogged, CallDatabase>>>,

      Row<AnyPhase, CreateDatabase, Fails<JET_errDatabaseDuplicate, "DBCREATE-7">,
          If<DatabaseExists>>,
      Row<InSnapshot, CreateDatabase, Succeeds<"DBCREATE-9">, If<FrozenNow>,
          Do<Include<Existing, CallDatabase>, Include<Attached, CallDatabase>,
             Include<Opened, CallDatabase>>,
          Waits<"the end of the freeze">>,
      Row<AnyPhase, CreateDatabase, Succeeds<"DBCREATE-11">, If<RecoveryOffAsked>,
          Do<Include<Existing, CallDatabase>, Include<Attached, CallDatabase>,
             Include<Unlogged, CallDatabase>, Include<Opened, CallDatabase>>>,
      Row<AnyPhase, CreateDatabase, Succeeds<"DBCREATE-8">,
          Do<Include<Existing, CallDatabase>, Include<Attached, CallDatabase>,
             Include<Opened, CallDatabase>>>,

      Row<AnyPhase, OpenDatabase, Fails<JET_errDatabaseNotFound, "DBOPEN-1">,
          If<Not<DatabaseAttached>>>,
      Row<AnyPhase, OpenDatabase, Succeeds<"DBOPEN-2">, Do<Include<Opened, CallDatabase>>>,
      Row<AnyPhase, CloseDatabase, Fails<JET_errInvalidDatabaseId, "DBOPEN-3">,
          If<Not<DatabaseOpen>>>,
      Row<AnyPhase, CloseDatabase, Succeeds<"DBOPEN-4">, Do<Exclude<Opened, CallDatabase>>>,

      Row<AnyPhase, GetDatabaseInfo, Fails<JET_errInvalidParameter, "DBINFO-12">,
          If<All<Not<DatabaseOpen>, Not<DatabaseAttached>>>>,
      Row<AnyPhase, GetDatabaseInfo, Fails<JET_errInvalidDatabaseId, "DBINFO-11">,
          If<Not<DatabaseOpen>>>,
      Row<AnyPhase, GetDatabaseInfo, Fails<JET_errInvalidBufferSize, "DBINFO-7">, If<WrongSize>>,
      Row<AnyPhase, GetDatabaseInfo, Succeeds<"DBINFO-10">, Do<Take<HeaderOut, CallDatabase>>>>;
};

}  // namespace backstop::model
