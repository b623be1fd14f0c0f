/* SPDX-License-Identifier: MIT */
/* Instances: parameters, initialisation, termination, stopping of services. */
#ifndef BACKSTOP_IMPL_ESENT_INSTANCE_H_
#define BACKSTOP_IMPL_ESENT_INSTANCE_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Makes an instance with a copy of the process's parameters; the process then runs in
 * multi-instance mode. `szInstanceName` may be NULL, which is one name like any other. On failure
 * `*pinstance` is JET_instanceNil.
 * JET_errInvalidParameter (pinstance is NULL, untouched), JET_errRunningInOneInstanceMode,
 * JET_errTooManyInstances, JET_errInstanceNameInUse. */
JET_ERR JET_API JetCreateInstance(JET_INSTANCE* pinstance, JET_PCSTR szInstanceName);
JET_ERR JET_API JetCreateInstance2(JET_INSTANCE* pinstance, JET_PCSTR szInstanceName,
                                   JET_PCSTR szDisplayName, JET_GRBIT grbit);

/* Sets a parameter (JET_param...): of the instance or session given, else of the process, which
 * instances copy when they are made. `lParam` holds an integer, `szParam` a string.
 * JET_errInvalidSesid, JET_errInvalidInstance, JET_errTermInProgress, JET_errInitInProgress,
 * JET_errInvalidParameter (unknown or out of range), JET_errAlreadyInitialized (too late, unless it
 * is an integer and has that value already). */
JET_ERR JET_API JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid,
                                      JET_API_PTR lParam, JET_PCSTR szParam);
/* Reads a parameter: an integer into `*plParam`, a string into `szParam` (`cbMax` bytes with the
 * NUL). Errors as above, and JET_errBufferTooSmall. */
JET_ERR JET_API JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid,
                                      JET_API_PTR* plParam, char* szParam, uint32_t cbMax);

/* Recovers what a crash left and makes the instance ready. NULL, 0 or JET_instanceNil makes an
 * instance first; where no mode is set the process then runs in one-instance mode. When anything
 * but JET_errAlreadyInitialized comes back, the instance is gone and `*pinstance` is 0.
 * JET_errRunningInMultiInstanceMode, JET_errAlreadyInitialized, JET_errInvalidParameter,
 * JET_errTooManyInstances, JET_errInstanceNameInUse, JET_errTempPathInUse,
 * JET_errSystemPathInUse, JET_errLogFilePathInUse, errors of recovery. */
JET_ERR JET_API JetInit(JET_INSTANCE* pinstance);
JET_ERR JET_API JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit);
JET_ERR JET_API JetInit3(JET_INSTANCE* pinstance, JET_RSTINFO_A* prstInfo, JET_GRBIT grbit);

/* Waits for the calls inside, then ends the instance (JetTerm: as with JET_bitTermAbrupt). While it
 * waits, other calls get JET_errTermInProgress. A refused call changes nothing, except that
 * StopBackup, Abrupt and Dirty have torn a backup down.
 * JET_errInvalidParameter, JET_errTermInProgress, JET_errNotInitialized (during JetInit),
 * JET_errBackupInProgress (refused), JET_errTooManyActiveUsers (refused: open transactions),
 * JET_errDirtyShutdown (the instance is gone, as JET_bitTermDirty asked). With any other error the
 * instance is gone as well. */
JET_ERR JET_API JetTerm(JET_INSTANCE instance);
JET_ERR JET_API JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit);

/* Lists the initialised instances with their logged databases. `*paInstanceInfo` is NULL if there
 * are none; otherwise it is freed, with everything in it, by one JetFreeBuffer.
 * JET_errInvalidParameter (NULL), JET_errOutOfMemory. */
JET_ERR JET_API JetGetInstanceInfo(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_A** paInstanceInfo);
/* Frees what a call gave to its caller; NULL is fine. */
JET_ERR JET_API JetFreeBuffer(char* pbBuf);

/* From now on nearly every call is refused with JET_errClientRequestToStopJetService; there is no
 * way back. Stopping a backup and terminating still work. Never waits.
 * JET_errInvalidParameter. */
JET_ERR JET_API JetStopService(void);
JET_ERR JET_API JetStopServiceInstance(JET_INSTANCE instance);
/* Stops everything (0), or only the services named by JET_bitStopService..., which
 * JET_bitStopServiceResume takes back.
 * JET_errInvalidParameter, JET_errInvalidGrbit, JET_errClientRequestToStopJetService (Resume after
 * everything was stopped). */
JET_ERR JET_API JetStopServiceInstance2(JET_INSTANCE instance, JET_GRBIT grbit);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
