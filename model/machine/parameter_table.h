// SPDX-License-Identifier: MIT
// Setting parameters, and what can be asked of the process and of files.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct ParameterTable {
  static constexpr const char* kName = "parameters and information";
  using Region = LifeRegion;
  using Unlocked = In<Absent, Created, Ready>;

  using Rows = mp::mp_list<
      Row<AnyLife, SetParameter, Fails<JET_errInvalidSesid, "PARAM-1">,
          If<All<MultiInstanceMode, Is<CallSession, int{kBogusSession}>>>>,
      Row<Absent, SetParameter, Fails<JET_errInvalidInstance, "PARAM-2">,
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
      Row<Unlocked, SetParameter, Succeeds<"PARAM-9">>,

      Row<AnyLife, GetInstanceInfo, Fails<JET_errInvalidParameter, "INFO-1">, If<NullPointer>>,
      Row<AnyLife, GetInstanceInfo, Fails<JET_errOutOfMemory, "INFO-2">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<AnyLife, GetInstanceInfo, Succeeds<"INFO-3">, Do<Take<InstancesOut, ReadyInstances>>>,

      Row<AnyLife, GetDatabaseFileInfo, Fails<JET_errInvalidBufferSize, "DBINFO-14">,
          If<WrongSize>>,
      Row<AnyLife, GetDatabaseFileInfo, Fails<JET_errFileInvalidType, "DBINFO-8">,
          If<Is<CallName, NameKind::kForeign>>>,
      Row<AnyLife, GetDatabaseFileInfo, Fails<JET_errFileNotFound, "DBINFO-9">,
          If<Any<Is<CallName, NameKind::kOther>, Not<DatabaseExists>>>>,
      Row<AnyLife, GetDatabaseFileInfo, Succeeds<"DBINFO-13">, Do<Take<HeaderOut, CallDatabase>>>>;
};

}  // namespace backstop::model
