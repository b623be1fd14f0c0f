// SPDX-License-Identifier: MIT
// Runs told by a list of small numbers: what shrinkers and systematic searches work on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// Answers in normal form, one a question. For a switch 0 keeps the current task and k goes to the
/// k-th other enabled one in cyclic order after it; if the current task cannot go on, the others
/// count from 0. For a draw the number is the answer. Numbers are taken modulo the number of
/// possible answers, and past the end all are 0: so any list is a run, and making numbers smaller
/// or the list shorter takes switches and faults away.
using Answers = std::vector<uint32_t>;

/// Gives the answers of a list. Finds exactly the bug that the list leads to, and no other.
class Recorded : public Strategy {
 public:
  explicit Recorded(Answers answers = {}) : answers_(std::move(answers)) {}
  void SetAnswers(Answers answers) { answers_ = std::move(answers); }
  /// For edits in place between runs.
  Answers& answers() { return answers_; }
  /// Number of questions of the last run; may be beyond the end of the list.
  size_t asked() const { return next_; }

  const char* name() const override { return "recorded"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  uint32_t Next();

  Answers answers_;
  size_t next_ = 0;
};

/// The answers that lead to the run with these decisions, without trailing zeros.
Answers NormalForm(const std::vector<Decision>& decisions);

}  // namespace backstop::sched
