// SPDX-License-Identifier: MIT
// Sessions and their transactions.
#include "impl/api/instance_call.h"
#include "impl/api/session_call.h"
#include "impl/esent.h"

namespace {

using backstop::api::AfterStopService;
using backstop::api::InsideInstance;
using backstop::api::InstanceRef;
using backstop::api::SessionCall;
using backstop::engine::Instance;

/// Transactions nest this deep.
constexpr unsigned kDeepestLevel = 7;

/// What a session leaves open when it ends is taken back.
void CloseEverything(SessionCall& call) {
  call.session().CloseAllTables();
  if (call.storage().Level(call.transaction()) > 0) {
    call.storage().Rollback(call.transaction(), JET_bitRollbackAll);
  }
  for (const JET_DBID id : call.session().OpenDatabases()) call.instance().databases().Close(id);
}

}  // namespace

JET_ERR JET_API JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  return InsideInstance(InstanceRef::ByHandle(instance), [psesid](Instance& found) {
    return psesid == nullptr ? JET_errInvalidParameter : found.BeginSession(psesid);
  });
}

JET_ERR JET_API JetEndSession(JET_SESID sesid, JET_GRBIT) {
  SessionCall call(sesid, AfterStopService::kAllowed);
  if (call.err() < 0) return call.err();
  CloseEverything(call);
  call.EndSession();
  return JET_errSuccess;
}

JET_ERR JET_API JetBeginTransaction(JET_SESID sesid) { return JetBeginTransaction2(sesid, 0); }

JET_ERR JET_API JetBeginTransaction2(JET_SESID sesid, JET_GRBIT) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  if (call.storage().Level(call.transaction()) == kDeepestLevel) return JET_errTransTooDeep;
  return call.storage().Begin(call.transaction());
}

JET_ERR JET_API JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  return call.storage().Commit(call.transaction(), grbit);
}

JET_ERR JET_API JetRollback(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call(sesid, AfterStopService::kAllowed);
  if (call.err() < 0) return call.err();
  return call.storage().Rollback(call.transaction(), grbit);
}
