// SPDX-License-Identifier: MIT
// Clauses of OS snapshots, up to the freeze.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kSnapshotClauses[] = {
    {"SNAP-PREPARE-1", "Unknown bits are refused.", "io.cxx:3474", "D-42"},
    {"SNAP-PREPARE-2", "There must be a place for the identifier.", "io.cxx:3479"},
    {"SNAP-PREPARE-3", "There must be an instance, initialised or not.",
     "io.cxx:3488; recorded: termed/-/SnapPrepare", "C-07"},
    {"SNAP-PREPARE-4", "Without memory no snapshot is prepared.", "io.cxx:3496"},
    {"SNAP-PREPARE-6", "With ExplicitPrepare no instance takes part yet.",
     "io.cxx:2650-2679; jetossnapshotprepare"},
    {"SNAP-PREPARE-7",
     "Every initialised instance that is in no snapshot takes part, also in the middle of a "
     "backup.",
     "io.cxx:2650-2679", "D-42, H-18"},
    {"SNAP-ADD-1", "There are no bits.", "io.cxx:3579", "D-42"},
    {"SNAP-ADD-2", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-ADD-3", "Instances are added before the freeze.", "io.cxx:3590"},
    {"SNAP-ADD-4", "The instance must be in no snapshot and in no backup, and allow backups.",
     "io.cxx:3603", "D-42"},
    {"SNAP-ADD-5", "The instance takes part.", "io.cxx:3603"},
    {"SNAP-FREEZE-1", "There are no bits.", "io.cxx:3632", "D-42"},
    {"SNAP-FREEZE-2", "There must be places for the results.", "io.cxx:3637"},
    {"SNAP-FREEZE-3", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-FREEZE-4", "A snapshot is frozen once, after it was prepared.", "io.cxx:3650"},
    {"SNAP-FREEZE-5", "Without a thread for the time-out nothing is frozen.", "io.cxx:3655"},
    {"SNAP-FREEZE-8", "There must still be an instance.", "recorded: multirnd/246", "C-08"},
    {"SNAP-FREEZE-6",
     "An instance in a backup, or that allows none, bars the freeze; the snapshot lets go of "
     "all its instances.",
     "io.cxx:2866-2891; recorded: snapsit/begun/P.F.T.U.E", "C-12"},
    {"SNAP-FREEZE-7",
     "An incremental snapshot needs a full snapshot of every attached database, then a log that "
     "is not circular.",
     "backup.cxx:3745-3793; recorded: cfg/circ/db/SnapIncFreeze", "C-09, C-10, C-11"},
    {"SNAP-FREEZE-9", "After the final log emission nothing can be frozen.",
     "recorded: db/svc_emitlog/SnapPrepFreeze", "C-02"},
    {"SNAP-FREEZE-10", "All instances that take part are frozen; a stop before is forgotten.",
     "io.cxx:2866-2891; jetossnapshotfreeze", "C-13, H-17"},
    {"SNAP-TIMEOUT-1", "After JET_paramOSSnapshotTimeout the freeze lets go of its instances.",
     "recorded: snaptimeout/P.F", "C-17"},
    {"SNAP-TIMEOUT-2", "Only a freeze times out.", "io.cxx:3310-3400"},
};

}  // namespace backstop::model
