// SPDX-License-Identifier: MIT
// OS snapshots, from the thaw to their end.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct SnapshotEndTable {
  static constexpr const char* kName = "end of OS snapshots";
  using Region = SnapshotRegion;
  using Live = In<SnapshotPrepared, Frozen, Thawed, LogsTruncated, TimedOut>;
  using AnyTruncate = On<SnapshotTruncateLog, SnapshotTruncateLogInstance>;
  using GivesBits = Not<Is<Grbit, 0>>;

  /// A termination holds what a thaw needs.
  using TermWaits = Named<"an instance in the snapshot terminates",
                          SomeMember<Is<InstanceLife, Life::kTerminating>>>;
  /// What the snapshot put into the instance, and nothing else.
  using InThisSnapshot = Is<BackupPhase, Phase::kSnapshot>;
  using Release = When<InThisSnapshot, ReleaseBackup>;
  /// A stamp is logged first.
  using Stamps = All<InThisSnapshot, Not<LogStopped>>;
  using FullStamp = When<All<Stamps, Full, Not<CopySnapshot>>, Join<SnapshotFulls, Logged>,
                         Drop<FullBackups, Logged>, StampRange<"FullPrev", &Header::full, Logged>,
                         ForgetRange<"IncPrev", &Header::incremental, Logged>,
                         ForgetRange<"DiffPrev", &Header::differential, Logged>>;
  using CopyStamp =
      When<All<Stamps, Full, CopySnapshot>, StampRange<"CopyPrev", &Header::copy, Logged>>;
  using IncrementalStamp = When<All<Stamps, Not<Full>, Not<CopySnapshot>>,
                                StampRange<"IncPrev", &Header::incremental, Logged>>;
  using DifferentialStamp = When<All<Stamps, Not<Full>, CopySnapshot>,
                                 StampRange<"DiffPrev", &Header::differential, Logged>>;
  using Finish = Do<ForMembers<FullStamp, CopyStamp, IncrementalStamp, DifferentialStamp, Release>,
                    ForgetSnapshot>;
  using GiveUp = Do<ForMembers<Release>, ForgetSnapshot>;

  using Rows = mp::mp_list<
      Row<AnySnapshot, SnapshotThaw, Fails<JET_errInvalidGrbit, "SNAP-THAW-1">, If<GivesBits>>,
      Row<NoSnapshot, SnapshotThaw, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-THAW-2">>,
      Row<In<SnapshotPrepared, Thawed, LogsTruncated>, SnapshotThaw,
          Fails<JET_errOSSnapshotInvalidSequence, "SNAP-THAW-3">>,
      Row<TimedOut, SnapshotThaw, Fails<JET_errOSSnapshotTimeOut, "SNAP-THAW-4">,
          If<ContinueAfterThaw>>,
      Row<TimedOut, SnapshotThaw, Fails<JET_errOSSnapshotTimeOut, "SNAP-THAW-4">, GiveUp,
          To<NoSnapshot>>,
      Row<Frozen, SnapshotThaw, Fails<JET_errOSSnapshotTimeOut, "SNAP-THAW-7">,
          If<All<TermWaits, ContinueAfterThaw>>, Ese<C20>, Waits<"the time-out of the freeze">,
          Do<ForMembers<Release>, Clear<SnapshotMembers>>, To<TimedOut>>,
      Row<Frozen, SnapshotThaw, Fails<JET_errOSSnapshotTimeOut, "SNAP-THAW-7">, If<TermWaits>,
          Ese<C20>, Waits<"the time-out of the freeze">, GiveUp, To<NoSnapshot>>,
      Row<Frozen, SnapshotThaw, Succeeds<"SNAP-THAW-5">, If<ContinueAfterThaw>, To<Thawed>>,
      Row<Frozen, SnapshotThaw, Succeeds<"SNAP-THAW-6">, Finish, To<NoSnapshot>>,

      Row<AnySnapshot, SnapshotAbort, Fails<JET_errInvalidGrbit, "SNAP-ABORT-1">, If<GivesBits>>,
      Row<NoSnapshot, SnapshotAbort, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-ABORT-2">>,
      Row<SnapshotPrepared, SnapshotAbort, Succeeds<"SNAP-ABORT-4">, Ese<H18>,
          Do<ForMembers<ReleaseBackup>, ForgetSnapshot>, To<NoSnapshot>>,
      Row<Frozen, SnapshotAbort, Fails<JET_errOSSnapshotTimeOut, "SNAP-ABORT-6">,
          If<All<TermWaits, Not<ContinueAfterThaw>>>, Ese<C20>, Waits<"the time-out of the freeze">,
          GiveUp, To<NoSnapshot>>,
      Row<Frozen, SnapshotAbort, Succeeds<"SNAP-ABORT-5">, If<Not<ContinueAfterThaw>>, Ese<C16>,
          Finish, To<NoSnapshot>>,
      Row<Live, SnapshotAbort, Succeeds<"SNAP-ABORT-3">, GiveUp, To<NoSnapshot>>,

      Row<AnySnapshot, SnapshotTruncateLog, Fails<JET_errInvalidGrbit, "SNAP-TRUNC-2">,
          If<Not<HasOnly<Grbit, JET_bitAllDatabasesSnapshot>>>>,
      Row<AnySnapshot, SnapshotTruncateLogInstance, Fails<JET_errInvalidGrbit, "SNAP-TRUNC-2">,
          If<Not<HasOnly<Grbit, JET_bitAllDatabasesSnapshot>>>>,
      Row<NoSnapshot, AnyTruncate, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-TRUNC-3">>,
      Row<In<SnapshotPrepared, Frozen, TimedOut>, AnyTruncate,
          Fails<JET_errOSSnapshotInvalidSequence, "SNAP-TRUNC-4">>,
      Row<Thawed, AnyTruncate, Fails<JET_errOSSnapshotInvalidSequence, "SNAP-TRUNC-5">,
          If<CopySnapshot>>,
      Row<In<Thawed, LogsTruncated>, SnapshotTruncateLogInstance, Fails<JET_wrnNyi, "SNAP-TRUNC-6">,
          If<Not<PartOfSnapshot>>, Ese<D42>>,
      Row<In<Thawed, LogsTruncated>, SnapshotTruncateLogInstance,
          Fails<JET_errInvalidParameter, "SNAP-TRUNC-6">, If<Not<PartOfSnapshot>>, Strict<D42>>,
      Row<In<Thawed, LogsTruncated>, AnyTruncate,
          Fails<JET_errRequiredLogFilesMissing, "SNAP-TRUNC-7">, If<Meets<Fault::kMissingLog>>>,
      Row<In<Thawed, LogsTruncated>, AnyTruncate, Succeeds<"SNAP-TRUNC-8">, To<LogsTruncated>>,

      Row<AnySnapshot, SnapshotGetFreezeInfo, Fails<JET_errInvalidGrbit, "SNAP-INFO-1">,
          If<GivesBits>>,
      Row<AnySnapshot, SnapshotGetFreezeInfo, Fails<JET_errInvalidParameter, "SNAP-INFO-2">,
          If<NullPointer>>,
      Row<NoSnapshot, SnapshotGetFreezeInfo, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-INFO-3">>,
      Row<Live, SnapshotGetFreezeInfo, Fails<JET_errOutOfMemory, "SNAP-INFO-5">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<Live, SnapshotGetFreezeInfo, Succeeds<"SNAP-INFO-6">,
          Do<Take<InstancesOut, CountOf<SnapshotMembers>>>>,

      Row<AnySnapshot, SnapshotEnd, Fails<JET_errInvalidGrbit, "SNAP-END-1">,
          If<Not<HasOnly<Grbit, JET_bitAbortSnapshot>>>>,
      Row<NoSnapshot, SnapshotEnd, Fails<JET_errOSSnapshotInvalidSnapId, "SNAP-END-2">>,
      Row<In<Frozen, TimedOut>, SnapshotEnd, Fails<JET_errOSSnapshotInvalidSequence, "SNAP-END-3">,
          If<Is<Grbit, 0>>>,
      Row<SnapshotPrepared, SnapshotEnd, Succeeds<"SNAP-END-4">, Ese<H18>,
          Do<ForMembers<ReleaseBackup>, ForgetSnapshot>, To<NoSnapshot>>,
      Row<SnapshotPrepared, SnapshotEnd, Succeeds<"SNAP-END-4">, GiveUp, To<NoSnapshot>>,
      Row<Frozen, SnapshotEnd, Succeeds<"SNAP-END-5">, If<Not<ContinueAfterThaw>>, Ese<C16>, Finish,
          To<NoSnapshot>>,
      Row<Frozen, SnapshotEnd, Succeeds<"SNAP-END-6">, GiveUp, To<NoSnapshot>>,
      Row<TimedOut, SnapshotEnd, Succeeds<"SNAP-END-6">, GiveUp, To<NoSnapshot>>,
      Row<In<Thawed, LogsTruncated>, SnapshotEnd, Succeeds<"SNAP-END-7">, If<Is<Grbit, 0>>, Finish,
          To<NoSnapshot>>,
      Row<In<Thawed, LogsTruncated>, SnapshotEnd, Succeeds<"SNAP-END-6">, GiveUp, To<NoSnapshot>>>;
};

}  // namespace backstop::model
