// SPDX-License-Identifier: MIT
// Operating system threads that take turns: the other carrier of tasks beside fibers. Three hundred
// times slower; for debuggers, for tools that do not know fibers, and as a second opinion.
#pragma once

#include <memory>

namespace backstop::sched {

/// One of several threads of which one runs at a time.
class ThreadBaton {
 public:
  /// The thread of the caller, which runs.
  ThreadBaton();
  /// A new thread, which begins `body` at its first turn. `body` must not return.
  ThreadBaton(void (*body)(void*), void* argument);
  /// Ends the thread if it waits for its turn, by an exception that passes through `body`.
  ~ThreadBaton();
  ThreadBaton(const ThreadBaton&) = delete;
  ThreadBaton& operator=(const ThreadBaton&) = delete;

  /// Gives the turn to `next`. Called on this thread; returns when it gets the turn again.
  void HandTo(ThreadBaton& next);

  /// The thread stands in the middle of something and will never get another turn: it is left
  /// waiting until the process ends.
  void Abandon();

 private:
  struct Shared;
  struct Ended {};
  static void Await(Shared& shared);

  std::shared_ptr<Shared> shared_;
};

}  // namespace backstop::sched
