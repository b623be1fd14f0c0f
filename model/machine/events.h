// SPDX-License-Identifier: MIT
// The events of the transition tables. A call is one event, JetInit and JetTerm are two; the entry
// gate knows calls only by the door they come through.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/call.h"
#include "model/lifecycle.h"
#include "model/machine/row.h"

namespace backstop::model {

/// Number of an event: operations first, then the second events, then the doors of the gate.
enum class EventId : uint8_t {
  kFirstOperation = 0,
  kInitDone = kOpCount,
  kTermDecides,
  kBackupCopies,
  kBackupDone,
  kRestoreDone,
  kStreamingDoor,
  kLegacyStreamingDoor,
  kStopDoor,
  kLegacyStopDoor,
  kTermDoor,
  kSessionDoor,
  kReleasingSessionDoor,
  kShapedDoor,
  kOpenDoor,
  kCount,
};
inline constexpr unsigned kEventCount = static_cast<unsigned>(EventId::kCount);

template <Text kNameText, EventId kIdValue>
struct EventType {
  static constexpr std::string_view kName = kNameText.view();
  static constexpr EventId kId = kIdValue;
};

template <Text kName, Op kOp>
using OperationEvent = EventType<kName, static_cast<EventId>(kOp)>;

struct CreateInstance : OperationEvent<"JetCreateInstance", Op::kCreateInstance> {};
struct SetParameter : OperationEvent<"JetSetSystemParameter", Op::kSetSystemParameter> {};
struct InitBegins : OperationEvent<"JetInit begins", Op::kInit> {};
struct InitDone : EventType<"JetInit is done", EventId::kInitDone> {};
struct TermBegins : OperationEvent<"JetTerm begins", Op::kTerm> {};
struct TermDecides : EventType<"JetTerm decides", EventId::kTermDecides> {};
struct StopService : OperationEvent<"JetStopServiceInstance", Op::kStopService> {};
struct StopService2 : OperationEvent<"JetStopServiceInstance2", Op::kStopServiceInstance2> {};
struct StopBackup : OperationEvent<"JetStopBackupInstance", Op::kStopBackup> {};
struct Begin : OperationEvent<"JetBeginExternalBackupInstance", Op::kBeginExternalBackup> {};
struct GetAttachInfo : OperationEvent<"JetGetAttachInfoInstance", Op::kGetAttachInfo> {};
struct OpenFile : OperationEvent<"JetOpenFileInstance", Op::kOpenFile> {};
struct ReadFile : OperationEvent<"JetReadFileInstance", Op::kReadFile> {};
struct CloseFile : OperationEvent<"JetCloseFileInstance", Op::kCloseFile> {};
struct GetLogInfo : OperationEvent<"JetGetLogInfoInstance", Op::kGetLogInfo> {};
struct GetTruncateLogInfo
    : OperationEvent<"JetGetTruncateLogInfoInstance", Op::kGetTruncateLogInfo> {};
struct TruncateLog : OperationEvent<"JetTruncateLogInstance", Op::kTruncateLog> {};
struct End : OperationEvent<"JetEndExternalBackupInstance", Op::kEndExternalBackup> {};
struct End2 : OperationEvent<"JetEndExternalBackupInstance2", Op::kEndExternalBackup2> {};
struct BeginTransaction : OperationEvent<"JetBeginTransaction", Op::kBeginTransaction> {};
struct InsertRow : OperationEvent<"JetUpdate", Op::kInsertRow> {};
struct Commit : OperationEvent<"JetCommitTransaction", Op::kCommitTransaction> {};
struct Rollback : OperationEvent<"JetRollback", Op::kRollback> {};
struct AttachDatabase : OperationEvent<"JetAttachDatabase", Op::kAttachDatabase> {};
struct DetachDatabase : OperationEvent<"JetDetachDatabase", Op::kDetachDatabase> {};
struct CreateDatabase : OperationEvent<"JetCreateDatabase", Op::kCreateDatabase> {};

struct BeginSession : OperationEvent<"JetBeginSession", Op::kBeginSession> {};
struct EndSession : OperationEvent<"JetEndSession", Op::kEndSession> {};
struct OpenDatabase : OperationEvent<"JetOpenDatabase", Op::kOpenDatabase> {};
struct CloseDatabase : OperationEvent<"JetCloseDatabase", Op::kCloseDatabase> {};
struct ReadRow : OperationEvent<"JetRetrieveColumn", Op::kReadRow> {};
struct GetDatabaseInfo : OperationEvent<"JetGetDatabaseInfo", Op::kGetDatabaseInfo> {};
struct GetDatabaseFileInfo : OperationEvent<"JetGetDatabaseFileInfo", Op::kGetDatabaseFileInfo> {};
struct GetInstanceInfo : OperationEvent<"JetGetInstanceInfo", Op::kGetInstanceInfo> {};
struct OpenFileSection : OperationEvent<"JetOpenFileSectionInstance", Op::kOpenFileSection> {};
struct GetLogInfo2 : OperationEvent<"JetGetLogInfoInstance2", Op::kGetLogInfo2> {};
struct BackupBegins : OperationEvent<"JetBackupInstance begins", Op::kBackup> {};
struct BackupCopies : EventType<"JetBackupInstance copies", EventId::kBackupCopies> {};
struct BackupDone : EventType<"JetBackupInstance is done", EventId::kBackupDone> {};
struct RestoreBegins : OperationEvent<"JetRestoreInstance begins", Op::kRestoreInstance> {};
struct RestoreDone : EventType<"JetRestoreInstance is done", EventId::kRestoreDone> {};
struct ExternalRestore : OperationEvent<"JetExternalRestore2", Op::kExternalRestore> {};
struct SnapshotPrepare : OperationEvent<"JetOSSnapshotPrepare", Op::kSnapshotPrepare> {};
struct SnapshotPrepareInstance
    : OperationEvent<"JetOSSnapshotPrepareInstance", Op::kSnapshotPrepareInstance> {};
struct SnapshotFreeze : OperationEvent<"JetOSSnapshotFreeze", Op::kSnapshotFreeze> {};
struct SnapshotThaw : OperationEvent<"JetOSSnapshotThaw", Op::kSnapshotThaw> {};
struct SnapshotAbort : OperationEvent<"JetOSSnapshotAbort", Op::kSnapshotAbort> {};
struct SnapshotTruncateLog : OperationEvent<"JetOSSnapshotTruncateLog", Op::kSnapshotTruncateLog> {
};
struct SnapshotTruncateLogInstance
    : OperationEvent<"JetOSSnapshotTruncateLogInstance", Op::kSnapshotTruncateLogInstance> {};
struct SnapshotGetFreezeInfo
    : OperationEvent<"JetOSSnapshotGetFreezeInfo", Op::kSnapshotGetFreezeInfo> {};
struct SnapshotEnd : OperationEvent<"JetOSSnapshotEnd", Op::kSnapshotEnd> {};
struct FreezeTimesOut : OperationEvent<"the freeze times out", Op::kFreezeTimesOut> {};
struct InstanceUnavailable : OperationEvent<"a fatal error happens", Op::kInstanceUnavailable> {};

struct StreamingCall : EventType<"streaming call", EventId::kStreamingDoor> {};
struct LegacyStreamingCall : EventType<"legacy streaming call", EventId::kLegacyStreamingDoor> {};
struct StopCall : EventType<"JetStopBackupInstance, JetStopServiceInstance", EventId::kStopDoor> {};
struct LegacyStopCall : EventType<"JetStopBackup, JetStopService", EventId::kLegacyStopDoor> {};
struct TermCall : EventType<"JetTerm", EventId::kTermDoor> {};
struct SessionCall : EventType<"session call", EventId::kSessionDoor> {};
struct ReleasingSessionCall
    : EventType<"JetRollback, JetDetachDatabase", EventId::kReleasingSessionDoor> {};
struct ShapedCall
    : EventType<"JetOpenFileSectionInstance, JetGetLogInfoInstance2", EventId::kShapedDoor> {};
struct UngatedCall : EventType<
                         "JetCreateInstance, JetInit, JetSetSystemParameter, JetRestoreInstance, "
                         "calls on OS snapshots",
                         EventId::kOpenDoor> {};

using AnyStreamingCall = On<StreamingCall, LegacyStreamingCall>;
using AnyLegacyCall = On<LegacyStreamingCall, LegacyStopCall>;
using AnySessionCall = On<SessionCall, ReleasingSessionCall>;
using AnyEnd = On<End, End2>;
using AnyOpenFile = On<OpenFile, OpenFileSection>;

}  // namespace backstop::model
