/* SPDX-License-Identifier: MIT */
/* The public C API: names, numbers and layouts of ESE. Compiles as C11 and C++17.
 *
 * Conventions. A failing call changes no output unless its comment says so. Strings are bytes; in
 * paths both slashes separate. A list is a multi-string: each name with its NUL, then one more NUL.
 * Calls that name an instance, and the streaming backup calls, may come from any thread at any
 * time; one session serves one thread at a time (JET_errSessionSharingViolation).
 *
 * "Entry errors", in the order in which they are tested, are for calls on an instance
 * JET_errInvalidParameter (no such instance), JET_errClientRequestToStopJetService,
 * JET_errTermInProgress, JET_errNotInitialized, and for calls on a session JET_errInvalidSesid or
 * JET_errNotInitialized (no such session), JET_errClientRequestToStopJetService,
 * JET_errTermInProgress, JET_errSessionSharingViolation. The legacy forms without an instance serve
 * one-instance mode; they give JET_errInvalidParameter before any instance exists and
 * JET_errRunningInMultiInstanceMode in multi-instance mode.
 *
 * The comments describe the strict dialect. In the other one (BACKSTOP_DIALECT=ese) the engine
 * returns what the original does; engine/dialect.h lists where that differs. */
#ifndef BACKSTOP_IMPL_ESENT_H_
#define BACKSTOP_IMPL_ESENT_H_

/* IWYU pragma: begin_exports */
#include "impl/esent/backup.h"
#include "impl/esent/base.h"
#include "impl/esent/bits.h"
#include "impl/esent/database.h"
#include "impl/esent/instance.h"
#include "impl/esent/restore.h"
#include "impl/esent/snapshot.h"
#include "impl/esent/structs.h"
#include "impl/esent/table.h"
/* IWYU pragma: end_exports */

#endif
