// SPDX-License-Identifier: MIT
// Sessions, their transactions and their rows.
#pragma once

#include "model/machine/differences.h"
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

      Row<AnyPhase, BeginSession, Succeeds<"SESSION-1">, Do<Include<Sessions, CallSession>>>,
      Row<AnyPhase, EndSession, Succeeds<"SESSION-2">,
          Do<Exclude<Sessions, CallSession>, Clear<Level>, Exclude<InTransaction, CallSession>>>,

      Row<AnyPhase, InsertRow, Fails<JET_errLogWriteFail, "ROW-1">, If<LogStopped>>,
      Row<InSnapshot, InsertRow, Succeeds<"ROW-3">, If<All<FrozenNow, Not<Is<LazyFlag, true>>>>,
          Waits<"the end of the freeze">>,
      Row<AnyPhase, InsertRow, Succeeds<"ROW-2">>,
      Row<AnyPhase, ReadRow, Fails<JET_errInvalidDatabaseId, "ROW-4">, If<Not<DatabaseOpen>>>,
      Row<AnyPhase, ReadRow, Succeeds<"ROW-5">>,

      Row<AnyPhase, CommitOrRollback, Fails<JET_errNotInTransaction, "TRX-3">, If<Is<Level, 0>>>,
      Row<AnyPhase, CommitOrRollback, Succeeds<"TRX-4">, If<Is<Level, 1>>, LeaveTransaction>,
      Row<AnyPhase, Rollback, Succeeds<"TRX-4">, If<HasAny<Grbit, JET_bitRollbackAll>>,
          LeaveTransaction>,
      Row<AnyPhase, CommitOrRollback, Succeeds<"TRX-5">, Do<Shrink<Level, Number<1>>>>>;
};

}  // namespace backstop::model
