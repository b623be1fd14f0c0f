// SPDX-License-Identifier: MIT
#include "sim/harness/replay_edits.h"

#include <algorithm>

namespace backstop::harness {
namespace {

using Offset = sched::Answers::difference_type;

/// How many questions right before this one have the default answer.
size_t FreeBefore(const sched::Answers& answers, size_t question) {
  size_t free = 0;
  while (free < question && answers[question - free - 1] == 0) ++free;
  return free;
}

}  // namespace

std::vector<size_t> Decided(const sched::Answers& answers) {
  std::vector<size_t> decided;
  for (size_t question = 0; question < answers.size(); ++question) {
    if (answers[question] != 0) decided.push_back(question);
  }
  return decided;
}

Edit Without(const sched::Answers& answers, size_t question) {
  Edit edit{.answers = answers, .question = question};
  edit.answers[question] = 0;
  return edit;
}

Edit Moved(const sched::Answers& answers, size_t question, int by) {
  Edit edit{.answers = answers, .question = question, .moved = by};
  const auto at = edit.answers.begin() + static_cast<Offset>(question);
  if (by > 0) {
    edit.answers.insert(at, static_cast<size_t>(by), 0);
  } else {
    const auto free = static_cast<int>(FreeBefore(answers, question));
    edit.moved = -std::min(-by, free);
    edit.answers.erase(at + edit.moved, at);
  }
  return edit;
}

std::vector<Edit> Neighbours(const sched::Answers& answers, unsigned reach) {
  std::vector<Edit> edits;
  const std::vector<size_t> decided = Decided(answers);
  for (int by = 1; by <= static_cast<int>(reach); ++by) {
    for (const size_t question : decided) {
      edits.push_back(Moved(answers, question, by));
      Edit earlier = Moved(answers, question, -by);
      if (earlier.moved == -by) edits.push_back(std::move(earlier));
    }
  }
  return edits;
}

}  // namespace backstop::harness
