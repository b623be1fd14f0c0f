// SPDX-License-Identifier: MIT
// The engine under test as a table of C functions with the signatures of esent.h. The harness calls
// an engine only through this table, whoever fills it.
#pragma once

#include <string>
#include <vector>

#include "impl/esent.h"

namespace backstop::harness {

struct JetApi {
  const char* name = "";  ///< "engine", the mutant that is linked in, or "library"

#define BACKSTOP_JET_FUNCTIONS(F)     \
  F(JetCreateInstance2)               \
  F(JetSetSystemParameter)            \
  F(JetInit)                          \
  F(JetTerm)                          \
  F(JetTerm2)                         \
  F(JetStopService)                   \
  F(JetStopServiceInstance)           \
  F(JetStopServiceInstance2)          \
  F(JetBeginSession)                  \
  F(JetEndSession)                    \
  F(JetCreateDatabase2)               \
  F(JetAttachDatabase2)               \
  F(JetDetachDatabase2)               \
  F(JetOpenDatabase)                  \
  F(JetCloseDatabase)                 \
  F(JetBeginTransaction)              \
  F(JetCommitTransaction)             \
  F(JetRollback)                      \
  F(JetCreateTable)                   \
  F(JetAddColumn)                     \
  F(JetGetTableColumnInfo)            \
  F(JetOpenTable)                     \
  F(JetCloseTable)                    \
  F(JetPrepareUpdate)                 \
  F(JetSetColumn)                     \
  F(JetUpdate)                        \
  F(JetDelete)                        \
  F(JetStopBackup)                    \
  F(JetStopBackupInstance)            \
  F(JetBeginExternalBackup)           \
  F(JetBeginExternalBackupInstance)   \
  F(JetGetAttachInfo)                 \
  F(JetGetAttachInfoInstance)         \
  F(JetOpenFile)                      \
  F(JetOpenFileInstance)              \
  F(JetReadFile)                      \
  F(JetReadFileInstance)              \
  F(JetCloseFile)                     \
  F(JetCloseFileInstance)             \
  F(JetGetLogInfo)                    \
  F(JetGetLogInfoInstance)            \
  F(JetGetTruncateLogInfoInstance)    \
  F(JetTruncateLog)                   \
  F(JetTruncateLogInstance)           \
  F(JetEndExternalBackup)             \
  F(JetEndExternalBackupInstance)     \
  F(JetEndExternalBackupInstance2)    \
  F(JetInit3)                         \
  F(JetGetDatabaseInfo)               \
  F(JetMove)                          \
  F(JetRetrieveColumn)                \
  F(JetGetAttachInfoInstanceW)        \
  F(JetGetLogInfoInstanceW)           \
  F(JetGetLogInfoInstance2)           \
  F(JetGetLogInfoInstance2W)          \
  F(JetGetTruncateLogInfoInstanceW)   \
  F(JetOpenFileSectionInstance)       \
  F(JetGetDatabaseFileInfo)           \
  F(JetGetInstanceInfo)               \
  F(JetFreeBuffer)                    \
  F(JetBackup)                        \
  F(JetBackupInstance)                \
  F(JetExternalRestore)               \
  F(JetExternalRestore2)              \
  F(JetRestore)                       \
  F(JetRestoreInstance)               \
  F(JetOSSnapshotPrepare)             \
  F(JetOSSnapshotPrepareInstance)     \
  F(JetOSSnapshotFreeze)              \
  F(JetOSSnapshotGetFreezeInfo)       \
  F(JetOSSnapshotThaw)                \
  F(JetOSSnapshotTruncateLog)         \
  F(JetOSSnapshotTruncateLogInstance) \
  F(JetOSSnapshotEnd)                 \
  F(JetOSSnapshotAbort)

#define BACKSTOP_MEMBER(function) decltype(&::function) function = nullptr;
  BACKSTOP_JET_FUNCTIONS(BACKSTOP_MEMBER)
#undef BACKSTOP_MEMBER
};

/// Fills a table from a shared library by the names of its functions. Functions that it lacks stay
/// null and are named in `*missing`. The library stays loaded. False, with the cause in `*error`,
/// if it cannot be loaded or has none of the functions.
bool LoadJetApi(const std::string& path, JetApi* table, std::vector<std::string>* missing,
                std::string* error);

/// The engine that is linked into this program. `name` tells it from its mutants in traces and
/// reports.
JetApi BuiltinJetApi(const char* name);

}  // namespace backstop::harness
