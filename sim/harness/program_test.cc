// SPDX-License-Identifier: MIT
#include "sim/harness/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "sim/harness/generate.h"
#include "sim/harness/shrink.h"

namespace backstop::harness {
namespace {

using ::testing::HasSubstr;

TEST(Program, ASeedDrawsTheSameProgramEveryTime) {
  for (uint64_t seed = 0; seed < 50; ++seed)
    EXPECT_EQ(DrawProgram({}, seed), DrawProgram({}, seed));
}

/// Pins the generator: a campaign's seed must mean the same on every compiler and machine.
TEST(Program, TheProgramOfASeedIsKnown) {
  const Program program = DrawProgram({.threads = 2, .calls = 2}, 1);
  std::string text = ToText(program.setup);
  for (const auto& thread : program.threads) {
    for (const ProgramCall& call : thread) text += "; " + ToText(call);
  }
  EXPECT_EQ(text,
            "mode=multi settings=default start=mid-read; JetEndExternalBackupInstance2 grbit=0x3; "
            "JetOpenFileInstance name=unknown; JetBeginTransaction; JetUpdate");
}

TEST(Program, ThreadsAndCallsAreExactWhenAsked) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Program program = DrawProgram({.threads = 3, .calls = 4}, seed);
    ASSERT_EQ(program.threads.size(), 3u);
    for (const auto& thread : program.threads) ASSERT_EQ(thread.size(), 4u);
  }
}

TEST(Program, EveryOperationAndStartIsDrawn) {
  std::set<model::Op> operations;
  std::set<Start> starts;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    const Program program = DrawProgram({}, seed);
    starts.insert(program.setup.start);
    for (const auto& thread : program.threads) {
      for (const ProgramCall& call : thread) operations.insert(call.op);
    }
  }
  EXPECT_EQ(operations.size(), kDrawnOps);
  EXPECT_EQ(starts.size(), static_cast<size_t>(Start::kCount));
}

TEST(Program, ShrinksAreNeverLonger) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const Program program = DrawProgram({}, seed);
    auto shrinks = ProgramShrinks(program);
    while (const auto simpler = shrinks.next()) {
      ASSERT_LE(simpler->CallCount(), program.CallCount());
      ASSERT_NE(*simpler, program);
    }
  }
}

TEST(Program, WrongArgumentsAreNamed) {
  ProgramCall call;
  std::string why;
  EXPECT_FALSE(Parse("JetReadFileInstance pages=many", &call, &why));
  EXPECT_THAT(why, HasSubstr("'pages=many' is not an argument of JetReadFileInstance"));
  EXPECT_FALSE(Parse("JetReadFileInstance pages", &call, &why));
  EXPECT_THAT(why, HasSubstr("not of the form key=value"));
  EXPECT_FALSE(Parse("JetReadFileInstance pages=65", &call, &why));
  harness::Setup setup;
  EXPECT_FALSE(Parse("mode=both", &setup, &why));
  EXPECT_THAT(why, HasSubstr("'mode=both'"));
}

}  // namespace
}  // namespace backstop::harness
