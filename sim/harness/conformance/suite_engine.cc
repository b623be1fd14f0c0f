// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/suite_engine.h"

#include <bit>

#include "sim/harness/conformance/step_faults.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/world/sim_env.h"

namespace backstop::conformance {
namespace {

using observed::Step;
using observed::StepResult;

constexpr sched::TaskId kMain = 0;
constexpr sched::TaskId kOther = 1;

/// A termination looks at the backup when it has closed the entry gate; whatever else is met in its
/// call has entered it when it comes to a file.
bool HasEntered(const sched::SwitchQuestion& question) {
  switch (question.at.kind) {
    case sched::PointKind::kOpen:
    case sched::PointKind::kFileOp:
    case sched::PointKind::kRead:
    case sched::PointKind::kWrite:
      return true;
    case sched::PointKind::kLock:
      return question.scheduler->ObjectName(question.at.object) == std::string_view("backup");
    default:
      return false;
  }
}

/// A backup of logs alone calls no status function that could wait for others; it is met when it
/// reads the first log.
bool CopiesALog(const sched::SwitchQuestion& question) {
  const std::string_view name = question.scheduler->ObjectName(question.at.object);
  return question.at.kind == sched::PointKind::kRead && name.starts_with("edb0");
}

/// The other thread goes on as soon as it can; where it is to be met, only until it has entered its
/// call: there it holds no lock that others need.
class MeetsInCall : public sched::Strategy {
 public:
  const char* name() const override { return "other thread first, met in its call"; }
  void Begin(unsigned) override { holds_ = held_ = false; }
  sched::TaskId Switch(const sched::SwitchQuestion& question) override {
    const auto met = copies_logs_ ? &CopiesALog : &HasEntered;
    if (holds_ && question.current != kMain && met(question)) held_ = true;
    if (held_ && (question.enabled >> kMain & 1) != 0) return kMain;
    return static_cast<sched::TaskId>(std::bit_width(question.enabled) - 1);
  }
  uint32_t Draw(const sched::DrawQuestion&) override { return 0; }

  void Hold(bool copies_logs) {
    holds_ = true;
    copies_logs_ = copies_logs;
  }
  void Release() { holds_ = held_ = false; }

 private:
  bool holds_ = false;
  bool copies_logs_ = false;
  bool held_ = false;
};

}  // namespace

struct SuiteEngine::World : observed::EngineWorld, observed::StepWatch {
  World(sched::Scheduler& scheduler, const harness::JetApi& api, const engine::Dialect& dialect,
        const observed::Sequence& sequence, size_t count)
      : EngineWorld(scheduler, api, dialect, sequence, count),
        faults(env.disk()),
        sequence(sequence) {
    env.SetFaults(&faults);
    steps.SetWatch(this);
  }
  ~World() override { env.SetFaults(nullptr); }

  void Arrange(size_t index, const Step& step) override {
    StepResult& result = run.results[index].emplace();
    if (step.call == "fatal-error") return MakeUnavailable(step);
    const auto fault = observed::FindFault(step.call);
    if (!fault || !StepFaults::Has(*fault, CallAfter(index)) ||
        (*fault == model::Fault::kIo && ListsLogs(index + 1)) ||
        (*fault != model::Fault::kNone && MissesALog(index + 1))) {
      result.missing = step.call;
      return;
    }
    const bool of_other = observed::AsyncPlan(sequence).IsRecord(index + 1);
    faults.Arm(*fault, of_other ? kOther : kMain, CallAfter(index), ReachOf(index + 1));
    armed = index;
  }
  /// A log disk that is full before it is the cause.
  void MakeUnavailable(const Step& step) {
    const bool full = armed && faults.fault() == model::Fault::kLogDiskFull;
    process.MakeUnavailable(
        steps.InstanceOf(step),
        full ? JET_errInstanceUnavailableDueToFatalLogDiskFull : JET_errInstanceUnavailable);
    if (full) faults.Disarm();
    armed.reset();
  }
  /// All that a list of logs writes is the roll of the log, and its error is JET_errLogWriteFail.
  bool ListsLogs(size_t index) const {
    return index < sequence.steps.size() &&
           sequence.steps[index].call.find("LogInfo") != std::string::npos;
  }
  /// To the specification whatever refuses may be that a log is gone.
  bool MissesALog(size_t index) const {
    return index < sequence.steps.size() && sequence.steps[index].err == JET_errMissingFileToBackup;
  }
  /// The name of the call after an environment step.
  std::string CallAfter(size_t index) const {
    const bool any = index + 1 < sequence.steps.size();
    return any ? sequence.steps[index + 1].call : "";
  }
  /// A restore checks all that it is given before it changes anything.
  StepFaults::Reach ReachOf(size_t index) const {
    const bool restores = index < sequence.steps.size() &&
                          sequence.steps[index].call.starts_with("JetExternalRestore");
    return restores ? StepFaults::Reach::kSyncs : StepFaults::Reach::kAll;
  }
  void Posted(const Step& line) override {
    const bool copies_logs = line.call.starts_with("JetBackup") &&
                             (observed::Grbit(line) & JET_bitBackupIncremental) != 0;
    const bool is_met = line.call.starts_with("JetInit") || line.call.starts_with("JetTerm") ||
                        line.call.starts_with("JetRestore") || copies_logs;
    if (is_met) strategy.Hold(copies_logs);
  }
  void Released() override { strategy.Release(); }
  void Returned(size_t) override {
    if (!armed) return;
    if (!faults.Disarm()) run.results[*armed]->missing = "unmet";
    armed.reset();
  }

  StepFaults faults;
  const observed::Sequence& sequence;
  MeetsInCall strategy;
  std::optional<size_t> armed;  ///< the environment step that is in force
};

observed::EngineRun SuiteEngine::Run(const observed::Sequence& sequence, size_t count) {
  return replay_.Run<World>(sequence, count);
}

}  // namespace backstop::conformance
