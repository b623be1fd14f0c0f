// SPDX-License-Identifier: MIT
#include "impl/api/session_call.h"

#include <optional>

#include "impl/engine/instance.h"
#include "impl/engine/process.h"
#include "impl/engine/process_state.h"

namespace backstop::api {

SessionCall::SessionCall(JET_SESID sesid, AfterStopService rule) : err_(JET_errInvalidSesid) {
  if (sesid == JET_sesidNil) return;
  engine::ProcessState& process = engine::Process::Current().state();
  const bool allowed = rule == AfterStopService::kAllowed;
  std::optional<engine::Err> refused;
  do {
    instance_ = process.FindBySession(sesid);
    if (instance_ == nullptr) {
      err_ = process.StaleSession();
      return;
    }
    err_ = instance_->gate().EnterSession(sesid, allowed, &session_);
    refused = err_;
    if (err_ == JET_errTermInProgress) refused = process.TerminatingSession(*instance_, allowed);
    if (err_ == JET_errInvalidSesid) refused = process.StaleSession();
  } while (!refused);
  err_ = *refused;
  if (err_ < 0) session_ = nullptr;
}

SessionCall::~SessionCall() {
  if (session_ != nullptr) instance_->gate().LeaveSession(*session_);
}

void SessionCall::EndSession() {
  instance_->gate().RemoveSession(*session_);
  session_ = nullptr;
}

engine::Storage& SessionCall::storage() { return instance_->storage(); }

}  // namespace backstop::api
