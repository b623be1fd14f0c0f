// SPDX-License-Identifier: MIT
#include "sim/harness/replay_edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace backstop::harness {
namespace {

using Offset = sched::Answers::difference_type;

sched::Answers AnswersOf(const std::vector<sched::Decision>& decisions, bool switches) {
  std::vector<sched::Decision> chosen;
  std::ranges::copy_if(decisions, std::back_inserter(chosen), [&](const sched::Decision& decision) {
    return decision.is_switch == switches;
  });
  return sched::NormalForm(chosen);
}

/// How many questions right before this one have the default answer.
size_t FreeBefore(const sched::Answers& answers, size_t question) {
  size_t free = 0;
  while (free < question && answers[question - free - 1] == 0) ++free;
  return free;
}

}  // namespace

SplitAnswers Split(const std::vector<sched::Decision>& decisions) {
  return {.switches = AnswersOf(decisions, true), .draws = AnswersOf(decisions, false)};
}

std::vector<size_t> Decided(const sched::Answers& answers) {
  std::vector<size_t> decided;
  for (size_t question = 0; question < answers.size(); ++question) {
    if (answers[question] != 0) decided.push_back(question);
  }
  return decided;
}

sched::Answers Without(const sched::Answers& answers, size_t question) {
  sched::Answers without = answers;
  without[question] = 0;
  return without;
}

sched::Answers Moved(const sched::Answers& answers, size_t question, int* by) {
  sched::Answers moved = answers;
  const auto at = moved.begin() + static_cast<Offset>(question);
  if (*by > 0) {
    moved.insert(at, static_cast<size_t>(*by), 0);
    return moved;
  }
  *by = std::max(*by, -static_cast<int>(FreeBefore(answers, question)));
  moved.erase(at + *by, at);
  return moved;
}

std::vector<SplitAnswers> Neighbours(const SplitAnswers& answers, unsigned reach) {
  std::vector<SplitAnswers> neighbours;
  const std::vector<size_t> decided = Decided(answers.switches);
  for (int distance = 1; distance <= static_cast<int>(reach); ++distance) {
    for (const size_t question : decided) {
      for (const int wanted : {distance, -distance}) {
        int by = wanted;
        sched::Answers moved = Moved(answers.switches, question, &by);
        if (by == wanted) neighbours.push_back({std::move(moved), answers.draws});
      }
    }
  }
  return neighbours;
}

}  // namespace backstop::harness
