/* SPDX-License-Identifier: MIT */
/* OS snapshots: the log and the databases of instances stand still for a moment, so that the files
 * can be copied below the engine. Prepare, Freeze, Thaw; with JET_bitContinueAfterThaw also
 * TruncateLog and End. Every call but Prepare can give, after the tests of its other arguments,
 * JET_errOSSnapshotInvalidSnapId and then JET_errOSSnapshotInvalidSequence. Unknown bits are
 * JET_errInvalidGrbit. */
#ifndef BACKSTOP_IMPL_ESENT_SNAPSHOT_H_
#define BACKSTOP_IMPL_ESENT_SNAPSHOT_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Makes a snapshot session. All initialised instances that are in no session take part, or with
 * JET_bitExplicitPrepare only those that are added later.
 * JET_errInvalidParameter, JET_errNotInitialized (there is no instance). */
JET_ERR JET_API JetOSSnapshotPrepare(JET_OSSNAPID* psnapId, JET_GRBIT grbit);
/* Adds an instance before the freeze. Entry errors of a call on an instance,
 * JET_errOSSnapshotNotAllowed (it is in a session or a backup). */
JET_ERR JET_API JetOSSnapshotPrepareInstance(JET_OSSNAPID snapId, JET_INSTANCE instance,
                                             JET_GRBIT grbit);

/* Freezes the instances: from now on commits wait until the thaw, or until
 * JET_paramOSSnapshotTimeout has passed. Lists them like JetGetInstanceInfo.
 * JET_errInvalidParameter, JET_errNotInitialized, JET_errOSSnapshotNotAllowed (an instance is in a
 * backup); for an incremental snapshot JET_errMissingFullBackup, JET_errInvalidBackup (circular
 * logging), JET_errMissingFileToBackup; JET_errLogWriteFail. After such an error the session is
 * prepared and without instances. */
JET_ERR JET_API JetOSSnapshotFreeze(JET_OSSNAPID snapId, uint32_t* pcInstanceInfo,
                                    JET_INSTANCE_INFO_A** paInstanceInfo, JET_GRBIT grbit);
/* Lists the instances that take part, in every state of the session.
 * JET_errInvalidParameter, JET_errOutOfMemory. */
JET_ERR JET_API JetOSSnapshotGetFreezeInfo(JET_OSSNAPID snapId, uint32_t* pcInstanceInfo,
                                           JET_INSTANCE_INFO_A** paInstanceInfo, JET_GRBIT grbit);

/* Ends the freeze, and without JET_bitContinueAfterThaw the session: the headers of the databases
 * remember a good snapshot. JET_errOSSnapshotTimeOut: the freeze had ended by itself. */
JET_ERR JET_API JetOSSnapshotThaw(JET_OSSNAPID snapId, JET_GRBIT grbit);

/* Deletes the logs that no restore of the snapshot needs, if JET_bitAllDatabasesSnapshot is given:
 * of all instances, or of one. JET_errOSSnapshotInvalidSequence for a copy snapshot as well;
 * JET_errInvalidParameter (the instance takes no part), errors of the deletion. */
JET_ERR JET_API JetOSSnapshotTruncateLog(JET_OSSNAPID snapId, JET_GRBIT grbit);
JET_ERR JET_API JetOSSnapshotTruncateLogInstance(JET_OSSNAPID snapId, JET_INSTANCE instance,
                                                 JET_GRBIT grbit);

/* Ends the session: as a good snapshot, or with JET_bitAbortSnapshot from every state and leaving
 * the headers alone. A session that was only prepared just ends. */
JET_ERR JET_API JetOSSnapshotEnd(JET_OSSNAPID snapId, JET_GRBIT grbit);
/* As JetOSSnapshotEnd with JET_bitAbortSnapshot. */
JET_ERR JET_API JetOSSnapshotAbort(JET_OSSNAPID snapId, JET_GRBIT grbit);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
