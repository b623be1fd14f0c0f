// SPDX-License-Identifier: MIT
// Each invariant as a property: RapidCheck draws a program and the seeds of some schedules, and the
// law holds on every run. The campaigns of `backstop run` do the same for longer.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/harness/campaign.h"
#include "sim/harness/invariants/invariant.h"
#include "sim/scheduler/random.h"

namespace backstop::harness {

void PrintTo(const Invariant& invariant, std::ostream* out) { *out << invariant.id; }

void showValue(const Program& program, std::ostream& out) {
  out << ToText(program.setup);
  for (const auto& thread : program.threads) {
    out << "\n  thread";
    for (const ProgramCall& call : thread) out << "\n    " << ToText(call);
  }
}

}  // namespace backstop::harness

namespace backstop::properties {
namespace {

using harness::Program;

constexpr int kSchedules = 10;

/// Runs drawn programs and hands every finished run to `holds`.
class Runs {
 public:
  Runs() : api_(harness::BuiltinJetApi("engine")), runner_(api_, {}) {}

  template <class Holds>
  bool AllSatisfy(const std::string& law, Holds holds) {
    return rc::check(law, [&](uint64_t seed) {
      const Program program = *harness::ArbitraryProgram({});
      for (uint32_t i = 0; i < kSchedules; ++i) {
        const harness::RunResult run =
            runner_.Run(program, portfolio_.Prepare(harness::PortfolioSchedule(seed, i, 100)));
        RC_ASSERT(run.set_up);
        RC_ASSERT(holds(run, runner_));
      }
    });
  }

 private:
  const harness::JetApi api_;
  harness::Runner runner_;
  harness::Portfolio portfolio_;
};

class EveryRun : public ::testing::TestWithParam<harness::Invariant> {};

TEST_P(EveryRun, Keeps) {
  const harness::Invariant law = GetParam();
  Runs runs;
  EXPECT_TRUE(runs.AllSatisfy(std::string(law.id) + ": " + law.sentence,
                              [&](const harness::RunResult& run, const harness::Runner&) {
                                const auto broken = harness::FirstBroken(*run.history, law.id);
                                return !broken.has_value();
                              }));
}

INSTANTIATE_TEST_SUITE_P(Law, EveryRun, ::testing::ValuesIn(harness::Invariants()),
                         [](const auto& info) {
                           std::string name = info.param.id;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(EveryRun, INV_52_IsLinearizableAndINV_53_Live) {
  Runs runs;
  harness::Checker checker;
  EXPECT_TRUE(runs.AllSatisfy(
      "INV-52, INV-53: some order of the calls explains every run, and every call returns",
      [&](const harness::RunResult& run, const harness::Runner& runner) {
        return !checker.Check(run, runner.scheduler(), nullptr).has_value();
      }));
}

}  // namespace
}  // namespace backstop::properties
