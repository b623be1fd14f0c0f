// SPDX-License-Identifier: MIT
#include "sim/harness/observed/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/harness/observed/compare.h"

namespace backstop::observed {
namespace {

/// How many steps there are before the first that is not judged.
size_t Judged(const std::vector<Skip>& skips) {
  return static_cast<size_t>(
      std::ranges::find_if(skips, [](Skip skip) { return skip != Skip::kNone; }) - skips.begin());
}

Disagreement Describe(const Sequence& sequence, size_t step, const Difference& difference) {
  return {.sequence = sequence.id,
          .step = step,
          .call = sequence.steps[step].call,
          .side = "engine",
          .what = difference.what,
          .recorded = difference.expected,
          .expected = difference.got};
}

void JudgeModel(const Sequence& sequence, const CheckSequence& model,
                const std::vector<Skip>& skips, Tally* tally) {
  const CheckStep check = model(sequence);
  bool agrees = true;
  const size_t count = Judged(skips);
  for (size_t i = 0; i < count; ++i) {
    std::optional<Disagreement> disagreement = check(i);
    if (Player::IsHarnessStep(sequence.steps[i])) continue;
    ++tally->model_checked;
    if (!disagreement) {
      ++tally->model_allowed;
    } else if (agrees) {
      agrees = false;
      tally->Add(std::move(*disagreement));
    }
  }
}

/// The steps that a run did not make, because it stopped or a function is missing.
void NoteEnd(const Sequence& sequence, const EngineRun& run, size_t step, bool agreed,
             Tally* tally) {
  ++tally->engine_checked;
  if (!agreed) return;
  tally->Add(Describe(sequence, step,
                      {.what = "end",
                       .expected = std::to_string(sequence.steps[step].err),
                       .got = run.stopped.empty() ? "the call was not made" : run.stopped}));
}

void JudgeEngine(const Sequence& sequence, const EngineRun& run, const std::vector<Skip>& skips,
                 Tally* tally) {
  Comparison comparison;
  bool agrees = true;
  const size_t count = Judged(skips);
  for (size_t i = 0; i < count; ++i) {
    if (Player::IsHarnessStep(sequence.steps[i])) continue;
    const std::optional<StepResult>& result = run.results[i];
    if (!result) return NoteEnd(sequence, run, i, agrees, tally);
    if (!result->missing.empty()) {
      tally->skipped[static_cast<size_t>(Skip::kMissingFunction)] += count - i;
      ++tally->missing[result->missing];
      return;
    }
    ++tally->engine_checked;
    const std::optional<Difference> difference = comparison.Next(sequence.steps[i], *result);
    if (!difference) {
      ++tally->engine_equal;
    } else if (agrees) {
      agrees = false;
      tally->Add(Describe(sequence, i, *difference));
    }
  }
}

}  // namespace

void JudgeSequence(const Sequence& sequence, const Sides& sides, Tally* tally) {
  ++tally->sequences;
  tally->steps += sequence.steps.size();
  const std::vector<Skip> for_model = SkipsOf(sequence, Side::kModel);
  const std::vector<Skip> for_engine = SkipsOf(sequence, Side::kEngine);
  for (size_t i = 0; i < sequence.steps.size(); ++i) {
    // The specification says nothing of files: an engine is asked about more than it is.
    const Skip skip = sides.engine ? for_engine[i] : for_model[i];
    if (skip != Skip::kNone) {
      ++tally->skipped[static_cast<size_t>(skip)];
    } else if (Player::IsHarnessStep(sequence.steps[i])) {
      ++tally->harness_steps;
    }
  }
  if (sides.model) JudgeModel(sequence, sides.model, for_model, tally);
  if (!sides.engine) return;
  JudgeEngine(sequence, sides.engine(sequence, Judged(for_engine)), for_engine, tally);
}

}  // namespace backstop::observed
