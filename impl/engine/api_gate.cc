// SPDX-License-Identifier: MIT
#include "impl/engine/api_gate.h"

#include <algorithm>
#include <utility>

namespace backstop::engine {

ApiGate::ApiGate(env::Env& env, JET_SESID session_base)
    : mutex_(env, "gate"),
      left_(env, "left"),
      locked_(env, "locked"),
      last_session_(session_base) {}

void ApiGate::WaitWhileDraining(env::MutexLock& lock) {
  while (draining_ && long_inside_ == 0) locked_.Wait(lock);
}

ApiGate::LongCall::LongCall(ApiGate& gate) : gate_(gate) {
  env::MutexLock lock(gate_.mutex_);
  ++gate_.long_inside_;
  gate_.locked_.NotifyAll();
}

ApiGate::LongCall::~LongCall() {
  env::MutexLock lock(gate_.mutex_);
  --gate_.long_inside_;
}

Err ApiGate::LongCall::CheckGoesOn() const {
  env::MutexLock lock(gate_.mutex_);
  return gate_.draining_ ? JET_errTermInProgress : JET_errSuccess;
}

void ApiGate::CountOut() {
  --inside_;
  if (draining_) left_.NotifyAll();
}

Err ApiGate::Admit(bool after_stop_service) const {
  if (life_ == Life::kFreed) return JET_errInvalidParameter;
  if (stop_service_ && !after_stop_service) return JET_errClientRequestToStopJetService;
  if (unavailable_ < 0) return unavailable_;
  if (Terminates()) return JET_errTermInProgress;
  if (life_ == Life::kRestoring) return JET_errRestoreInProgress;
  if (life_ != Life::kReady) return JET_errNotInitialized;
  return JET_errSuccess;
}

Err ApiGate::Enter() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  WaitWhileDraining(lock);
  const Err err = Admit(false);
  if (err == JET_errSuccess) ++inside_;
  return err;
}

void ApiGate::Leave() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  CountOut();
}

Session* ApiGate::FindSession(JET_SESID id) const {
  const auto found = std::find_if(sessions_.begin(), sessions_.end(),
                                  [id](const auto& each) { return each->id() == id; });
  return found == sessions_.end() ? nullptr : found->get();
}

Err ApiGate::EnterSession(JET_SESID id, bool after_stop_service, Session** session) {
  env::MutexLock lock(mutex_);
  WaitWhileDraining(lock);
  // The sessions belong to the termination then.
  if (Terminates() || life_ == Life::kFreed) return JET_errTermInProgress;
  *session = FindSession(id);
  if (*session == nullptr) return JET_errInvalidSesid;
  if (const Err err = Admit(after_stop_service); err < 0) return err;
  if ((*session)->busy) return JET_errSessionSharingViolation;
  (*session)->busy = true;
  ++inside_;
  return JET_errSuccess;
}

bool ApiGate::HasSession(JET_SESID id) {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return FindSession(id) != nullptr;
}

void ApiGate::LeaveSession(Session& session) {
  env::MutexLock lock(mutex_);
  session.busy = false;
  CountOut();
}

Err ApiGate::AddSession(std::unique_ptr<Transaction> transaction, size_t limit, JET_SESID* id) {
  env::MutexLock lock(mutex_);
  if (sessions_.size() >= limit) return JET_errOutOfSessions;
  *id = ++last_session_;
  sessions_.push_back(std::make_unique<Session>(*id, std::move(transaction)));
  return JET_errSuccess;
}

void ApiGate::RemoveSession(Session& session) {
  env::MutexLock lock(mutex_);
  std::erase_if(sessions_, [&session](const auto& each) { return each.get() == &session; });
  CountOut();
}

Err ApiGate::BeginLife(Life life) {
  env::MutexLock lock(mutex_);
  switch (life_) {
    case Life::kCreated:
      life_ = life;
      return JET_errSuccess;
    case Life::kInitializing:
      return JET_errInitInProgress;
    case Life::kReady:
    case Life::kTerminating:
    case Life::kRestoring:
      return JET_errAlreadyInitialized;
    case Life::kFreed:
      break;
  }
  return JET_errInvalidParameter;
}

