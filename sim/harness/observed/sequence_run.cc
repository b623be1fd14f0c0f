// SPDX-License-Identifier: MIT
#include "sim/harness/observed/sequence_run.h"

#include <fmt/format.h>

#include "sim/harness/observed/environment_steps.h"

namespace backstop::observed {

/// The call that another thread is to make.
class SequenceRun::Mailbox {
 public:
  explicit Mailbox(env::Env& env)
      : lock_(env.NewMutex("mailbox")), changed_(env.NewCondition("mailbox")) {}

  void Post(Step step, std::optional<size_t> index) {
    const Guard guard(*lock_);
    step_ = std::move(step);
    index_ = index;
    changed_->NotifyAll();
  }
  void WaitUntilDone() {
    const Guard guard(*lock_);
    while (step_) changed_->Wait(*lock_);
  }
  void Close() {
    const Guard guard(*lock_);
    closed_ = true;
    changed_->NotifyAll();
  }
  /// Takes calls until the box is closed and empty; `make` is called outside of the lock.
  template <class Make>
  void Serve(Make make) {
    while (std::optional<Step> step = Next()) {
      make(*step, index_);
      const Guard guard(*lock_);
      step_.reset();
      changed_->NotifyAll();
    }
  }

 private:
  class Guard {
   public:
    explicit Guard(env::MutexImpl& lock) : lock_(lock) { lock_.Lock(); }
    ~Guard() { lock_.Unlock(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    env::MutexImpl& lock_;
  };

  std::optional<Step> Next() {
    const Guard guard(*lock_);
    while (!step_ && !closed_) changed_->Wait(*lock_);
    return step_;
  }

  std::unique_ptr<env::MutexImpl> lock_;
  std::unique_ptr<env::ConditionImpl> changed_;
  std::optional<Step> step_;
  std::optional<size_t> index_;
  bool closed_ = false;
};

SequenceRun::SequenceRun(const harness::JetApi& api, env::Env& env, const Sequence& sequence,
                         size_t count, ResultSink sink)
    : sequence_(sequence),
      count_(count),
      plan_(sequence_),
      player_(api, env, sequence_),
      mailbox_(std::make_unique<Mailbox>(env)),
      sink_(std::move(sink)) {}

SequenceRun::~SequenceRun() = default;

void SequenceRun::RunMain() {
  const JET_ERR err = player_.Prepare();
  if (err < 0) failure_ = fmt::format("the settings cannot be made: error {}", err);
  for (size_t i = 0; err >= 0 && i < count_; ++i) RunStep(i);
  mailbox_->Close();
}

void SequenceRun::RunOther() {
  mailbox_->Serve([&](const Step& step, std::optional<size_t> index) {
    const StepResult result = player_.Play(step);
    if (index) sink_(*index, result);
  });
}

void SequenceRun::RunStep(size_t index) {
  const Step& step = sequence_.steps[index];
  if (plan_.IsRecord(index)) {
    // A termination that ends the call begins after the place of the record and waits for it.
    const bool ended_by_term = step.err == JET_errTermInProgress;
    if (watch_ != nullptr && !ended_by_term) watch_->Released();
    return;
  }
  if (watch_ != nullptr && IsEnvironmentStep(step.call)) return watch_->Arrange(index, step);
  MakeStep(index, step);
  if (watch_ != nullptr && step.call != "async") watch_->Returned(index);
}

void SequenceRun::MakeStep(size_t index, const Step& step) {
  if (step.call == "async") {
    const std::optional<Step> call = ParseLine(step.Text("line"));
    if (!call) return;
    if (watch_ != nullptr) watch_->Posted(*call);
    mailbox_->Post(*call, plan_.RecordOf(index));
  } else if (step.call == "join") {
    mailbox_->WaitUntilDone();
  } else {
    sink_(index, player_.Play(step));
  }
}

}  // namespace backstop::observed
