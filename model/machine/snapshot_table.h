// SPDX-License-Identifier: MIT
// OS snapshots, from their preparation to the freeze: sessions of the process in which instances
// take part.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct SnapshotTable {
  static constexpr const char* kName = "freeze of OS snapshots";
  using Region = SnapshotRegion;
  using GivesBits = Not<Is<Grbit, 0>>;

  using PrepareBits = HasOnly<Grbit, JET_bitIncrementalSnapshot | JET_bitCopySnapshot |
                                         JET_bitContinueAfterThaw | JET_bitExplicitPrepare>;
  using Occupied = Named<"the instance is in a backup or must not begin one",
                         Any<Not<Is<BackupPhase, Phase::kNoBackup>>, Not<Is<BackupAllowed, true>>>>;
  /// What the snapshot put into the instance, and nothing else.
  using InThisSnapshot = Is<BackupPhase, Phase::kSnapshot>;
  using Release = When<InThisSnapshot, ReleaseBackup>;

  using Rows = mp::mp_list<
      Row<NoSnapshot, SnapshotPrepare, Fails<JET_errInvalidGrbit, "SNAP-PREPARE-1">,
          If<Not<PrepareBits>>>,
      Row<NoSnapshot, SnapshotPrepare, Fails<JET_errInvalidParameter, "SNAP-PREPARE-2">,
          If<NullPointer>>,
      Row<NoSnapshot, SnapshotPrepare, Fails<JET_errNotInitialized, "SNAP-PREPARE-3">,
          If<NoInstance>>,
      Row<NoSnapshot, SnapshotPrepare, Fails<JET_errOutOfMemory, "SNAP-PREPARE-4">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<NoSnapshot, SnapshotPrepare, Succeeds<"SNAP-PREPARE-6">,
          If<HasAny<Grbit, JET_bitExplicitPrepare>>, Do<Take<SnapshotFlags, Grbit>>,
          To<SnapshotPrepared>>,
      Row<NoSnapshot, SnapshotPrepare, Succeeds<"SNAP-PREPARE-7">,
          Do<Take<SnapshotMembers, Claimable>, Take<SnapshotFlags, Grbit>>, To<SnapshotPrepared>>,

      Row<AnySnapshot, SnapshotPrepareInstance, Fails<JET_errInvalidGrbit, "SNAP-ADD-1">,
          If<GivesBits>>,
      Row<NoSnapshot, SnapshotPrepareInstance, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-ADD-2">>,
      Row<In<Frozen, Thawed, LogsTruncated, TimedOut>, SnapshotPrepareInstance,
          Fails<JET_errOSSnapshotInvalidSequence, "SNAP-ADD-3">>,
      Row<SnapshotPrepared, SnapshotPrepareInstance,
          Fails<JET_errOSSnapshotNotAllowed, "SNAP-ADD-4">, If<Any<Claimed, Occupied>>>,
      Row<SnapshotPrepared, SnapshotPrepareInstance, Succeeds<"SNAP-ADD-5">,
          Do<Include<SnapshotMembers, ThisInstance>>>,

      Row<AnySnapshot, SnapshotFreeze, Fails<JET_errInvalidGrbit, "SNAP-FREEZE-1">, If<GivesBits>>,
      Row<AnySnapshot, SnapshotFreeze, Fails<JET_errInvalidParameter, "SNAP-FREEZE-2">,
          If<NullPointer>>,
      Row<NoSnapshot, SnapshotFreeze, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-FREEZE-3">>,
      Row<In<Frozen, Thawed, LogsTruncated, TimedOut>, SnapshotFreeze,
          Fails<JET_errOSSnapshotInvalidSequence, "SNAP-FREEZE-4">>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errOutOfThreads, "SNAP-FREEZE-5">,
          If<Meets<Fault::kNoThread>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errOutOfMemory, "SNAP-FREEZE-5">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errNotInitialized, "SNAP-FREEZE-8">,
          If<NoInstance>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errOSSnapshotNotAllowed, "SNAP-FREEZE-6">,
          If<SomeMember<Occupied>>, Do<Clear<SnapshotMembers>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errMissingFullBackup, "SNAP-FREEZE-7">,
          If<All<IncrementalSnapshot, SomeMember<Not<Within<Attached, SnapshotFulls>>>>>,
          Do<Clear<SnapshotMembers>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errInvalidBackup, "SNAP-FREEZE-7">,
          If<All<IncrementalSnapshot, SomeMember<Is<CircularLog, true>>>>,
          Do<Clear<SnapshotMembers>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errMissingFileToBackup, "SNAP-FREEZE-7">,
          If<All<IncrementalSnapshot, Meets<Fault::kMissingLog>>>, Do<Clear<SnapshotMembers>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Fails<JET_errLogWriteFail, "SNAP-FREEZE-9">,
          If<SomeMember<LogStopped>>, Do<Clear<SnapshotMembers>>>,
      Row<SnapshotPrepared, SnapshotFreeze, Succeeds<"SNAP-FREEZE-10">, If<IncrementalSnapshot>,
          Do<ForMembers<Set<BackupPhase, Phase::kSnapshot>>,
             Take<InstancesOut, CountOf<SnapshotMembers>>>,
          To<Frozen>>,
      Row<SnapshotPrepared, SnapshotFreeze, Succeeds<"SNAP-FREEZE-10">,
          Do<ForMembers<Set<BackupPhase, Phase::kSnapshot>, Set<FullFlag, true>>,
             Take<InstancesOut, CountOf<SnapshotMembers>>>,
          To<Frozen>>,

      Row<Frozen, FreezeTimesOut, Succeeds<"SNAP-TIMEOUT-1">,
          Do<ForMembers<Release>, Clear<SnapshotMembers>>, To<TimedOut>>,
      Row<In<NoSnapshot, SnapshotPrepared, Thawed, LogsTruncated, TimedOut>, FreezeTimesOut,
          Succeeds<"SNAP-TIMEOUT-2">>>;
};

}  // namespace backstop::model
