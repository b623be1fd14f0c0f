// SPDX-License-Identifier: MIT
// How a data call of a backup is admitted; for the files that implement Backup.
#pragma once

#include "impl/engine/backup.h"

namespace backstop::engine {

template <class Pending>
Err Backup::Admit(env::MutexLock& lock, Caller caller, Pending pending) {
  for (;;) {
    if (const Err err = Admitted(caller); err < 0) return err;
    if (!pending()) return JET_errSuccess;
    changed_.Wait(lock);
  }
}

}  // namespace backstop::engine
