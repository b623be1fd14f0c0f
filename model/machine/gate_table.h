// SPDX-License-Identifier: MIT
// The entry gate. A call that is admitted goes on to the table of its family.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct GateTable {
  static constexpr const char* kName = "entry gate";
  using Region = LifeRegion;
  using Rows = mp::mp_list<
      Row<Absent, AnyLegacyCall, Fails<JET_errInvalidParameter, "L-1">, If<ModeUnset>>,
      Row<Absent, AnyLegacyCall, Fails<JET_errRunningInMultiInstanceMode, "L-2">>,
      Row<Absent, On<StreamingCall, StopCall, TermCall>, Fails<JET_errInvalidParameter, "E-2">>,
      Row<Alive, On<StopCall, TermCall>, Admits<"E-8">>,
      Row<AliveAlone, LegacyStopCall, Admits<"E-8">>,
      Row<Alive, StreamingCall, Fails<JET_errClientRequestToStopJetService, "E-3">,
          If<ServiceStopped>>,
      Row<AliveAlone, LegacyStreamingCall, Fails<JET_errClientRequestToStopJetService, "E-3">,
          If<ServiceStopped>>,
      Row<Terminating, AnyStreamingCall, Fails<JET_errTermInProgress, "E-5">>,
      Row<In<Created, Initializing>, StreamingCall, Fails<JET_errNotInitialized, "E-7">>,
      Row<Initializing, LegacyStreamingCall, Fails<JET_errNotInitialized, "E-7">>,
      Row<Ready, AnyStreamingCall, Admits<"E-8">>,

      Row<AnyLife, AnySessionCall, Fails<JET_errInvalidSesid, "S-1">, If<SessionIsNil>>,
      Row<In<Absent, Created, Initializing, Terminating>, AnySessionCall,
          Fails<JET_errTermInProgress, "S-2">, If<OnlyTerminatingInstances>>,
      Row<NotInitialized, AnySessionCall, Fails<JET_errNotInitialized, "S-3">,
          If<NoInitializedInstance>>,
      Row<NotInitialized, AnySessionCall, Fails<JET_errInvalidSesid, "S-4">>,
      Row<Initialized, AnySessionCall, Fails<JET_errInvalidSesid, "S-4">, If<Not<SessionLives>>>,
      Row<Initialized, SessionCall, Fails<JET_errClientRequestToStopJetService, "S-5">,
          If<ServiceStopped>>,
      Row<Terminating, AnySessionCall, Fails<JET_errTermInProgress, "S-6">>,
      Row<Ready, AnySessionCall, Admits<"S-7">>,

      Row<AnyLife, UngatedCall, Admits<"E-9">>>;
};

}  // namespace backstop::model
