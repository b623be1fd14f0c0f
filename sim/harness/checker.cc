// SPDX-License-Identifier: MIT
#include "sim/harness/checker.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "impl/esent.h"
#include "sim/harness/describe.h"
#include "sim/harness/invariants/invariant.h"

namespace backstop::harness {
namespace {

std::string Blame(const model::HistoryCall& call) {
  return fmt::format("{}: {} -> {}", ThreadText(call.thread), CallText(call.call),
                     OutcomeText(call));
}

Violation NotLive(const RunResult& run, const sched::Scheduler& scheduler) {
  const bool deadlock = run.status == sched::RunStatus::kDeadlock;
  return {
      .rule = "INV-53",
      .text = fmt::format("{}: {}", deadlock ? "deadlock" : "no progress", WaitsText(scheduler)),
      .call = std::nullopt};
}

/// A power cut may take what was not acknowledged, and nothing else.
std::optional<Violation> NotRestored(const RestartResult& restart) {
  if (restart.failure) {
    return Violation{
        .rule = "restart", .text = "after a power cut: " + *restart.failure, .call = std::nullopt};
  }
  if (!restart.loss.any()) return std::nullopt;
  const bool lost = restart.loss.lost > 0;
  return Violation{.rule = lost ? "lost-commit" : "resurrected",
                   .text = "after a power cut: " + restart.loss.text,
                   .call = std::nullopt};
}

std::string Signature(const Violation& violation, const History& history) {
  if (!violation.call) return violation.rule;
  const model::HistoryCall& call = history.calls[*violation.call];
  return fmt::format("{} {} {}", violation.rule, model::OpName(call.call.op), call.outcome.err);
}

bool IsOf(const model::Reaction& reaction, std::string_view clause) {
  return reaction.row != model::kNoRow && model::Rows()[reaction.row].clause == clause;
}

/// Whether the original engine would have read what nobody is bound to: in its one slot is what the
/// file before has left there if none is open, and it dies of reading a file that is neither a log
/// nor a database.
bool IsUnbound(const model::HistoryCall& read, const model::Reaction& reaction) {
  const bool refused = read.outcome.err == JET_errInvalidParameter;
  return IsOf(reaction, "READ-16") || (refused && IsOf(reaction, "READ-15"));
}

}  // namespace

model::LinearizeOptions OrderOptions(const History* const& history, bool ese) {
  if (!ese) return {};
  return {.dialect = &model::kEse,
          .pardons = [&history](uint32_t call, const model::Reaction& reaction) {
            return IsUnbound(history->calls[call], reaction);
          }};
}

Checker::Checker() : ese_(OrderOptions(judged_, true)) {}

std::optional<Violation> Checker::CheckOrder(const History& history, Coverage* coverage) {
  rows_.clear();
  states_.clear();
  judged_ = &history;
  const model::LinearizeResult result =
      (history.ese ? ese_ : strict_)
          .Check(history.initial, history.calls, coverage ? &rows_ : nullptr,
                 coverage ? &states_ : nullptr);
  if (result.verdict == model::Verdict::kUnknown) ++unknown_;
  if (result.verdict != model::Verdict::kViolation) return std::nullopt;
  Violation violation{
      .rule = "INV-52", .text = "no order of the calls explains the results", .call = std::nullopt};
  if (result.culprit) {
    violation.call = *result.culprit;
    violation.text +=
        fmt::format("; {}, where the specification allows {}",
                    Blame(history.calls[*result.culprit]), AllowedText(result.allowed));
  }
  return violation;
}

std::optional<Violation> Checker::Check(const RunResult& run, const sched::Scheduler& scheduler,
                                        Coverage* coverage) {
  std::optional<Violation> violation = Judge(run, scheduler, coverage);
  if (violation) violation->signature = Signature(*violation, *run.history);
  return violation;
}

std::optional<Violation> Checker::Judge(const RunResult& run, const sched::Scheduler& scheduler,
                                        Coverage* coverage) {
  if (run.status != sched::RunStatus::kCompleted) return NotLive(run, scheduler);
  if (const auto broken = FirstBroken(*run.history)) {
    return Violation{.rule = broken->invariant->id,
                     .text = fmt::format("{}; {}", broken->invariant->sentence,
                                         Blame(run.history->calls[broken->call])),
                     .call = broken->call};
  }
  if (run.breach) {
    return Violation{.rule = run.breach->rule, .text = run.breach->text, .call = run.breach->call};
  }
  if (auto violation = CheckOrder(*run.history, coverage)) return violation;
  if (coverage) {
    coverage->Add(FaultOf(run), rows_, states_);
    coverage->AddRun(run);
  }
  if (run.restart) return NotRestored(*run.restart);
  if (!run.leaked_files.empty()) {
    return Violation{.rule = "leak",
                     .text = fmt::format("files still open after the last instance ended: {}",
                                         fmt::join(run.leaked_files, ", ")),
                     .call = std::nullopt};
  }
  return std::nullopt;
}

}  // namespace backstop::harness