Err ApiGate::BeginInit() { return BeginLife(Life::kInitializing); }
Err ApiGate::BeginRestore() { return BeginLife(Life::kRestoring); }

void ApiGate::EndRestore() {
  env::MutexLock lock(mutex_);
  life_ = Life::kCreated;
}

void ApiGate::EndInit() {
  env::MutexLock lock(mutex_);
  life_ = Life::kReady;
}

Err ApiGate::Terminable() const {
  switch (life_) {
    case Life::kCreated:
    case Life::kReady:
      return JET_errSuccess;
    case Life::kInitializing:
      return JET_errNotInitialized;
    case Life::kRestoring:
      return JET_errRestoreInProgress;
    case Life::kTerminating:
      return JET_errTermInProgress;
    case Life::kFreed:
      break;
  }
  return JET_errInvalidParameter;
}

bool ApiGate::FreeUnlessInitialized(Err* err) {
  env::MutexLock lock(mutex_);
  *err = Terminable();
  if (life_ != Life::kCreated) return false;
  life_ = Life::kFreed;
  return true;
}

Err ApiGate::BeginTerm() {
  env::MutexLock lock(mutex_);
  WaitWhileDraining(lock);
  if (draining_) return JET_errTermInProgress;
  if (const Err err = Terminable(); err < 0) return err;
  draining_ = true;
  while (inside_ > 0) left_.Wait(lock);
  draining_ = false;
  life_ = Life::kTerminating;
  locked_.NotifyAll();
  return JET_errSuccess;
}

void ApiGate::CancelTerm() {
  env::MutexLock lock(mutex_);
  life_ = Life::kReady;
}

void ApiGate::Free() {
  env::MutexLock lock(mutex_);
  life_ = Life::kFreed;
}

ApiGate::Standing ApiGate::standing() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  const bool locked = life_ == Life::kTerminating || (draining_ && long_inside_ > 0);
  if (life_ == Life::kReady && !locked) return Standing::kReady;
  return locked ? Standing::kTerminating : Standing::kNeither;
}

bool ApiGate::service_stopped() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return stop_service_;
}

void ApiGate::MakeUnavailable(Err err) {
  env::MutexLock lock(mutex_);
  if (unavailable_ >= 0) unavailable_ = err;
}

Err ApiGate::CheckAvailable() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return unavailable_;
}

void ApiGate::StopService() {
  env::MutexLock lock(mutex_);
  stop_service_ = true;
}

void ApiGate::StopServices(JET_GRBIT services) {
  env::MutexLock lock(mutex_);
  everything_stopped_ = everything_stopped_ || services == JET_bitStopServiceAll;
  stop_service_ = stop_service_ || everything_stopped_;
}

Err ApiGate::StopLog() {
  env::MutexLock lock(mutex_);
  if (life_ == Life::kFreed) return JET_errInvalidParameter;
  log_stopped_ = true;
  return JET_errSuccess;
}

bool ApiGate::log_stopped() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return log_stopped_;
}

Err ApiGate::CheckWritable() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  if (stop_service_) return JET_errClientRequestToStopJetService;
  return log_stopped_ ? JET_errLogWriteFail : JET_errSuccess;
}

Err ApiGate::ResumeServices(JET_GRBIT services) {
  env::MutexLock lock(mutex_);
  const bool all = services == 0;
  if (all && log_stopped_) return JET_errInvalidGrbit;
  return all && everything_stopped_ ? JET_errClientRequestToStopJetService : JET_errSuccess;
}

Err ApiGate::ParametersSettable(bool* frozen) {
  env::MutexLock lock(mutex_);
  if (life_ == Life::kTerminating) return JET_errTermInProgress;
  if (life_ == Life::kRestoring) return JET_errRestoreInProgress;
  if (life_ == Life::kInitializing) return JET_errInitInProgress;
  *frozen = life_ != Life::kCreated;
  return JET_errSuccess;
}

}  // namespace backstop::engine
