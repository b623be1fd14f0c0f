// SPDX-License-Identifier: MIT
// Clauses of OS snapshots, from the thaw on.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kSnapshotEndClauses[] = {
    {"SNAP-THAW-1", "There are no bits.", "io.cxx:3697", "D-42"},
    {"SNAP-THAW-2", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-THAW-3", "Only a freeze is thawed.", "io.cxx:3709", "D-42"},
    {"SNAP-THAW-4",
     "A freeze that timed out is no snapshot: the session ends, unless ContinueAfterThaw was "
     "given.",
     "io.cxx:3737, 3761; recorded: snaptimeout/P.F.T", "C-17"},
    {"SNAP-THAW-5", "With ContinueAfterThaw the instances stay in the snapshot until its end.",
     "io.cxx:3737; jetossnapshotthaw"},
    {"SNAP-THAW-6", "Without ContinueAfterThaw the snapshot ends at once: headers are stamped.",
     "io.cxx:3761; jetossnapshotthaw"},
    {"SNAP-THAW-7",
     "In the original engine a thaw waits with a termination for the time-out of the freeze.",
     "recorded: conc/fr/async_terms/thaw", "C-20"},
    {"SNAP-ABORT-1", "There are no bits.", "io.cxx:3787", "D-42"},
    {"SNAP-ABORT-2", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-ABORT-4", "The original engine releases whatever backup its instances are in.",
     "io.cxx:2919-2950; recorded: snapsit/begun/P.E", "H-18"},
    {"SNAP-ABORT-5", "The original engine stamps the headers when a freeze is aborted.",
     "recorded: snap/P.F.A", "C-16"},
    {"SNAP-ABORT-6",
     "In the original engine an abort waits with a termination for the time-out of the freeze.",
     "recorded: conc/fr/async_terma/abort", "C-20"},
    {"SNAP-ABORT-3", "The snapshot ends, its instances are thawed, no header is stamped.",
     "io.cxx:3787; jetossnapshotabort", "C-16, H-18"},
    {"SNAP-TRUNC-2", "The only bit is AllDatabases.", "io.cxx:3866"},
    {"SNAP-TRUNC-3", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-TRUNC-4", "Logs are truncated after the thaw.", "io.cxx:3880; jetossnapshottruncatelog"},
    {"SNAP-TRUNC-5", "A copy snapshot truncates nothing.", "io.cxx:3889"},
    {"SNAP-TRUNC-6", "The instance must take part in the snapshot.", "io.cxx:3828", "D-42"},
    {"SNAP-TRUNC-7", "The logs that are needed must be there.", "backup.cxx:3583"},
    {"SNAP-TRUNC-8", "The logs are truncated if all databases were in the snapshot.",
     "io.cxx:3866-3900; jetossnapshottruncatelog"},
    {"SNAP-INFO-1", "There are no bits.", "io.cxx:3927", "D-42"},
    {"SNAP-INFO-2", "There must be places for the results.", "io.cxx:3931"},
    {"SNAP-INFO-3", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-INFO-5", "Without memory nothing is listed.", "io.cxx:2140"},
    {"SNAP-INFO-6", "The instances that take part are listed, in every state.",
     "io.cxx:3946; recorded: snap_prepared/-/SnapInfo"},
    {"SNAP-END-1", "The only bit is Abort.", "io.cxx:4005", "D-42"},
    {"SNAP-END-2", "The identifier must be of a live snapshot.", "io.cxx:2584-2604"},
    {"SNAP-END-3", "A freeze that was not thawed only ends by an abort.", "io.cxx:4028"},
    {"SNAP-END-4", "A snapshot that was only prepared ends.", "io.cxx:4041", "H-18"},
    {"SNAP-END-5", "The original engine stamps the headers when a freeze is aborted.",
     "recorded: snap/P.F.EA", "C-16"},
    {"SNAP-END-6", "An abort ends the snapshot from every state and stamps no header.",
     "io.cxx:4041-4113; jetossnapshotend", "C-16"},
    {"SNAP-END-7",
     "The snapshot ends and the headers are stamped, unless the log was emitted for good: a stamp "
     "is "
     "logged first.",
     "io.cxx:4041-4113; jetossnapshotend", "C-04"},
};

}  // namespace backstop::model
