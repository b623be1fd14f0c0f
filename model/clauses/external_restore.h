// SPDX-License-Identifier: MIT
// Clauses of restoring the files of a streaming backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kExternalRestoreClauses[] = {
    {"EXTRESTORE-1", "The target is given by its name, or by both directories, or not at all.",
     "jetapi.cxx:18505, 18512; jetexternalrestore2"},
    {"EXTRESTORE-3", "There is no external restore in single-instance mode.",
     "jetapi.cxx:18526; jetexternalrestore"},
    {"EXTRESTORE-4", "A target that is named must run.", "jetapi.cxx:18577; jetexternalrestore2"},
    {"EXTRESTORE-5", "A running target must pass its entry tests.", "jetapi.cxx:18295"},
    {"EXTRESTORE-6", "The base name must be the target's.", "jetapi.cxx:18307"},
    {"EXTRESTORE-7", "The map and its count must agree.", "jetapi.cxx:18400"},
    {"EXTRESTORE-8", "The restore needs a place in the instance table, and memory.",
     "jetapi.cxx:18614-18618"},
    {"EXTRESTORE-9", "Bad paths, and paths that another instance uses, are refused.",
     "jetapi.cxx:18625-18669"},
    {"EXTRESTORE-11", "The log directory must hold logs.",
     "_log/logutil.cxx:1446; jetexternalrestore"},
    {"EXTRESTORE-12", "The logs must be of one stream and follow one another.",
     "_log/logutil.cxx:353-736"},
    {"EXTRESTORE-13", "The header of the copy must be readable.",
     "_log/logutil.cxx:43-59; jetexternalrestore"},
    {"EXTRESTORE-14", "The file must be a backup copy.",
     "_log/logutil.cxx:98-104; jetexternalrestore"},
    {"EXTRESTORE-15", "The trailer page must belong to the copy.", "_log/logutil.cxx:118-132"},
    {"EXTRESTORE-16", "The generations given must cover what the copy needs.",
     "_log/logutil.cxx:142-220; jetexternalrestore; recorded: cfg/extrestore/low", "D-38, C-32"},
    {"EXTRESTORE-17", "A failing recovery is reported.", "_log/logutil.cxx:1472-1477"},
    {"EXTRESTORE-18", "The generations given must exist.", "recorded: cfg/extrestore/high", "C-32"},
    {"EXTRESTORE-19", "The databases are restored and shut down clean.",
     "_log/logutil.cxx:1342-1477; jetexternalrestore"},
};

}  // namespace backstop::model
