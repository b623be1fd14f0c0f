// SPDX-License-Identifier: MIT
// OS snapshots: sessions of the process in which instances take part.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/instance.h"
#include "impl/env/sync.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Thread-safe. Its lock is taken before all others, and one session acts at a time; whoever has to
/// wait for a freeze to end waits on a condition. A freeze that has lasted too long is ended by the
/// next call that looks.
class SnapshotTable {
 public:
  using Members = std::vector<std::shared_ptr<Instance>>;

  /// `dialect` must outlive it.
  SnapshotTable(env::Env& env, const Dialect& dialect);

  /// Makes a session. `initialized()` gives the instances that may take part without being named.
  Err Prepare(JET_GRBIT grbit, const std::function<Members()>& initialized, JET_OSSNAPID* id);
  Err PrepareInstance(JET_OSSNAPID id, std::shared_ptr<Instance> instance, JET_GRBIT grbit);
  /// `any_instance()`: whether there is one at all; `timeout_micros`: how long a freeze may last.
  /// `*members`: those frozen.
  Err Freeze(JET_OSSNAPID id, const std::function<bool()>& any_instance, uint64_t timeout_micros,
             Members* members);
  Err GetMembers(JET_OSSNAPID id, Members* members);
  Err Thaw(JET_OSSNAPID id);
  Err TruncateLog(JET_OSSNAPID id, JET_GRBIT grbit);
  Err TruncateLogInstance(JET_OSSNAPID id, const Instance& instance, JET_GRBIT grbit);
  Err End(JET_OSSNAPID id, JET_GRBIT grbit);
  Err Abort(JET_OSSNAPID id);

  /// The instance ends: it takes part in no session any more.
  void Leave(const Instance& instance);
  /// Waits until the instance takes part in no session, or its freeze has ended.
  void WaitUntilThawed(const Instance& instance);

 private:
  enum class State : uint8_t { kPrepared, kFrozen, kThawed, kTruncated, kTimedOut };
  struct Session {
    JET_OSSNAPID id = 0;
    State state = State::kPrepared;
    JET_GRBIT flags = 0;
    uint64_t until_micros = 0;  ///< end of a freeze
    Members members;
  };

  // With the lock held.
  Session* Find(JET_OSSNAPID id);
  /// The session when no termination of its instances stands in the way any more (C-20).
  Session* FindBehindTerm(env::MutexLock& lock, JET_OSSNAPID id);
  Session* SessionOf(const Instance& instance);
  static bool Continues(const Session& session) {
    return (session.flags & JET_bitContinueAfterThaw) != 0;
  }
  void ExpireFreezes();
  void Expire(Session& session);
  /// Waits until `session`'s freeze is over or somebody changed something.
  void WaitAWhile(env::MutexLock& lock, const Session& session);
  Err FreezeMembers(Session& session, uint64_t until_micros);
  Err CheckMembers(const Session& session);
  Err CheckTruncation(JET_OSSNAPID id, JET_GRBIT grbit, Session** session);
  bool SomeMemberTerminates(const Session& session) const;
  void EndSession(Session& session, bool abort);
  void Finish(Session& session, Backup::SnapshotEnd end);
  void Forget(const Session& session);

  env::Env& env_;
  const Dialect& dialect_;
  env::Mutex mutex_;
  env::Condition changed_;
  JET_OSSNAPID last_id_;
  std::vector<std::unique_ptr<Session>> sessions_;
};

}  // namespace backstop::engine
