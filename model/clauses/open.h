// SPDX-License-Identifier: MIT
// Clauses of the calls that list and open the files of a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kOpenClauses[] = {
    {"WHOLE-1", "While JetBackupInstance runs, the calls on the files of its backup are refused.",
     "recorded: bkasync/slow1/open", "C-25"},
    {"ATT-1", "Without a backup there is nothing to list.",
     "backup.cxx:1954; jetgetattachinfoinstance"},
    {"ATT-2", "A stopped backup lists nothing.", "backup.cxx:1958; jetgetattachinfoinstance"},
    {"ATT-3", "An incremental backup has no databases; the backup lives on.",
     "backup.cxx:1965; jetgetattachinfoinstance", "D-07"},
    {"ATT-4", "A list that finds no memory ends the backup.", "backup.cxx:2000, 2090", "D-07"},
    {"ATT-5", "The original engine refuses a short ANSI buffer; nothing else happens.",
     "jetapi.cxx:17526; recorded: begun_full/-/Attach_small", "D-17, C-22"},
    {"ATT-6",
     "The list names every attached, logged database, in any phase of a full backup, and changes "
     "nothing.",
     "backup.cxx:1978-2044", "D-16, D-17"},
    {"OPEN-1", "Without a backup no file can be opened.", "backup.cxx:2141; jetopenfileinstance"},
    {"OPEN-2", "A stopped backup opens no file.", "backup.cxx:2145; jetopenfileinstance"},
    {"OPEN-4", "The name must not be empty.", "backup.cxx:2165", "D-08"},
    {"OPEN-5", "A section starts at a page behind the header and the first page.",
     "backup.cxx:2170-2188"},
    {"OPEN-7", "A name that cannot be completed to a path changes nothing.", "backup.cxx:2215",
     "D-08"},
    {"OPEN-6", "One file is open at a time; a second open disturbs nothing.",
     "backup.cxx:2208; jetopenfileinstance", "H-07"},
    {"OPEN-8", "Without memory for the name nothing changes.", "backup.cxx:2232", "D-08"},
    {"OPEN-9", "In the databases phase only attached databases can be opened; the backup lives on.",
     "backup.cxx:2410-2422", "D-08, D-09"},
    {"OPEN-10", "A database that cannot be opened leaves the backup alive.",
     "backup.cxx:2245, 2515", "D-08"},
    {"OPEN-11", "A database that is attached by recovery only is not copied; the backup lives on.",
     "backup.cxx:2279", "D-08"},
    {"OPEN-12", "Without memory for the copy of the header the backup lives on.",
     "backup.cxx:2329, 2391", "D-08"},
    {"OPEN-13", "An incremental backup copies no database: the attempt ends the backup.",
     "backup.cxx:2257; jetopenfileinstance", "D-08"},
    {"OPEN-14", "After the log info no database can be opened: the attempt ends the backup.",
     "backup.cxx:2265; jetopenfileinstance", "D-08"},
    {"OPEN-15", "The current log and names of no generation end the backup.", "backup.cxx:2452",
     "D-08"},
    {"OPEN-16",
     "A log file that is not there ends the backup. A generation outside the listed "
     "range, or one that a truncation may have deleted, may be there or not.",
     "backup.cxx:2482; jetopenfileinstance", "D-08"},
    {"OPEN-17", "A log file that cannot be opened ends the backup.", "backup.cxx:2491-2502",
     "D-08"},
    {"OPEN-18",
     "A database is opened at its first page under a handle never given out before; its "
     "size is frozen.",
     "backup.cxx:2329-2391; jetopenfileinstance"},
    {"OPEN-19",
     "An archived log is opened at its first page under a handle never given out before.",
     "backup.cxx:2441-2510; jetopenfileinstance"},
    {"OPEN-21", "A section of a database is opened at the page it starts with.",
     "backup.cxx:2170-2188; recorded: err/full/6/OpenSecPg4"},
    {"OPEN-20",
     "The original engine opens any file that is neither an attached database nor a log.",
     "backup.cxx:2441; recorded: cfg/logphase/chk", "C-36"},
};

}  // namespace backstop::model
