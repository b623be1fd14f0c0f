// SPDX-License-Identifier: MIT
// JetRestoreInstance, in two events.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct RestoreTable {
  static constexpr const char* kName = "restore";
  using Region = LifeRegion;
  using OwnInstance = Any<Is<LegacyFlag, true>, NoInstanceGiven>;
  using NothingThere =
      Any<Is<CallDirectory, DirectoryKind::kMissing>, Is<CallDirectory, DirectoryKind::kEmpty>,
          Is<CallDirectory, DirectoryKind::kOccupied>>;

  using Rows = mp::mp_list<
      Row<Absent, RestoreBegins, Fails<JET_errRunningInMultiInstanceMode, "RESTORE-1">,
          If<All<Is<LegacyFlag, true>, MultiInstanceMode>>>,
      Row<Absent, RestoreBegins, Fails<JET_errInvalidPath, "RESTORE-4">,
          If<All<ModeUnset, OwnInstance, Is<CallDirectory, DirectoryKind::kNone>>>>,
      Row<Absent, RestoreBegins, Fails<JET_errFileNotFound, "RESTORE-6">,
          If<All<ModeUnset, OwnInstance, NothingThere>>>,
      Row<Absent, RestoreBegins, Succeeds<"RESTORE-10">, If<All<ModeUnset, OwnInstance>>>,
      Row<Absent, RestoreBegins, Fails<JET_errInvalidParameter, "RESTORE-2">>,
      Row<In<Ready, Terminating, Restoring>, RestoreBegins,
          Fails<JET_errAlreadyInitialized, "RESTORE-3">>,
      Row<Initializing, RestoreBegins, Fails<JET_errInitInProgress, "RESTORE-3">>,
      Row<Created, RestoreBegins, Fails<JET_errTempPathInUse, "RESTORE-7">, If<PathsInUse>>,
      Row<Created, RestoreBegins, Fails<JET_errInvalidPath, "RESTORE-4">,
          If<Is<CallDirectory, DirectoryKind::kNone>>>,
      Row<Created, RestoreBegins, GoesOn<"RESTORE-8">, To<Restoring>>,
      Row<Restoring, RestoreDone, Fails<JET_errFileNotFound, "RESTORE-6">, If<NothingThere>,
          To<Created>>,
      Row<Restoring, RestoreDone, Succeeds<"RESTORE-9">, To<Created>>>;
};

}  // namespace backstop::model
