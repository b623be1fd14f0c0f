// SPDX-License-Identifier: MIT
// Clauses of JetStopService and of parameters.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kServiceClauses[] = {
    {"SVC-1",
     "JetStopService succeeds on every live instance, in whatever state, and lasts until "
     "the instance is gone.",
     "jetapi.cxx:22298-22310; jetstopserviceinstance", "D-36, H-20"},
    {"SVC2-1", "JetStopServiceInstance2 knows the bits 0x2, 0x4, 0x8 and 0x80000000.",
     "jetapi.cxx:22342", "D-35"},
    {"SVC2-2", "The final log emission cannot be resumed, named or remembered.", "jetapi.cxx:22366",
     "D-35"},
    {"SVC2-3", "After everything was stopped, a resume that names nothing is refused.",
     "jetapi.cxx:22373; jetstopserviceinstance2", "D-35"},
    {"SVC2-4", "The final log emission must be asked for alone.", "jetapi.cxx:22445", "D-35"},
    {"SVC2-5", "No bits stop everything, for good.", "jetapi.cxx:22325-22441"},
    {"SVC2-6", "A resume that names nothing undoes what can be undone.", "jetapi.cxx:22366-22441"},
    {"SVC2-7", "A resume undoes the services that it names, also after everything was stopped.",
     "jetapi.cxx:22366-22441", "D-35"},
    {"SVC2-8",
     "The final log emission ends log writing of the instance; without a callback this is "
     "a warning.",
     "recorded: inj/full/0/svc_emit", "C-01"},
    {"SVC2-10", "A final log emission that fails has ended log writing all the same.",
     "jetapi.cxx:22450"},
    {"SVC2-9", "Single services stop without the instance being stopped.",
     "jetapi.cxx:22325-22441"},
};

inline constexpr Clause kParameterClauses[] = {
    {"PARAM-1", "In multi-instance mode a session that is given must live.",
     "jetapi.cxx:20483; jetsetsystemparameter"},
    {"PARAM-2", "In multi-instance mode a handle that is given must be of a live instance.",
     "jetapi.cxx:20494; jetsetsystemparameter"},
    {"PARAM-3", "While an instance terminates or is being initialised its parameters are locked.",
     "jetapi.cxx:20522, 4487-4512", "D-37"},
    {"PARAM-4", "The parameter must exist.", "jetapi.cxx:20468, 20510"},
    {"PARAM-5", "Setting an integer to the value it has succeeds whatever the state.",
     "jetapi.cxx:5610"},
    {"PARAM-6", "A parameter of the process cannot be set once a run mode is set.",
     "jetapi.cxx:5630"},
    {"PARAM-7", "A parameter of the instance cannot be set after initialisation.",
     "jetapi.cxx:5634"},
    {"PARAM-8", "The value must be in range.", "jetapi.cxx:5640-5650"},
    {"PARAM-9", "The value is set; neither JetStopService nor a missing initialisation hinders it.",
     "jetapi.cxx:5600-5655", "D-37"},
    {"INFO-1", "JetGetInstanceInfo needs places for its results.", "io.cxx:2140"},
    {"INFO-2", "JetGetInstanceInfo without memory fails.", "io.cxx:2140"},
    {"INFO-3", "JetGetInstanceInfo lists the initialised instances, also when there are none.",
     "io.cxx:2140; jetgetinstanceinfo"},
    {"DBINFO-13",
     "JetGetDatabaseFileInfo shows the backup fields of the file's header; it needs no instance.",
     "info.cxx:4180; jetgetdatabasefileinfo"},
    {"DBINFO-14", "The buffer has the size of a known structure.", "info.cxx:4180"},
    {"DBINFO-8", "The file must be a database.", "jetapi.cxx:12917"},
    {"DBINFO-9", "The file must be there.", "jetapi.cxx:12917"},
};

}  // namespace backstop::model
