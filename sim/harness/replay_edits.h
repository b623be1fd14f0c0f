// SPDX-License-Identifier: MIT
// Schedules beside a given one: one switch or fault taken away, or made a little earlier or later.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/scheduler/recorded.h"

namespace backstop::harness {

/// A run as answers, those of switches and those of draws apart: when a switch is moved, the faults
/// that were drawn stay.
struct SplitAnswers {
  sched::Answers switches;
  sched::Answers draws;
};

/// The answers that lead to the run with these decisions.
SplitAnswers Split(const std::vector<sched::Decision>& decisions);

/// Gives them.
class SplitRecorded : public sched::Strategy {
 public:
  void SetAnswers(const SplitAnswers& answers) {
    switches_.SetAnswers(answers.switches);
    draws_.SetAnswers(answers.draws);
  }

  const char* name() const override { return "recorded"; }
  void Begin(unsigned tasks) override {
    switches_.Begin(tasks);
    draws_.Begin(tasks);
  }
  sched::TaskId Switch(const sched::SwitchQuestion& question) override {
    return switches_.Switch(question);
  }
  uint32_t Draw(const sched::DrawQuestion& question) override { return draws_.Draw(question); }

 private:
  sched::Recorded switches_;
  sched::Recorded draws_;
};

/// The questions whose answer is not the default: switches, faults, power cuts.
std::vector<size_t> Decided(const sched::Answers& answers);

/// The default takes the place of the answer to that question.
sched::Answers Without(const sched::Answers& answers, size_t question);

/// Moves the answer to that question, and all after it, by so many questions: later, or earlier if
/// `*by` is negative. Earlier at most by as many as have the default answer right before it; `*by`
/// becomes what was possible.
sched::Answers Moved(const sched::Answers& answers, size_t question, int* by);

/// Every switch moved by up to `reach` questions, the nearest first.
std::vector<SplitAnswers> Neighbours(const SplitAnswers& answers, unsigned reach);

}  // namespace backstop::harness
