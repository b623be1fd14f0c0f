// SPDX-License-Identifier: MIT
// INV-03 and INV-04 as they are written: with the extra stops and without them, all other calls
// give the same codes.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/harness/campaign.h"

namespace backstop::properties {
namespace {

using harness::Program;
using harness::ProgramCall;
using model::Op;

ProgramCall StopCall(model::InstanceRef instance) {
  ProgramCall call;
  call.op = Op::kStopBackup;
  call.instance = instance;
  return call;
}

/// A sequential program without stops whose handle is bad.
Program DrawSequential() {
  Program program = *harness::ArbitraryProgram({.threads = 1, .faults = harness::Faults::kNone});
  std::erase_if(program.threads[0], [](const ProgramCall& call) {
    return call.op == Op::kStopBackup &&
           (call.legacy || call.instance != model::InstanceRef::kFirst);
  });
  return program;
}

/// A stop with a handle that never works goes before every call.
Program WithFailingStops(const Program& program) {
  Program more = program;
  more.threads[0].clear();
  for (const ProgramCall& call : program.threads[0]) {
    more.threads[0].push_back(StopCall(model::InstanceRef::kBogus));
    more.threads[0].push_back(call);
  }
  return more;
}

/// Every stop is made twice.
Program WithDoubledStops(const Program& program) {
  Program more = program;
  more.threads[0].clear();
  for (const ProgramCall& call : program.threads[0]) {
    if (call.op == Op::kStopBackup) more.threads[0].push_back(call);
    more.threads[0].push_back(call);
  }
  return more;
}

/// The codes of all calls but the stops.
std::vector<model::Err> CodesOf(const harness::JetApi& api, const Program& program) {
  harness::Runner runner(api, {});
  sched::Recorded in_order;
  const harness::RunResult run = runner.Run(program, in_order);
  std::vector<model::Err> codes;
  for (const model::HistoryCall& call : run.history->calls) {
    if (call.call.op != Op::kStopBackup) codes.push_back(call.outcome.err);
  }
  return codes;
}

template <class Change>
bool ChangesNothing(const std::string& law, const harness::JetApi& api, Change change) {
  return rc::check(law, [&] {
    const Program program = DrawSequential();
    // In one-instance mode every handle is good.
    RC_PRE(!program.setup.one_instance && !program.Uses(Op::kInit));
    RC_ASSERT(CodesOf(api, program) == CodesOf(api, change(program)));
  });
}

TEST(StopDifferential, AFailingStopChangesNothing) {
  const harness::JetApi api = harness::BuiltinJetApi("engine");
  EXPECT_TRUE(ChangesNothing("INV-03: a failing stop changes nothing", api, WithFailingStops));
}

TEST(StopDifferential, StoppingTwiceIsAsGoodAsOnce) {
  const harness::JetApi api = harness::BuiltinJetApi("engine");
  EXPECT_TRUE(ChangesNothing("INV-04: stop is idempotent", api, WithDoubledStops));
}

/// The instance of the run; set by the planted Begin.
JET_INSTANCE planted_instance = 0;
unsigned planted_stops = 0;

JET_ERR PlantedBegin(JET_INSTANCE instance, JET_GRBIT grbit) {
  planted_instance = instance;
  planted_stops = 0;
  return JetBeginExternalBackupInstance(instance, grbit);
}

JET_ERR StopThatStopsOthers(JET_INSTANCE instance) {
  const JET_ERR err = JetStopBackupInstance(instance);
  if (err < 0) JetStopBackupInstance(planted_instance);
  return err;
}

/// Only the first stop of a backup reaches it; the second ends it.
JET_ERR StopThatEndsTheSecondTime(JET_INSTANCE instance) {
  const JET_ERR err = JetStopBackupInstance(instance);
  if (err >= 0 && ++planted_stops == 2) {
    JetEndExternalBackupInstance2(instance, JET_bitBackupEndAbort);
  }
  return err;
}

harness::JetApi Planted(decltype(&JetStopBackupInstance) stop) {
  harness::JetApi api = harness::BuiltinJetApi("planted");
  api.JetBeginExternalBackupInstance = &PlantedBegin;
  api.JetStopBackupInstance = stop;
  return api;
}

Program BackupWithStop(bool stop) {
  Program program;
  program.setup.start = harness::Start::kReady;
  ProgramCall begin;
  begin.op = Op::kBeginExternalBackup;
  ProgramCall list;
  list.op = Op::kGetAttachInfo;
  program.threads = {{begin, list, list}};
  if (stop) program.threads[0].insert(program.threads[0].begin() + 1, StopCall({}));
  return program;
}

TEST(StopDifferential, SeesAStopThatFailsAndStopsOthers) {
  const harness::JetApi api = Planted(&StopThatStopsOthers);
  const Program program = BackupWithStop(false);
  EXPECT_NE(CodesOf(api, program), CodesOf(api, WithFailingStops(program)));
}

TEST(StopDifferential, SeesASecondStopThatDoesMore) {
  const harness::JetApi api = Planted(&StopThatEndsTheSecondTime);
  const Program program = BackupWithStop(true);
  EXPECT_NE(CodesOf(api, program), CodesOf(api, WithDoubledStops(program)));
}

}  // namespace
}  // namespace backstop::properties
