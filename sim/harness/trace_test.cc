// SPDX-License-Identifier: MIT
#include "sim/harness/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "sim/harness/generate.h"
#include "sim/harness/trace_words.h"

namespace backstop::harness {
namespace {

using ::testing::HasSubstr;

sched::ReplayEntry SomeSwitch() {
  return {.is_switch = true,
          .task = "T0",
          .mark = 2,
          .occurrence = 1,
          .kind = sched::PointKind::kLock,
          .object = "backup changed",
          .chosen = "T1"};
}

sched::ReplayEntry SomeDraw() {
  return {.is_switch = false,
          .task = "T1",
          .mark = 0,
          .occurrence = 3,
          .label = "read-fault",
          .answer = 2};
}

Trace SomeTrace() {
  Trace trace;
  trace.made_by = {.engine = "engine", .build = "0123456789ab"};
  trace.program = DrawProgram({.threads = 2, .calls = 3}, 7);
  trace.schedule = std::vector<sched::ReplayEntry>{SomeSwitch(), SomeDraw()};
  trace.rule = "INV-01";
  trace.text = "after a stop, every data call fails";
  trace.hash = 0x0123456789abcdef;
  trace.origin = "version=1 seed=0x7";
  trace.results = {"T0 call 0 JetStopBackupInstance() = JET_errSuccess [STOP-1] ready"};
  return trace;
}

void ExpectEqual(const Trace& a, const Trace& b) {
  EXPECT_EQ(a.made_by, b.made_by);
  EXPECT_EQ(a.program, b.program);
  EXPECT_EQ(a.schedule, b.schedule);
  EXPECT_EQ(a.rule, b.rule);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.hash, b.hash);
  EXPECT_EQ(a.origin, b.origin);
  EXPECT_EQ(a.results, b.results);
}

/// The whole text with the first line that starts with `start` replaced.
std::string WithLine(std::string text, const std::string& start, const std::string& line) {
  const size_t at = text.find(start);
  const size_t end = text.find('\n', at);
  return text.replace(at, end - at, line);
}

std::string ErrorOf(const std::string& text) {
  Trace trace;
  std::string error;
  return ParseTrace(text, &trace, &error) ? "accepted" : error;
}

TEST(Trace, WhatIsWrittenReadsBackEqual) {
  Trace read;
  std::string error;
  ASSERT_TRUE(ParseTrace(WriteTrace(SomeTrace()), &read, &error)) << error;
  ExpectEqual(SomeTrace(), read);
}

TEST(Trace, EveryDrawnProgramReadsBackEqual) {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    Trace trace = SomeTrace();
    trace.program = DrawProgram({}, seed);
    trace.schedule = ScheduleSpec{.kind = StrategyKind::kPct3, .steps = 77, .seed = seed * seed};
    Trace read;
    std::string error;
    ASSERT_TRUE(ParseTrace(WriteTrace(trace), &read, &error)) << error << WriteTrace(trace);
    ASSERT_NO_FATAL_FAILURE(ExpectEqual(trace, read)) << WriteTrace(trace);
  }
}

TEST(Trace, TheTraceOfARunningScheduleIsWhole) {
  const ScheduleSpec spec{.kind = StrategyKind::kRandom, .steps = 12, .seed = 99};
  const TraceParts parts = WriteRunningTrace({"engine", "b"}, SomeTrace().program, spec);
  Trace read;
  std::string error;
  ASSERT_TRUE(ParseTrace(parts.before + parts.schedule + parts.after, &read, &error)) << error;
  EXPECT_EQ(std::get<ScheduleSpec>(read.schedule), spec);
  EXPECT_EQ(read.rule, "");
}

TEST(Trace, EveryPrefixIsRefusedWithItsLine) {
  const std::string text = WriteTrace(SomeTrace());
  for (size_t length = 0; length + 1 < text.size(); ++length) {
    const std::string error = ErrorOf(text.substr(0, length));
    ASSERT_THAT(error, HasSubstr("line ")) << "cut after " << length << " bytes";
  }
}

