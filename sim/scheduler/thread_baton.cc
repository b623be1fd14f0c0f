// SPDX-License-Identifier: MIT
#include "sim/scheduler/thread_baton.h"

#include <semaphore>
#include <thread>

namespace backstop::sched {

/// Outlives its baton for as long as an abandoned thread waits on it.
struct ThreadBaton::Shared {
  std::binary_semaphore turn{0};
  bool ends = false;
  std::thread thread;
};

ThreadBaton::ThreadBaton() : shared_(std::make_shared<Shared>()) {}

ThreadBaton::ThreadBaton(void (*body)(void*), void* argument)
    : shared_(std::make_shared<Shared>()) {
  shared_->thread = std::thread([shared = shared_, body, argument] {
    try {
      Await(*shared);
      body(argument);
    } catch (const Ended&) {
    }
  });
}

ThreadBaton::~ThreadBaton() {
  if (!shared_->thread.joinable()) return;
  shared_->ends = true;
  shared_->turn.release();
  shared_->thread.join();
}

void ThreadBaton::Await(Shared& shared) {
  shared.turn.acquire();
  if (shared.ends) throw Ended{};
}

void ThreadBaton::HandTo(ThreadBaton& next) {
  // Kept here: whoever gets the turn may drop the baton.
  const std::shared_ptr<Shared> mine = shared_;
  next.shared_->turn.release();
  Await(*mine);
}

void ThreadBaton::Abandon() {
  if (shared_->thread.joinable()) shared_->thread.detach();
}

}  // namespace backstop::sched
