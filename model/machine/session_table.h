// SPDX-License-Identifier: MIT
// Calls of a session: transactions, rows, and attaching, detaching and creating databases. What a
// backup in progress bars shows in the states.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct SessionTable {
  static constexpr const char* kName = "sessions";
  using Region = PhaseRegion;
  using CommitOrRollback = On<Commit, Rollback>;
  using LeaveTransaction = Do<Clear<Level>, Exclude<InTransaction, CallSession>>;

  using Rows = mp::mp_list<
      Row<AnyPhase, BeginTransaction, Fails<JET_errTransTooDeep, "TRX-1">, If<Is<Level, 7>>>,
      Row<AnyPhase, BeginTransaction, Succeeds<"TRX-2">,
          Do<Grow<Level, Number<1>>, Include<InTransaction, CallSession>>>,

      Row<AnyPhase, InsertRow, Fails<JET_errLogWriteFail, "ROW-1">, If<LogStopped>>,
      Row<AnyPhase, InsertRow, Succeeds<"ROW-2">>,

      Row<AnyPhase, CommitOrRollback, Fails<JET_errNotInTransaction, "TRX-3">, If<Is<Level, 0>>>,
      Row<AnyPhase, CommitOrRollback, Succeeds<"TRX-4">, If<Is<Level, 1>>, LeaveTransaction>,
      Row<AnyPhase, Rollback, Succeeds<"TRX-4">, If<HasAny<Grbit, JET_bitRollbackAll>>,
          LeaveTransaction>,
      Row<AnyPhase, CommitOrRollback, Succeeds<"TRX-5">, Do<Shrink<Level, Number<1>>>>,

      Row<AnyPhase, AttachDatabase, Fails<JET_errInTransaction, "ATTACH-7">, If<InsideTransaction>>,
      Row<BackupRuns, AttachDatabase, Fails<JET_errBackupInProgress, "ATTACH-12">>,
      Row<NoBackup, AttachDatabase, Fails<JET_errFileNotFound, "ATTACH-14">,
          If<Not<DatabaseExists>>>,
      Row<NoBackup, AttachDatabase, Warns<JET_wrnDatabaseAttached, "ATTACH-15">,
          If<DatabaseAttached>>,
      Row<NoBackup, AttachDatabase, Succeeds<"ATTACH-16">, Do<Include<Attached, CallDatabase>>>,

      Row<AnyPhase, DetachDatabase, Fails<JET_errInTransaction, "DETACH-7">, If<InsideTransaction>>,
      Row<AnyPhase, DetachDatabase, Fails<JET_errForceDetachNotAllowed, "DETACH-8">,
          If<All<DatabaseAttached, HasAny<Grbit, JET_bitForceDetach>>>>,
      Row<BackupRuns, DetachDatabase, Fails<JET_errBackupInProgress, "DETACH-9">>,
      Row<NoBackup, DetachDatabase, Fails<JET_errDatabaseNotFound, "DETACH-11">,
          If<Not<DatabaseAttached>>>,
      Row<NoBackup, DetachDatabase, Fails<JET_errDatabaseInUse, "DETACH-12">, If<DatabaseOpen>>,
      Row<NoBackup, DetachDatabase, Succeeds<"DETACH-13">, Do<Exclude<Attached, CallDatabase>>>,

      Row<AnyPhase, CreateDatabase, Fails<JET_errDatabaseDuplicate, "DBCREATE-7">,
          If<DatabaseExists>>,
      Row<AnyPhase, CreateDatabase, Succeeds<"DBCREATE-8">,
          Do<Include<Existing, CallDatabase>, Include<Attached, CallDatabase>,
             Include<Opened, CallDatabase>>>>;
};

}  // namespace backstop::model
