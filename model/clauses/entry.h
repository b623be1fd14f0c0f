// SPDX-License-Identifier: MIT
// Clauses of the entry gate: what is tested before a call looks at anything of its own.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kEntryClauses[] = {
    {"E-1",
     "Several sections of a file are never opened; tested before everything, the handle too.",
     "jetapi.cxx:17616; recorded: midread/stop/OpenSec2"},
    {"LOGINFO-1", "A JET_LOGINFO of the wrong size is refused once the handle is known to be good.",
     "jetapi.cxx:17942; recorded: logmid/stopsvc/LogInfo2_badcb"},
    {"L-1",
     "A call without an instance argument needs a run mode: before any instance exists it is "
     "refused as having no instance to mean.",
     "jetapi.cxx:2976-2984", "D-06"},
    {"L-2", "A call without an instance argument is refused in multi-instance mode.",
     "jetapi.cxx:2971-2993; jetstopbackup"},
    {"E-2",
     "A handle that is nil, unknown, or of an instance that is gone is refused before anything "
     "else is looked at; in single-instance mode the handle is ignored.",
     "jetapi.cxx:3811-3860; all Instance pages", "D-05"},
    {"E-3",
     "After JetStopService every streaming call is refused, those that close a file or end "
     "the backup included.",
     "jetapi.cxx:4425", "D-13, D-28"},
    {"E-4", "A fatal error makes the instance unavailable to every instance call.",
     "jetapi.cxx:4429; daedef.hxx:5412", "D-43"},
    {"E-5", "While the instance terminates, instance calls are refused.", "jetapi.cxx:4403"},
    {"E-6", "While the instance is restored, instance calls are refused.", "jetapi.cxx:4407"},
    {"E-7",
     "An instance that is not initialised, or is being initialised, refuses streaming calls.",
     "jetapi.cxx:4411-4415, 4442", "D-26"},
    {"E-8", "A call that passed every entry test goes on to its own checks.",
     "jetapi.cxx:4421-4446"},
    {"E-9",
     "Creating, initialising and restoring an instance, setting a parameter and calls on OS "
     "snapshots have no entry tests; they test by themselves.",
     "jetapi.cxx:20483, 21389, 21915", "D-37"},
};

}  // namespace backstop::model
