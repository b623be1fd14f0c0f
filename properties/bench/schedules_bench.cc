// SPDX-License-Identifier: MIT
// Complete schedules a second, 3 threads of 4 calls on the real engine, and where their time goes:
// the same run without checking, and without anything but setup and epilogue.
#include <benchmark/benchmark.h>

#include "sim/harness/campaign.h"

namespace backstop::bench {
namespace {

using harness::Program;

constexpr uint32_t kPrograms = 64;
constexpr harness::GenerateOptions kThreeByFour{.threads = 3, .calls = 4};

/// Programs and schedules in turn, so that a figure is a mean over many programs.
class Work {
 public:
  Work() : api_(harness::BuiltinJetApi("engine")), runner_(api_, {}) {
    for (uint32_t seed = 0; seed < kPrograms; ++seed) {
      programs_.push_back(harness::DrawProgram(kThreeByFour, seed));
      empty_.push_back(programs_.back());
      for (auto& thread : empty_.back().threads) thread.clear();
    }
  }

  harness::RunResult Run(const std::vector<Program>& programs) {
    const uint32_t number = next_++;
    const auto spec = harness::PortfolioSchedule(number, number, 100);
    return runner_.Run(programs[number % kPrograms], portfolio_.Prepare(spec));
  }
  const std::vector<Program>& programs() const { return programs_; }
  const std::vector<Program>& empty() const { return empty_; }
  const sched::Scheduler& scheduler() const { return runner_.scheduler(); }

 private:
  const harness::JetApi api_;
  harness::Runner runner_;
  harness::Portfolio portfolio_;
  std::vector<Program> programs_;
  std::vector<Program> empty_;
  uint32_t next_ = 0;
};

void SetupAndEpilogue(benchmark::State& state) {
  Work work;
  for (auto _ : state) benchmark::DoNotOptimize(work.Run(work.empty()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(SetupAndEpilogue);

void RunOnly(benchmark::State& state) {
  Work work;
  for (auto _ : state) benchmark::DoNotOptimize(work.Run(work.programs()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RunOnly);

void RunAndCheck(benchmark::State& state) {
  Work work;
  harness::Checker checker;
  harness::Coverage coverage;
  for (auto _ : state) {
    const harness::RunResult run = work.Run(work.programs());
    benchmark::DoNotOptimize(checker.Check(run, work.scheduler(), &coverage));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RunAndCheck);

}  // namespace
}  // namespace backstop::bench
