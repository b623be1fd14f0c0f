// SPDX-License-Identifier: MIT
// Stopping the services of an instance.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct ServiceTable {
  static constexpr const char* kName = "stop of service";
  using Region = LifeRegion;
  using EmitLogAsked = HasAny<Grbit, kEmitLog>;

  using Rows = mp::mp_list<
      Row<Alive, StopService, Succeeds<"SVC-1">, Do<Set<ServiceFlag, true>>>,

      Row<Alive, StopService2, Fails<JET_errInvalidGrbit, "SVC2-1">,
          If<Not<HasOnly<Grbit, kResumable | kEmitLog | JET_bitStopServiceResume>>>>,
      Row<Alive, StopService2, Fails<JET_errInvalidGrbit, "SVC2-2">,
          If<All<ResumeAsked, Any<EmitLogAsked, All<ResumeAlone, LogStopped>>>>>,
      Row<Alive, StopService2, Fails<JET_errClientRequestToStopJetService, "SVC2-3">,
          If<All<ResumeAlone, HasAny<StoppedServices, kEverything>>>>,
      Row<Alive, StopService2, Fails<JET_errInvalidGrbit, "SVC2-4">,
          If<All<EmitLogAsked, HasAny<Grbit, kResumable>>>>,
      Row<Alive, StopService2, Succeeds<"SVC2-5">, If<Is<Grbit, JET_bitStopServiceAll>>,
          Do<Set<ServiceFlag, true>, Join<StoppedServices, Number<kEverything | kResumable>>>>,
      Row<Alive, StopService2, Succeeds<"SVC2-6">, If<ResumeAlone>,
          Do<Drop<StoppedServices, Number<kResumable>>>>,
      Row<Alive, StopService2, Succeeds<"SVC2-7">, If<ResumeAsked>,
          Do<Drop<StoppedServices, Grbit>>>,
      Row<Alive, StopService2, Fails<JET_errDiskIO, "SVC2-10">, If<All<EmitLogAsked, IoFails>>,
          Do<Join<StoppedServices, Number<kEmitLog>>>>,
      Row<Alive, StopService2, Warns<JET_wrnCallbackNotRegistered, "SVC2-8">, If<EmitLogAsked>,
          Do<Join<StoppedServices, Number<kEmitLog>>>>,
      Row<Alive, StopService2, Succeeds<"SVC2-9">, Do<Join<StoppedServices, Grbit>>>>;
};

}  // namespace backstop::model
