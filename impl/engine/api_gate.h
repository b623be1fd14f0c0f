// SPDX-License-Identifier: MIT
// The gate through which every counted call enters an instance: it knows the instance's life, who
// is inside, and which session is in use.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/session.h"
#include "impl/env/sync.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Thread-safe. Its lock is taken inside the lock of the process, never the other way round, and is
/// held only for a few instructions.
class ApiGate {
 public:
  /// `session_base`: session identifiers are above it, and never come twice.
  ApiGate(env::Env& env, JET_SESID session_base);

  // -- calls on the instance --
  /// Counts a call in, or refuses it: freed JET_errInvalidParameter,
  /// JET_errClientRequestToStopJetService, the code of a fatal error, JET_errTermInProgress,
  /// JET_errNotInitialized, in this order (contract E2 to E5, E7). Only a success must be followed
  /// by Leave.
  Err Enter();
  void Leave();
  /// A call that may take long, and whose caller may make other calls from inside it: it looks
  /// whether a termination waits. While it is inside nobody waits for that termination to begin,
  /// but gets JET_errTermInProgress.
  class LongCall {
   public:
    explicit LongCall(ApiGate& gate);
    ~LongCall();
    LongCall(const LongCall&) = delete;
    LongCall& operator=(const LongCall&) = delete;
    /// JET_errTermInProgress when it should give up.
    Err CheckGoesOn() const;

   private:
    ApiGate& gate_;
  };

  // -- calls on a session --
  /// As Enter, but JET_errTermInProgress first for one that terminates or is freed (the process
  /// knows better then), JET_errInvalidSesid next, JET_errSessionSharingViolation last. The session
  /// is the caller's until LeaveSession.
  Err EnterSession(JET_SESID id, bool after_stop_service, Session** session);
  void LeaveSession(Session& session);
  bool HasSession(JET_SESID id);
  /// Makes a session unless `limit` are open (JET_errOutOfSessions).
  Err AddSession(std::unique_ptr<Transaction> transaction, size_t limit, JET_SESID* id);
  /// Ends a session that the caller has entered, and counts the call out.
  void RemoveSession(Session& session);

  // -- initialisation --
  /// JET_errInvalidParameter (freed), JET_errAlreadyInitialized, JET_errInitInProgress.
  Err BeginInit();
  void EndInit();

  // -- restore of an instance that was created --
  /// JET_errInvalidParameter (freed), JET_errAlreadyInitialized, JET_errInitInProgress.
  Err BeginRestore();
  /// The instance is as it was before.
  void EndRestore();

  // -- termination --
  /// Frees an instance that was never initialised: true. Otherwise `*err` is JET_errSuccess, or
  /// says why termination cannot begin (freed, JET_errTermInProgress, JET_errNotInitialized).
  bool FreeUnlessInitialized(Err* err);
  /// Lets those who are inside finish while newcomers wait, then locks: from then on calls get
  /// JET_errTermInProgress. The lock falls in one instant for all calls, so that none that is still
  /// at work can be overtaken by the refusal of another.
  Err BeginTerm();
  /// Termination was refused: everything as before.
  void CancelTerm();
  /// The instance is freed; whoever still holds a reference is refused.
  void Free();
  /// The sessions; only for the caller of BeginTerm.
  std::vector<std::unique_ptr<Session>>& sessions() { return sessions_; }

  // -- fatal errors; never wait --
  /// From now on calls get `err`: JET_errInstanceUnavailable, or
  /// JET_errInstanceUnavailableDueToFatalLogDiskFull. The first one counts.
  void MakeUnavailable(Err err);
  /// That code, or JET_errSuccess.
  Err CheckAvailable();

  // -- services; never wait --
  void StopService();
  /// Stops some services, or all (0). The engine has no background tasks and no caches that could
  /// be stopped for themselves, so that only the latter has an effect.
  void StopServices(JET_GRBIT services);
  /// Notes the final log emission. JET_errInvalidParameter if the instance has been freed: what a
  /// termination returns is decided in the same instant.
  Err StopLog();
  bool log_stopped();
  /// Whether rows can be written now: JET_errClientRequestToStopJetService, JET_errLogWriteFail.
  Err CheckWritable();
  /// Resumes some services, or all (0): JET_errInvalidGrbit after the final log emission,
  /// JET_errClientRequestToStopJetService if everything was stopped.
  Err ResumeServices(JET_GRBIT services);

  enum class Standing : uint8_t { kReady, kTerminating, kNeither };
  Standing standing();
  bool service_stopped();
  /// JET_errSuccess if parameters can be set now, else JET_errTermInProgress or
  /// JET_errInitInProgress. `*frozen`: those that are fixed at initialisation cannot.
  Err ParametersSettable(bool* frozen);

 private:
  enum class Life : uint8_t { kCreated, kInitializing, kReady, kTerminating, kRestoring, kFreed };

  Err Admit(bool after_stop_service) const;
  Err BeginLife(Life life);
  Session* FindSession(JET_SESID id) const;
  Err Terminable() const;
  bool Terminates() const { return life_ == Life::kTerminating || draining_; }
  void WaitWhileDraining(env::MutexLock& lock);
  void CountOut();

  env::Mutex mutex_;
  env::Condition left_;    ///< somebody left while a termination waits
  env::Condition locked_;  ///< the termination no longer waits
  Life life_ = Life::kCreated;
  bool draining_ = false;  ///< a termination waits for those who are inside
  unsigned inside_ = 0;
  unsigned long_inside_ = 0;  ///< of those
  bool stop_service_ = false;
  Err unavailable_ = JET_errSuccess;
  bool log_stopped_ = false;
  bool everything_stopped_ = false;  ///< by JetStopServiceInstance2, for good
  JET_SESID last_session_;
  std::vector<std::unique_ptr<Session>> sessions_;
};

}  // namespace backstop::engine
