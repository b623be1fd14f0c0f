// SPDX-License-Identifier: MIT
#include "sim/harness/hash_check.h"

#include <fmt/format.h>

namespace backstop::harness {

bool HashCheck::Fails(std::string why) {
  why_ = std::move(why);
  return false;
}

bool HashCheck::Replays(const Runner& made, const Provenance& made_by, const Program& program,
                        const RunResult& run) {
  const Violation none{.rule = "nondeterminism", .signature = "", .text = "", .call = std::nullopt};
  trace_ = TraceOfLastRun(made, made_by, program, none, run.hash);
  Trace read;
  std::string error;
  if (!ParseTrace(WriteTrace(trace_), &read, &error)) {
    return Fails("the trace cannot be read: " + error);
  }
  TraceStrategy strategy(read);
  const RunResult again = runner_.Run(read.program, strategy.Prepare());
  const sched::Replay::Counts counts = strategy.counts();
  if (again.hash != run.hash) {
    return Fails(fmt::format("hash 0x{:016x}, and 0x{:016x} when replayed", run.hash, again.hash));
  }
  if (counts.lost + counts.resynchronised > 0) {
    return Fails(fmt::format("{} decisions of the trace came late or were lost",
                             counts.lost + counts.resynchronised));
  }
  return true;
}

}  // namespace backstop::harness
