// SPDX-License-Identifier: MIT
// Clauses of the life of an instance: create, initialise, terminate.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kInstanceClauses[] = {
    {"CREATE-1", "JetCreateInstance needs a place for the handle.", "jetapi.cxx:21915"},
    {"CREATE-2", "No instance can be created in single-instance mode.",
     "jetapi.cxx:21929; jetcreateinstance"},
    {"CREATE-4", "No more than JET_paramMaxInstances instances exist at a time.",
     "jetapi.cxx:3520; jetcreateinstance"},
    {"CREATE-5", "Names of instances are unique; two absent names collide as well.",
     "jetapi.cxx:3533-3541; jetcreateinstance"},
    {"CREATE-6", "The specification follows one instance a slot: a slot that is taken is refused.",
     "jetapi.cxx:3520"},
    {"CREATE-7",
     "The instance is allocated with copies of the parameters, and the process is in "
     "multi-instance mode.",
     "jetapi.cxx:21895-21950; jetcreateinstance"},
    {"CREATE-8", "Without memory no instance is created.", "jetapi.cxx:3507-3511, 3560-3674"},
    {"INIT-1", "In multi-instance mode JetInit needs a place for the handle.", "jetapi.cxx:21389"},
    {"INIT-2", "In single-instance mode there is one instance; a second JetInit finds it.",
     "jetapi.cxx:21395"},
    {"INIT-3", "A JET_RSTINFO of the wrong size is refused.", "jetapi.cxx:21400"},
    {"INIT-8",
     "JetInit without an instance, before a run mode is set, makes the one instance of "
     "single-instance mode.",
     "jetapi.cxx:21422; jetinit"},
    {"INIT-4",
     "The instance that JetInit makes needs a place in the table, a free name and memory.",
     "jetapi.cxx:21422; jetinit"},
    {"INIT-14",
     "In multi-instance mode too, JetInit makes an instance if its handle variable holds none.",
     "jetapi.cxx:21389-21422; jetinit"},
    {"INIT-5", "A handle that is given must be of a live instance.", "jetapi.cxx:21427"},
    {"INIT-6", "An instance is initialised once; termination has not undone it before it is over.",
     "jetapi.cxx:4472, 20777"},
    {"INIT-7", "A second JetInit while the first runs is refused.", "jetapi.cxx:4487-4512"},
    {"INIT-9", "A failed JetInit frees the instance; its handle is dead.",
     "jetapi.cxx:21506-21518; jetinit3", "D-39"},
    {"INIT-10",
     "JetInit of a created instance locks it: until it is done, calls find it not "
     "initialised.",
     "jetapi.cxx:4411-4415"},
    {"INIT-12",
     "Paths that another instance uses are refused, the temporary path first; the instance is "
     "freed.",
     "jetapi.cxx:4903; recorded: term/midread/stopsvc/0", "C-29"},
    {"INIT-13",
     "A dirty termination of the original engine leaves a log of the backup open; the next JetInit "
     "of the process cannot use it.",
     "recorded: term/logopen/-/JET_bitTermDirty", "C-30, D-33"},
    {"INIT-15", "The restore map and its count must agree; the instance is freed.",
     "jetapi.cxx:21569, 20793"},
    {"INIT-11", "An initialised instance is ready and allows backups.", "jetapi.cxx:20824-20828"},
    {"TERM-2", "An instance that was never initialised is freed at once.",
     "jetapi.cxx:20868-20881"},
    {"TERM-3", "An instance that is being initialised cannot be terminated.", "jetapi.cxx:20884"},
    {"TERM-4", "Of two terminations of one instance the later is refused while the first runs.",
     "jetapi.cxx:20884; jetterm"},
    {"TERM-5",
     "Termination locks the instance first: it waits for calls inside and lets no other "
     "in. JetStopService is not asked.",
     "jetapi.cxx:20884-20950"},
    {"TERM-7",
     "A backup in progress refuses termination that is not told to stop it; the instance "
     "is as it was before.",
     "sysinit.cxx:500-505; jetterm2", "D-30, D-31, D-34"},
    {"TERM-8", "A surrogate backup refuses termination that is not told to stop it.",
     "sysinit.cxx:508; recorded: term/begun_surr/-/JET_bitTermComplete", "D-34"},
    {"TERM-14",
     "Told to stop a backup, the original engine waits until the snapshot session that holds the "
     "instance is ended.",
     "jetapi.cxx:20951-20972; recorded: term/snap_prepared/-/JET_bitTermAbrupt", "H-19"},
    {"TERM-15", "Told to stop a backup, the original engine waits for the time-out of the freeze.",
     "jetapi.cxx:20951-20972; recorded: conc/fr/async_terms/thaw", "C-20"},
    {"TERM-9",
     "An open transaction refuses termination unless it is dirty; a backup that the call "
     "was told to stop is gone by then.",
     "sysinit.cxx:597-606; jetapi.cxx:20980", "D-32, D-34"},
    {"TERM-10",
     "Past the point of no return a failing flush is reported, and the instance is gone.",
     "sysinit.cxx:615"},
    {"TERM-11",
     "A dirty termination releases a backup, leaves the databases dirty, frees the "
     "instance and says so.",
     "tm.cxx:1193", "D-33"},
    {"TERM-12",
     "After the final log emission nothing can be flushed: termination reports it, and "
     "the instance is gone.",
     "recorded: db/svc_emitlog/Term2C", "C-03"},
    {"TERM-13", "Termination releases a backup, closes the databases and frees the instance.",
     "sysinit.cxx:615; jetterm"},
    {"E-10", "A fatal error, such as a log that cannot be written, marks the instance.",
     "daedef.hxx:5412"},
};

}  // namespace backstop::model