TEST(Trace, AnyFlippedByteIsRefusedOrReadsAsAnotherTrace) {
  const std::string text = WriteTrace(SomeTrace());
  for (size_t at = 0; at < text.size(); ++at) {
    for (const unsigned char mask : {0x01, 0x20, 0x80}) {
      std::string garbled = text;
      garbled[at] = static_cast<char>(garbled[at] ^ mask);
      Trace read;
      std::string error;
      if (!ParseTrace(garbled, &read, &error)) {
        ASSERT_THAT(error, HasSubstr("line "));
      }
    }
  }
}

TEST(Trace, ATraceWithoutResultsIsWholeToo) {
  Trace trace = SomeTrace();
  trace.origin.clear();
  trace.results.clear();
  Trace read;
  std::string error;
  ASSERT_TRUE(ParseTrace(WriteTrace(trace), &read, &error)) << error;
  ExpectEqual(trace, read);
}

TEST(Trace, ADecisionIsFoundByItsLine) {
  const std::string text = WriteTrace(SomeTrace());
  Trace read;
  std::string error;
  ASSERT_TRUE(ParseTrace(text, &read, &error)) << error;
  std::istringstream lines(text);
  std::string line;
  for (size_t number = 0; number < read.decisions_at; ++number) std::getline(lines, line);
  EXPECT_TRUE(line.starts_with("  switch ")) << line;
}

TEST(Trace, ANewerVersionIsRefused) {
  EXPECT_THAT(ErrorOf(WithLine(WriteTrace(SomeTrace()), "backstop-trace", "backstop-trace 2")),
              HasSubstr("line 1: version 2 is not supported"));
}

TEST(Trace, AnythingElseIsNoTrace) {
  EXPECT_THAT(ErrorOf("#!/bin/sh\n"), HasSubstr("line 1: this is not a backstop trace"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("line 1"));
  EXPECT_THAT(ErrorOf(std::string(100'000, 'x')), HasSubstr("longer than any trace line"));
  EXPECT_THAT(ErrorOf(std::string("backstop-trace 1\0x\n", 19)), HasSubstr("control character"));
}

TEST(Trace, BehindTheEndThereAreOnlyEmptyLines) {
  const std::string text = WriteTrace(SomeTrace());
  EXPECT_EQ(ErrorOf(text + "\n\n\n"), "accepted");
  EXPECT_THAT(ErrorOf(text + "\nend\n"), HasSubstr("there is something behind 'end'"));
  EXPECT_THAT(ErrorOf(text + text), HasSubstr("there is something behind 'end'"));
}

TEST(Trace, OtherEncodingsAreRefused) {
  std::string text = WriteTrace(SomeTrace());
  EXPECT_EQ(ErrorOf(WithLine(text, "text ", "text caf\xc3\xa9")), "accepted");
  EXPECT_THAT(ErrorOf(WithLine(text, "text ", "text caf\xe9")), HasSubstr("is not UTF-8"));
  EXPECT_THAT(ErrorOf(WithLine(text, "engine ", "engine e\r")), HasSubstr("line 2: the line ends"));
}

TEST(Trace, AnUnknownCallIsNamed) {
  EXPECT_THAT(ErrorOf(WithLine(WriteTrace(SomeTrace()), "  Jet", "  JetFormatDisk")),
              HasSubstr("no call is named 'JetFormatDisk'"));
}

TEST(Trace, TooManyThreadsOrCallsAreRefused) {
  Trace trace = SomeTrace();
  trace.program.threads.assign(kMaxThreads + 1, {ProgramCall{}});
  EXPECT_THAT(ErrorOf(WriteTrace(trace)), HasSubstr("at most 4 threads"));
  trace.program.threads.assign(1, std::vector<ProgramCall>(kMaxCallsPerThread + 1));
  EXPECT_THAT(ErrorOf(WriteTrace(trace)), HasSubstr("at most 64 calls"));
}

TEST(TraceWords, EveryNameSurvives) {
  for (const std::string name : {"", "-", "a b", "100%", "T0", "\xc3\xa9", "%2d"}) {
    std::string back = "garbage";
    const std::string word = Escape(name);
    EXPECT_EQ(word.find(' '), std::string::npos) << word;
    ASSERT_TRUE(Unescape(word, &back)) << word;
    EXPECT_EQ(back, name);
  }
}

}  // namespace
}  // namespace backstop::harness
