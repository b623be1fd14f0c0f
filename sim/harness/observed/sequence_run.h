// SPDX-License-Identifier: MIT
// The two threads that make the steps of one sequence, in whatever world.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/observed/async_plan.h"
#include "sim/harness/observed/player.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// What became of the steps of a sequence.
struct EngineRun {
  /// By step; nothing for steps that were not made.
  std::vector<std::optional<StepResult>> results;
  /// Why the run ended before its last step; empty if it did not.
  std::string stopped;
};

/// Runs a sequence on an engine: its first `count` steps.
using RunSequence = std::function<EngineRun(const Sequence& sequence, size_t count)>;

/// Called with every result when its step has been made.
using ResultSink = std::function<void(size_t index, const StepResult& result)>;

/// Told what becomes of the steps, by a world that can do something to them.
class StepWatch {
 public:
  virtual ~StepWatch() = default;
  /// An environment step: the call after it is to meet it. Whoever watches gives the result.
  virtual void Arrange(size_t index, const Step& step) = 0;
  /// Another thread has been given the call of `line`.
  virtual void Posted(const Step& line) = 0;
  /// The step at which the call of the other thread returns has been reached.
  virtual void Released() = 0;
  /// A call, or the wait for the other thread, is over.
  virtual void Returned(size_t index) = 0;
};

/// RunMain and RunOther are the bodies of two threads of that world; the second is needed only if
/// NeedsOther.
class SequenceRun {
 public:
  SequenceRun(const harness::JetApi& api, env::Env& env, const Sequence& sequence, size_t count,
              ResultSink sink);
  ~SequenceRun();

  /// Before RunMain; `watch` must outlive the run.
  void SetWatch(StepWatch* watch) { watch_ = watch; }

  bool NeedsOther() const { return plan_.Any(); }
  void RunMain();
  void RunOther();
  /// The handle of the instance that a step names.
  JET_INSTANCE InstanceOf(const Step& step) const { return player_.InstanceOf(step); }
  /// What RunMain could not do; empty if it could.
  const std::string& failure() const { return failure_; }

 private:
  class Mailbox;

  void RunStep(size_t index);
  void MakeStep(size_t index, const Step& step);

  const Sequence sequence_;
  const size_t count_;
  const AsyncPlan plan_;
  Player player_;
  std::unique_ptr<Mailbox> mailbox_;
  ResultSink sink_;
  StepWatch* watch_ = nullptr;
  std::string failure_;
};

}  // namespace backstop::observed
