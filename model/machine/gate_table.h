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
  using GatedCall = On<StreamingCall, LegacyStreamingCall, ShapedCall>;
  /// Lives that no instance of single-instance mode has: no legacy call meets them.
  using OnlyNamed = In<Created, Restoring>;
  using NamingCall = On<StreamingCall, ShapedCall>;

  using Rows = mp::mp_list<
      Row<AnyLife, ShapedCall, Fails<JET_wrnNyi, "E-1">, If<SeveralSections>>,
      Row<Absent, AnyLegacyCall, Fails<JET_errInvalidParameter, "L-1">, If<ModeUnset>>,
      Row<Absent, AnyLegacyCall, Fails<JET_errRunningInMultiInstanceMode, "L-2">>,
      Row<Absent, On<StreamingCall, ShapedCall, StopCall, TermCall>,
          Fails<JET_errInvalidParameter, "E-2">>,
      Row<Alive, On<StopCall, TermCall>, Admits<"E-8">>,
      Row<AliveAlone, LegacyStopCall, Admits<"E-8">>,
      Row<Alive, ShapedCall, Fails<JET_errInvalidParameter, "LOGINFO-1">, If<WrongSize>>,
      Row<AliveAlone, GatedCall, Fails<JET_errClientRequestToStopJetService, "E-3">,
          If<ServiceStopped>>,
      Row<OnlyNamed, NamingCall, Fails<JET_errClientRequestToStopJetService, "E-3">,
          If<ServiceStopped>>,
      Row<AliveAlone, GatedCall, Fails<JET_errInstanceUnavailableDueToFatalLogDiskFull, "E-4">,
          If<LogDiskWasFull>>,
      Row<OnlyNamed, NamingCall, Fails<JET_errInstanceUnavailableDueToFatalLogDiskFull, "E-4">,
          If<LogDiskWasFull>>,
      Row<AliveAlone, GatedCall, Fails<JET_errInstanceUnavailable, "E-4">, If<Unavailable>>,
      Row<OnlyNamed, NamingCall, Fails<JET_errInstanceUnavailable, "E-4">, If<Unavailable>>,
      Row<Terminating, GatedCall, Fails<JET_errTermInProgress, "E-5">>,
      Row<Restoring, NamingCall, Fails<JET_errRestoreInProgress, "E-6">>,
      Row<Restoring, LegacyStreamingCall, Fails<JET_errRestoreInProgress, "E-6">,
          Internal<"a restore needs an instance that was created, in multi-instance mode">>,
      Row<Created, NamingCall, Fails<JET_errNotInitialized, "E-7">>,
      Row<Initializing, GatedCall, Fails<JET_errNotInitialized, "E-7">>,
      Row<Ready, GatedCall, Admits<"E-8">>,

      Row<AnyLife, UngatedCall, Admits<"E-9">>>;
};

}  // namespace backstop::model
