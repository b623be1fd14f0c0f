// SPDX-License-Identifier: MIT
#include <iterator>

#include "model/call.h"

namespace backstop::model {

namespace {

struct OpNames {
  const char* name;
  const char* legacy;  ///< null if there is no twin without an instance
};

// In the order of Op.
constexpr OpNames kNames[] = {
    {"JetCreateInstance", nullptr},
    {"JetSetSystemParameter", nullptr},
    {"JetInit", nullptr},
    {"JetTerm2", nullptr},
    {"JetStopServiceInstance", "JetStopService"},
    {"JetStopServiceInstance2", nullptr},
    {"JetStopBackupInstance", "JetStopBackup"},
    {"JetBeginExternalBackupInstance", "JetBeginExternalBackup"},
    {"JetGetAttachInfoInstance", "JetGetAttachInfo"},
    {"JetOpenFileInstance", "JetOpenFile"},
    {"JetReadFileInstance", "JetReadFile"},
    {"JetCloseFileInstance", "JetCloseFile"},
    {"JetGetLogInfoInstance", "JetGetLogInfo"},
    {"JetGetTruncateLogInfoInstance", nullptr},
    {"JetTruncateLogInstance", "JetTruncateLog"},
    {"JetEndExternalBackupInstance", "JetEndExternalBackup"},
    {"JetEndExternalBackupInstance2", nullptr},
    {"JetBeginTransaction", nullptr},
    {"JetUpdate", nullptr},
    {"JetCommitTransaction", nullptr},
    {"JetRollback", nullptr},
    {"JetAttachDatabase", nullptr},
    {"JetDetachDatabase", nullptr},
    {"JetCreateDatabase", nullptr},
    {"JetBeginSession", nullptr},
    {"JetEndSession", nullptr},
    {"JetOpenDatabase", nullptr},
    {"JetCloseDatabase", nullptr},
    {"JetRetrieveColumn", nullptr},
    {"JetGetDatabaseInfo", nullptr},
    {"JetGetDatabaseFileInfo", nullptr},
    {"JetGetInstanceInfo", nullptr},
    {"JetOpenFileSectionInstance", nullptr},
    {"JetGetLogInfoInstance2", nullptr},
    {"JetBackupInstance", "JetBackup"},
    {"JetRestoreInstance", "JetRestore"},
    {"JetExternalRestore2", nullptr},
    {"JetOSSnapshotPrepare", nullptr},
    {"JetOSSnapshotPrepareInstance", nullptr},
    {"JetOSSnapshotFreeze", nullptr},
    {"JetOSSnapshotThaw", nullptr},
    {"JetOSSnapshotAbort", nullptr},
    {"JetOSSnapshotTruncateLog", nullptr},
    {"JetOSSnapshotTruncateLogInstance", nullptr},
    {"JetOSSnapshotGetFreezeInfo", nullptr},
    {"JetOSSnapshotEnd", nullptr},
    {"the freeze times out", nullptr},
    {"a fatal error happens", nullptr},
};
static_assert(std::size(kNames) == kOpCount);

}  // namespace

const char* OpName(Op op, bool legacy) {
  const OpNames& names = kNames[static_cast<unsigned>(op)];
  return legacy && names.legacy != nullptr ? names.legacy : names.name;
}

bool HasLegacyTwin(Op op) { return kNames[static_cast<unsigned>(op)].legacy != nullptr; }

}  // namespace backstop::model
