// SPDX-License-Identifier: MIT
// The way into the engine for every call on a session: entry tests, the count of calls inside and
// the rule that one session serves one thread at a time.
#pragma once

#include <memory>

#include "impl/engine/err.h"
#include "impl/engine/session.h"
#include "impl/engine/storage.h"
#include "impl/esent.h"

namespace backstop::engine {
class Instance;
}

namespace backstop::api {

/// Whether a call still works after JetStopService (D-28): JetRollback, JetCloseTable,
/// JetEndSession, JetCloseDatabase and JetDetachDatabase do.
enum class AfterStopService : uint8_t { kRefused, kAllowed };

/// Holds a session for the time of one call:
///
///     SessionCall call(sesid);
///     if (call.err() < 0) return call.err();
///     ... call.session(), call.storage(), call.transaction() ...
///
/// err() is, in this order, JET_errInvalidSesid (nil handle), JET_errTermInProgress (every
/// initialised instance terminates), JET_errNotInitialized (none is), JET_errInvalidSesid (stale
/// handle), JET_errClientRequestToStopJetService, JET_errTermInProgress,
/// JET_errSessionSharingViolation. The other members may be used only when it is JET_errSuccess.
class SessionCall {
 public:
  explicit SessionCall(JET_SESID sesid, AfterStopService rule = AfterStopService::kRefused);
  ~SessionCall();
  SessionCall(const SessionCall&) = delete;
  SessionCall& operator=(const SessionCall&) = delete;

  engine::Err err() const { return err_; }
  engine::Session& session() { return *session_; }
  engine::Transaction& transaction() { return session_->transaction(); }
  engine::Instance& instance() { return *instance_; }
  engine::Storage& storage();
  /// Ends the session and with it the call.
  void EndSession();

 private:
  std::shared_ptr<engine::Instance> instance_;
  engine::Session* session_ = nullptr;
  engine::Err err_;
};

}  // namespace backstop::api
