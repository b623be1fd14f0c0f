// SPDX-License-Identifier: MIT
#include "impl/engine/os_snapshot.h"

#include <algorithm>
#include <utility>

namespace backstop::engine {
namespace {

/// Identifiers begin above the numbers that callers make up.
constexpr JET_OSSNAPID kFirstId = 0x1000;

}  // namespace

SnapshotTable::SnapshotTable(env::Env& env, const Dialect& dialect)
    : env_(env),
      dialect_(dialect),
      mutex_(env, "snapshots"),
      changed_(env, "snapshots changed"),
      last_id_(kFirstId) {}

SnapshotTable::Session* SnapshotTable::Find(JET_OSSNAPID id) {
  const auto found =
      std::ranges::find_if(sessions_, [id](const auto& each) { return each->id == id; });
  return found == sessions_.end() ? nullptr : found->get();
}

SnapshotTable::Session* SnapshotTable::SessionOf(const Instance& instance) {
  for (const auto& session : sessions_) {
    for (const auto& member : session->members) {
      if (member.get() == &instance) return session.get();
    }
  }
  return nullptr;
}

void SnapshotTable::ExpireFreezes() {
  for (const auto& session : sessions_) {
    if (session->state == State::kFrozen && env_.NowMicros() >= session->until_micros) {
      Expire(*session);
    }
  }
}

void SnapshotTable::Expire(Session& session) {
  for (const auto& member : session.members) {
    member->backup().FinishSnapshot(Backup::SnapshotEnd::kUnstamped);
  }
  session.members.clear();
  session.state = State::kTimedOut;
  changed_.NotifyAll();
}

void SnapshotTable::WaitAWhile(env::MutexLock& lock, const Session& session) {
  if (session.state != State::kFrozen) {
    changed_.Wait(lock);
  } else {
    const uint64_t now = env_.NowMicros();
    if (now < session.until_micros) changed_.WaitFor(lock, session.until_micros - now);
  }
  ExpireFreezes();
}

void SnapshotTable::Forget(const Session& session) {
  std::erase_if(sessions_, [&session](const auto& each) { return each.get() == &session; });
  changed_.NotifyAll();
}

Err SnapshotTable::Prepare(JET_GRBIT grbit, const std::function<Members()>& initialized,
                           JET_OSSNAPID* id) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  if (!env_.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  auto session = std::make_unique<Session>();
  session->id = ++last_id_;
  session->flags = grbit;
  if ((grbit & JET_bitExplicitPrepare) == 0) {
    session->members = initialized();
    std::erase_if(session->members,
                  [this](const auto& each) { return SessionOf(*each) != nullptr; });
  }
  *id = session->id;
  sessions_.push_back(std::move(session));
  return JET_errSuccess;
}

Err SnapshotTable::PrepareInstance(JET_OSSNAPID id, std::shared_ptr<Instance> instance,
                                   JET_GRBIT grbit) {
  if (grbit != 0) return JET_errInvalidGrbit;
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = Find(id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  if (session->state != State::kPrepared) return JET_errOSSnapshotInvalidSequence;
  if (SessionOf(*instance) != nullptr || instance->backup().IsOccupied()) {
    return JET_errOSSnapshotNotAllowed;
  }
  session->members.push_back(std::move(instance));
  return JET_errSuccess;
}

Err SnapshotTable::Freeze(JET_OSSNAPID id, const std::function<bool()>& any_instance,
                          uint64_t timeout_micros, Members* members) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = Find(id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  if (session->state != State::kPrepared) return JET_errOSSnapshotInvalidSequence;
  if (!env_.Grants(env::Need::kThread)) return JET_errOutOfThreads;
  if (!env_.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  if (!any_instance()) return JET_errNotInitialized;
  const uint64_t until = env_.NowMicros() + timeout_micros;
  if (const Err err = FreezeMembers(*session, until); err < 0) {
    // A failure lets go of the instances (C-12).
    session->members.clear();
    changed_.NotifyAll();
    return err;
  }
  session->state = State::kFrozen;
  session->until_micros = until;
  *members = session->members;
  return JET_errSuccess;
}

Err SnapshotTable::FreezeMembers(Session& session, uint64_t until_micros) {
  Err err = JET_errSuccess;
  std::vector<Backup*> claimed;
  std::vector<Backup*> begun;
  for (const auto& member : session.members) {
    if (err = member->backup().ClaimForSnapshot(); err < 0) break;
    claimed.push_back(&member->backup());
  }
  if (err >= 0) err = CheckMembers(session);
  while (err >= 0 && !claimed.empty()) {
    err = claimed.back()->BeginSnapshot(session.flags, until_micros);
    if (err < 0) break;
    begun.push_back(claimed.back());
    claimed.pop_back();
  }
  if (err >= 0) return err;
  for (Backup* backup : claimed) backup->CancelSnapshot();
  for (Backup* backup : begun) backup->FinishSnapshot(Backup::SnapshotEnd::kUnstamped);
  return err;
}

/// One test of all instances after the other.
Err SnapshotTable::CheckMembers(const Session& session) {
  using Check = Err (Backup::*)();
  std::vector<Check> checks;
  if ((session.flags & JET_bitIncrementalSnapshot) != 0) {
    checks = {&Backup::CheckSnapshotHasBase, &Backup::CheckSnapshotHasOldLogs,
              &Backup::CheckSnapshotFollows};
  }
  checks.push_back(&Backup::CheckLogRuns);
  for (const Check check : checks) {
    for (const auto& member : session.members) {
      if (const Err err = (member->backup().*check)(); err < 0) return err;
    }
  }
  return JET_errSuccess;
}

Err SnapshotTable::GetMembers(JET_OSSNAPID id, Members* members) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  const Session* session = Find(id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  *members = session->members;
  return JET_errSuccess;
}

bool SnapshotTable::SomeMemberTerminates(const Session& session) const {
  return std::ranges::any_of(session.members, [](const auto& member) {
    return member->gate().standing() == ApiGate::Standing::kTerminating;
  });
}

SnapshotTable::Session* SnapshotTable::FindBehindTerm(env::MutexLock& lock, JET_OSSNAPID id) {
  ExpireFreezes();
  Session* session = Find(id);
  while (dialect_.term_waits_for_snapshot && session != nullptr &&
         session->state == State::kFrozen && SomeMemberTerminates(*session)) {
    WaitAWhile(lock, *session);
    session = Find(id);
  }
  return session;
}

Err SnapshotTable::Thaw(JET_OSSNAPID id) {
  env::MutexLock lock(mutex_);
  Session* session = FindBehindTerm(lock, id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  if (session->state != State::kFrozen && session->state != State::kTimedOut) {
    return JET_errOSSnapshotInvalidSequence;
  }
  const bool timed_out = session->state == State::kTimedOut;
  if (!Continues(*session)) {
    Finish(*session, timed_out ? Backup::SnapshotEnd::kUnstamped : Backup::SnapshotEnd::kStamped);
  } else if (!timed_out) {
    session->state = State::kThawed;
    for (const auto& member : session->members) member->backup().ThawSnapshot();
    changed_.NotifyAll();
  }
  return timed_out ? JET_errOSSnapshotTimeOut : JET_errSuccess;
}

void SnapshotTable::Finish(Session& session, Backup::SnapshotEnd end) {
  for (const auto& member : session.members) member->backup().FinishSnapshot(end);
  Forget(session);
}

Err SnapshotTable::CheckTruncation(JET_OSSNAPID id, JET_GRBIT grbit, Session** session) {
  if ((grbit & ~JET_bitAllDatabasesSnapshot) != 0) return JET_errInvalidGrbit;
  *session = Find(id);
  if (*session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  const State state = (*session)->state;
  const bool ready = state == State::kTruncated ||
                     (state == State::kThawed && ((*session)->flags & JET_bitCopySnapshot) == 0);
  return ready ? JET_errSuccess : JET_errOSSnapshotInvalidSequence;
}

Err SnapshotTable::TruncateLog(JET_OSSNAPID id, JET_GRBIT grbit) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = nullptr;
  if (const Err err = CheckTruncation(id, grbit, &session); err < 0) return err;
  session->state = State::kTruncated;
  for (const auto& member : session->members) {
    if (grbit == 0) break;
    if (const Err err = member->backup().TruncateLogOfSnapshot(); err < 0) return err;
  }
  return JET_errSuccess;
}

Err SnapshotTable::TruncateLogInstance(JET_OSSNAPID id, const Instance& instance, JET_GRBIT grbit) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = nullptr;
  if (const Err err = CheckTruncation(id, grbit, &session); err < 0) return err;
  const auto member = std::ranges::find_if(
      session->members, [&instance](const auto& each) { return each.get() == &instance; });
  if (member == session->members.end()) return dialect_.truncation_of_stranger;
  session->state = State::kTruncated;
  return grbit == 0 ? JET_errSuccess : (*member)->backup().TruncateLogOfSnapshot();
}

Err SnapshotTable::End(JET_OSSNAPID id, JET_GRBIT grbit) {
  if ((grbit & ~JET_bitAbortSnapshot) != 0) return JET_errInvalidGrbit;
  const bool abort = grbit != 0;
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = Find(id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  const State state = session->state;
  if (!abort && (state == State::kFrozen || state == State::kTimedOut)) {
    return JET_errOSSnapshotInvalidSequence;
  }
  EndSession(*session, abort);
  return JET_errSuccess;
}

Err SnapshotTable::Abort(JET_OSSNAPID id) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  Session* session = Find(id);
  const bool frozen = session != nullptr && session->state == State::kFrozen;
  session = FindBehindTerm(lock, id);
  if (session == nullptr) return JET_errOSSnapshotInvalidSnapId;
  const bool overtaken = frozen && session->state == State::kTimedOut && !Continues(*session);
  EndSession(*session, true);
  return overtaken ? JET_errOSSnapshotTimeOut : JET_errSuccess;
}

void SnapshotTable::EndSession(Session& session, bool abort) {
  if (session.state == State::kPrepared && dialect_.prepared_snapshot_ends_backups) {
    for (const auto& member : session.members) member->backup().TearDown();
  }
  const bool stamps_abort =
      session.state == State::kFrozen && !Continues(session) && dialect_.snapshot_abort_stamps;
  Finish(session,
         !abort || stamps_abort ? Backup::SnapshotEnd::kStamped : Backup::SnapshotEnd::kUnstamped);
}

void SnapshotTable::Leave(const Instance& instance) {
  env::MutexLock lock(mutex_);
  Session* session = SessionOf(instance);
  if (session == nullptr) return;
  std::erase_if(session->members,
                [&instance](const auto& each) { return each.get() == &instance; });
  changed_.NotifyAll();
}

void SnapshotTable::WaitUntilThawed(const Instance& instance) {
  env::MutexLock lock(mutex_);
  ExpireFreezes();
  for (const Session* session = SessionOf(instance); session != nullptr;
       session = SessionOf(instance)) {
    WaitAWhile(lock, *session);
  }
}

}  // namespace backstop::engine
