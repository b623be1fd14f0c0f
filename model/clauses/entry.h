// SPDX-License-Identifier: MIT
// Clauses of the entry gate: what is tested before a call looks at anything of its own.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kEntryClauses[] = {
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
    {"E-5", "While the instance terminates, instance calls are refused.", "jetapi.cxx:4403"},
    {"E-7",
     "An instance that is not initialised, or is being initialised, refuses streaming calls.",
     "jetapi.cxx:4411-4415, 4442", "D-26"},
    {"E-8", "A call that passed every entry test goes on to its own checks.",
     "jetapi.cxx:4421-4446"},
    {"E-9",
     "Creating and initialising an instance and setting a parameter have no entry tests; they "
     "test by themselves.",
     "jetapi.cxx:20483, 21389, 21915", "D-37"},
    {"S-1", "A nil session is refused before anything else, also when there is no instance.",
     "recorded: noinst/-/DbInfo, created/-/Write", "C-27"},
    {"S-2",
     "While every initialised instance of the process terminates, session calls are refused.",
     "jetapi.cxx:4191"},
    {"S-3", "When no instance is initialised, a session that once lived is refused as such.",
     "jetapi.cxx:4191", "C-27"},
    {"S-4", "A session that does not live is refused.", "jetapi.cxx:4224"},
    {"S-5",
     "After JetStopService session calls are refused, but for those that give something back.",
     "jetapi.cxx:4199; jetstopservice", "D-28"},
    {"S-6", "Once termination has begun, sessions of the instance are refused at once.",
     "jetapi.cxx:4207, 4245"},
    {"S-7", "A call of a live session goes on to its own checks.", "jetapi.cxx:4191-4245"},
};

}  // namespace backstop::model
