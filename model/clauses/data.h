// SPDX-License-Identifier: MIT
// Clauses of the calls that list, open, read and close the files of a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kDataClauses[] = {
    {"ATT-1", "Without a backup there is nothing to list.",
     "backup.cxx:1954; jetgetattachinfoinstance"},
    {"ATT-2", "A stopped backup lists nothing.", "backup.cxx:1958; jetgetattachinfoinstance"},
    {"ATT-3", "An incremental backup has no databases; the backup lives on.",
     "backup.cxx:1965; jetgetattachinfoinstance", "D-07"},
    {"ATT-4",
     "The list names every attached database, in any phase of a full backup, and changes "
     "nothing.",
     "backup.cxx:1978-2044", "D-16, D-17"},
    {"OPEN-1", "Without a backup no file can be opened.", "backup.cxx:2141; jetopenfileinstance"},
    {"OPEN-2", "A stopped backup opens no file.", "backup.cxx:2145; jetopenfileinstance"},
    {"OPEN-4", "The name must not be empty.", "backup.cxx:2165", "D-08"},
    {"OPEN-6", "One file is open at a time; a second open disturbs nothing.",
     "backup.cxx:2208; jetopenfileinstance", "H-07"},
    {"OPEN-9", "In the databases phase only attached databases can be opened; the backup lives on.",
     "backup.cxx:2410-2422", "D-08, D-09"},
    {"OPEN-10", "A database that cannot be opened leaves the backup alive.",
     "backup.cxx:2245, 2515", "D-08"},
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
    {"READ-1", "Without a backup nothing can be read.", "backup.cxx:2702; jetreadfileinstance"},
    {"READ-2", "A stopped backup gives no more data; the offset stays.",
     "backup.cxx:2706; jetreadfileinstance", "D-13"},
    {"READ-4", "The buffer is aligned to the page size.", "backup.cxx:2738", "D-10, D-11"},
    {"READ-5", "The handle must be that of the open file.", "backup.cxx:2690, 2743",
     "D-14, H-16, C-34"},
    {"READ-6", "The count is a multiple of the page size.",
     "backup.cxx:2747, 2806; jetreadfileinstance", "D-10, D-11"},
    {"READ-7", "The first read of a log takes two pages or more.", "backup.cxx:2752", "D-12"},
    {"READ-9", "A log that cannot be read ends the backup.",
     "backup.cxx:2762-2784; jetreadfileinstance"},
    {"READ-11", "A read of a database takes a page or more, the first one three or more.",
     "backup.cxx:2816; jetreadfileinstance", "D-10, D-12"},
    {"READ-13",
     "A database that cannot be read leaves the backup and its handle is closed; the "
     "backup lives on.",
     "backup.cxx:304-370, 2906-2937; jetreadfileinstance"},
    {"READ-15",
     "A read gives the next pages of the file, as many as were asked for or are left, at "
     "the end none; no page is given twice.",
     "backup.cxx:233-246, 2757; jetreadfileinstance", "H-06"},
    {"CLOSE-1", "Without a backup there is no file to close.",
     "backup.cxx:2964; jetclosefileinstance"},
    {"CLOSE-2", "The handle must be that of the open file.", "backup.cxx:2969", "C-23"},
    {"CLOSE-3", "A database that was read to its end counts as copied, for this backup.",
     "backup.cxx:2997-3040", "C-21, D-44"},
    {"CLOSE-4", "A log of the copy range that was read to its end counts as copied.",
     "backup.cxx:3085", "D-18, H-24"},
    {"CLOSE-5",
     "Closing a file that was not read to its end counts for nothing and succeeds, also "
     "in a stopped backup.",
     "backup.cxx:2959-2974; jetclosefileinstance", "D-44"},
    {"CLOSE-6", "A log that was read to its end before the copy range could be seen may count.",
     "backup.cxx:3085"},
};

}  // namespace backstop::model
