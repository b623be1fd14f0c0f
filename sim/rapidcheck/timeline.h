// SPDX-License-Identifier: MIT
// A concurrent run as text: one column a branch, every switch with its reason.
#pragma once

#include <string>
#include <vector>

#include "sim/scheduler/scheduler.h"

namespace backstop::parallel {

/// Something that a branch said while it ran.
struct Said {
  unsigned branch = 0;
  std::string text;
};

/// Draws what branches say in the order in which they say it.
std::string RenderColumns(const std::vector<Said>& said, unsigned branches, unsigned width = 28);

/// Follows another strategy and notes its switches among what is said.
class NoteSwitches : public sched::Strategy {
 public:
  NoteSwitches(sched::Strategy& strategy, std::vector<Said>& said)
      : strategy_(strategy), said_(said) {}

  const char* name() const override { return strategy_.name(); }
  void Begin(unsigned tasks) override { strategy_.Begin(tasks); }
  sched::TaskId Switch(const sched::SwitchQuestion& question) override;
  uint32_t Draw(const sched::DrawQuestion& question) override { return strategy_.Draw(question); }

 private:
  sched::Strategy& strategy_;
  std::vector<Said>& said_;
};

}  // namespace backstop::parallel
