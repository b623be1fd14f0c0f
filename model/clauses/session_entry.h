// SPDX-License-Identifier: MIT
// Clauses of the entry gate of calls that name a session.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kSessionEntryClauses[] = {
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
    {"S-8", "A fatal error makes the instance unavailable to every session call.",
     "jetapi.cxx:4203"},
    {"S-7", "A call of a live session goes on to its own checks.", "jetapi.cxx:4191-4245"},
};

}  // namespace backstop::model
