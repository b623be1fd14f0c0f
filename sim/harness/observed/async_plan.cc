// SPDX-License-Identifier: MIT
#include "sim/harness/observed/async_plan.h"

namespace backstop::observed {
namespace {

std::optional<size_t> FindRecord(const Sequence& sequence, size_t start) {
  const Step& async = sequence.steps[start];
  const std::optional<Step> call = ParseLine(async.Text("line"));
  for (size_t i = start + 1; call && i < sequence.steps.size(); ++i) {
    const Step& step = sequence.steps[i];
    if (step.call == "join" && step.Text("id") == async.Text("id")) break;
    if (step.call == call->call && step.args == call->args) return i;
  }
  return std::nullopt;
}

}  // namespace

AsyncPlan::AsyncPlan(const Sequence& sequence) : is_record_(sequence.steps.size()) {
  for (size_t i = 0; i < sequence.steps.size(); ++i) {
    if (sequence.steps[i].call != "async") continue;
    const std::optional<size_t> record = FindRecord(sequence, i);
    recorded_at_[i] = record;
    if (record) is_record_[*record] = true;
  }
}

}  // namespace backstop::observed
