// SPDX-License-Identifier: MIT
#include "sim/rapidcheck/timeline.h"

namespace backstop::parallel {

sched::TaskId NoteSwitches::Switch(const sched::SwitchQuestion& question) {
  const sched::TaskId next = strategy_.Switch(question);
  if (question.current == sched::kNoTask || next == question.current) return next;
  const sched::Scheduler& scheduler = *question.scheduler;
  if (!scheduler.Finished(question.current)) {
    const char* why = question.current_enabled ? "~ switched before " : "~ waits at ";
    const std::string object = scheduler.ObjectName(question.at.object);
    said_.push_back({question.current, std::string(why) + sched::PointKindName(question.at.kind) +
                                           (object.empty() ? "" : " " + object)});
  }
  return next;
}

std::string RenderColumns(const std::vector<Said>& said, unsigned branches, unsigned width) {
  std::string text;
  for (unsigned i = 0; i < branches; ++i) {
    std::string head = "branch " + std::to_string(i);
    head.resize(width, ' ');
    text += head;
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text += "\n";
  for (const Said& line : said) text += std::string(line.branch * width, ' ') + line.text + "\n";
  return text;
}

}  // namespace backstop::parallel
