// SPDX-License-Identifier: MIT
// Clauses of the calls that read and close the files of a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kDataClauses[] = {
    {"WHOLE-4", "While JetBackupInstance runs, the calls on its open file are refused.",
     "recorded: bkasync/slow1/open", "C-25"},
    {"READ-1", "Without a backup nothing can be read.", "backup.cxx:2702; jetreadfileinstance"},
    {"READ-2", "A stopped backup gives no more data; the offset stays.",
     "backup.cxx:2706; jetreadfileinstance", "D-13"},
    {"READ-4", "The buffer is aligned to the page size.", "backup.cxx:2738", "D-10, D-11"},
    {"READ-5", "The handle must be that of the open file.", "backup.cxx:2690, 2743",
     "D-14, H-16, C-34"},
    {"READ-6", "The count is a multiple of the page size.",
     "backup.cxx:2747, 2806; jetreadfileinstance", "D-10, D-11"},
    {"READ-7", "The first read of a log takes two pages or more.", "backup.cxx:2752", "D-12"},
    {"READ-8", "A log that fails its checksum ends the backup.",
     "backup.cxx:2772; logread.cxx:1146; jetreadfileinstance"},
    {"READ-9", "A log that cannot be read ends the backup.",
     "backup.cxx:2762-2784; jetreadfileinstance"},
    {"READ-11", "A read of a database takes a page or more, the first one three or more.",
     "backup.cxx:2816; jetreadfileinstance", "D-10, D-12"},
    {"READ-13",
     "A database that cannot be read leaves the backup and its handle is closed; the "
     "backup lives on.",
     "backup.cxx:304-370, 2906-2937; jetreadfileinstance"},
    {"READ-14", "A database whose range cannot be locked leaves the backup; the backup lives on.",
     "backup.cxx:277"},
    {"READ-15",
     "A read gives the next pages of the file, as many as were asked for or are left, at "
     "the end none; no page is given twice.",
     "backup.cxx:233-246, 2757; jetreadfileinstance", "H-06"},
    {"READ-16", "In the original engine a free slot reads as an empty file, whatever the handle.",
     "backup.cxx:2690, 2743; recorded: closed/-/Read", "D-14, C-34"},
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
