// SPDX-License-Identifier: MIT
// The entry gate of calls that name a session. A call that is admitted goes on to the table of its
// family.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct SessionGateTable {
  static constexpr const char* kName = "session gate";
  using Region = LifeRegion;
  using Idle = In<Absent, Created, Initializing, Restoring>;

  using Rows = mp::mp_list<
      Row<AnyLife, AnySessionCall, Fails<JET_errInvalidSesid, "S-1">, If<SessionIsNil>>,
      Row<In<Absent, Created, Initializing, Terminating, Restoring>, AnySessionCall,
          Fails<JET_errTermInProgress, "S-2">, If<OnlyTerminatingInstances>>,
      Row<Idle, AnySessionCall, Fails<JET_errNotInitialized, "S-3">, If<NoInitializedInstance>>,
      Row<Idle, AnySessionCall, Fails<JET_errInvalidSesid, "S-4">>,
      Row<Initialized, AnySessionCall, Fails<JET_errInvalidSesid, "S-4">, If<Not<SessionLives>>>,
      Row<Initialized, SessionCall, Fails<JET_errClientRequestToStopJetService, "S-5">,
          If<ServiceStopped>>,
      Row<Initialized, AnySessionCall,
          Fails<JET_errInstanceUnavailableDueToFatalLogDiskFull, "S-8">, If<LogDiskWasFull>>,
      Row<Initialized, AnySessionCall, Fails<JET_errInstanceUnavailable, "S-8">, If<Unavailable>>,
      Row<Terminating, AnySessionCall, Fails<JET_errTermInProgress, "S-6">>,
      Row<Ready, AnySessionCall, Admits<"S-7">>>;
};

}  // namespace backstop::model
