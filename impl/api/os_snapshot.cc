// SPDX-License-Identifier: MIT
// OS snapshots.
#include "impl/engine/os_snapshot.h"

#include "impl/api/instance_call.h"
#include "impl/api/instance_info.h"
#include "impl/engine/process.h"
#include "impl/engine/process_state.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;
using engine::Instance;
using engine::ProcessState;

constexpr JET_GRBIT kPrepareBits = JET_bitIncrementalSnapshot | JET_bitCopySnapshot |
                                   JET_bitContinueAfterThaw | JET_bitExplicitPrepare;

ProcessState& CurrentState() { return engine::Process::Current().state(); }
engine::SnapshotTable& Snapshots() { return CurrentState().snapshots(); }

/// The instance, shared: a snapshot may keep it until it terminates.
std::shared_ptr<Instance> Share(const Instance& instance) {
  std::shared_ptr<Instance> shared;
  CurrentState().Find(instance.handle(), &shared);
  return shared;
}

}  // namespace
}  // namespace backstop::api

using backstop::api::InstanceRef;
using backstop::api::Snapshots;
using backstop::engine::Instance;

JET_ERR JET_API JetOSSnapshotPrepare(JET_OSSNAPID* psnapId, JET_GRBIT grbit) {
  if ((grbit & ~backstop::api::kPrepareBits) != 0) return JET_errInvalidGrbit;
  if (psnapId == nullptr) return JET_errInvalidParameter;
  backstop::engine::ProcessState& state = backstop::api::CurrentState();
  if (!state.HasInstances()) return JET_errNotInitialized;
  return Snapshots().Prepare(
      grbit, [&state] { return state.Initialized(); }, psnapId);
}

JET_ERR JET_API JetOSSnapshotPrepareInstance(JET_OSSNAPID snapId, JET_INSTANCE instance,
                                             JET_GRBIT grbit) {
  return backstop::api::InsideInstance(
      InstanceRef::ByHandle(instance), [snapId, grbit](const Instance& found) {
        return Snapshots().PrepareInstance(snapId, backstop::api::Share(found), grbit);
      });
}

JET_ERR JET_API JetOSSnapshotFreeze(JET_OSSNAPID snapId, uint32_t* pcInstanceInfo,
                                    JET_INSTANCE_INFO_A** paInstanceInfo, JET_GRBIT grbit) {
  if (grbit != 0) return JET_errInvalidGrbit;
  if (pcInstanceInfo == nullptr || paInstanceInfo == nullptr) return JET_errInvalidParameter;
  backstop::engine::ProcessState& state = backstop::api::CurrentState();
  backstop::api::Instances members;
  const JET_ERR err = Snapshots().Freeze(
      snapId, [&state] { return state.HasInstances(); }, state.SnapshotTimeoutMicros(), &members);
  return err < 0 ? err : backstop::api::GiveInstances(members, pcInstanceInfo, paInstanceInfo);
}

JET_ERR JET_API JetOSSnapshotGetFreezeInfo(JET_OSSNAPID snapId, uint32_t* pcInstanceInfo,
                                           JET_INSTANCE_INFO_A** paInstanceInfo, JET_GRBIT grbit) {
  if (grbit != 0) return JET_errInvalidGrbit;
  if (pcInstanceInfo == nullptr || paInstanceInfo == nullptr) return JET_errInvalidParameter;
  backstop::api::Instances members;
  const JET_ERR err = Snapshots().GetMembers(snapId, &members);
  return err < 0 ? err : backstop::api::GiveInstances(members, pcInstanceInfo, paInstanceInfo);
}

JET_ERR JET_API JetOSSnapshotThaw(JET_OSSNAPID snapId, JET_GRBIT grbit) {
  return grbit != 0 ? JET_errInvalidGrbit : Snapshots().Thaw(snapId);
}

JET_ERR JET_API JetOSSnapshotTruncateLog(JET_OSSNAPID snapId, JET_GRBIT grbit) {
  return Snapshots().TruncateLog(snapId, grbit);
}

JET_ERR JET_API JetOSSnapshotTruncateLogInstance(JET_OSSNAPID snapId, JET_INSTANCE instance,
                                                 JET_GRBIT grbit) {
  return backstop::api::InsideInstance(
      InstanceRef::ByHandle(instance), [snapId, grbit](const Instance& found) {
        return Snapshots().TruncateLogInstance(snapId, found, grbit);
      });
}

JET_ERR JET_API JetOSSnapshotEnd(JET_OSSNAPID snapId, JET_GRBIT grbit) {
  return Snapshots().End(snapId, grbit);
}

JET_ERR JET_API JetOSSnapshotAbort(JET_OSSNAPID snapId, JET_GRBIT grbit) {
  return grbit != 0 ? JET_errInvalidGrbit : Snapshots().Abort(snapId);
}
