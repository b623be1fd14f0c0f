// SPDX-License-Identifier: MIT
// Setting parameters.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct ParameterTable {
  static constexpr const char* kName = "parameters";
  using Region = LifeRegion;
  using Unlocked = In<Absent, Created, Ready>;

  using Rows =
      mp::mp_list<Row<Absent, SetParameter, Fails<JET_errInvalidInstance, "PARAM-2">,
                      If<All<MultiInstanceMode, Not<Is<CallInstance, InstanceRef::kNil>>>>>,
                  Row<Terminating, SetParameter, Fails<JET_errTermInProgress, "PARAM-3">>,
                  Row<Initializing, SetParameter, Fails<JET_errInitInProgress, "PARAM-3">>,
                  Row<Restoring, SetParameter, Fails<JET_errRestoreInProgress, "PARAM-3">>,
                  Row<Unlocked, SetParameter, Fails<JET_errInvalidParameter, "PARAM-4">,
                      If<Is<CallParameter, ParameterKind::kUnknown>>>,
                  Row<Unlocked, SetParameter, Succeeds<"PARAM-5">, If<Is<SameValueFlag, true>>>,
                  Row<Unlocked, SetParameter, Fails<JET_errAlreadyInitialized, "PARAM-6">,
                      If<All<Is<CallParameter, ParameterKind::kGlobal>, Not<ModeUnset>>>>,
                  Row<Ready, SetParameter, Fails<JET_errAlreadyInitialized, "PARAM-7">,
                      If<Is<CallParameter, ParameterKind::kInstance>>>,
                  Row<Unlocked, SetParameter, Fails<JET_errInvalidParameter, "PARAM-8">,
                      If<Not<Is<ValidValueFlag, true>>>>,
                  Row<Unlocked, SetParameter, Succeeds<"PARAM-9">>>;
};

}  // namespace backstop::model
