// SPDX-License-Identifier: MIT
// Short histories, written by hand: what is judged, and why.
#include "sim/harness/recorded_history/judge_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/recorded_history/composite_steps.h"
#include "sim/harness/recorded_history/history_report.h"

namespace backstop::recorded {
namespace {

using ::testing::HasSubstr;

observed::Step Made(const std::string& line, int32_t err, const std::string& out) {
  observed::Step step = *observed::ParseLine(line);
  step.err = err;
  step.out = nlohmann::json::parse(out);
  return step;
}

/// Writes a history down, call by call.
class Story {
 public:
  /// An instance with a database and, if asked for, a backup that has it open.
  explicit Story(bool open = false) {
    history_.id = "hand";
    Setup("JetCreateInstance2 as=i1 name=i1");
    Setup("JetInit3");
    Setup("JetBeginSession");
    Setup("JetCreateDatabase2 name=db1.edb");
    Setup("JetBeginExternalBackupInstance grbit=0");
    if (open) Setup("JetOpenFileInstance name=db1.edb", 0, R"({"h":0,"size":40960})");
  }
  Story& Setup(const std::string& line, int32_t err = 0, const std::string& out = "{}") {
    history_.setup.steps.push_back(Made(line, err, out));
    return *this;
  }
  Story& Call(uint32_t thread, uint64_t invoked, uint64_t returned, const std::string& line,
              int32_t err = 0, const std::string& out = "{}") {
    history_.calls.push_back({thread, invoked, returned, Made(line, err, out)});
    return *this;
  }
  Story& Hangs(uint32_t thread, uint64_t invoked, const std::string& line) {
    history_.calls.push_back({thread, invoked, std::nullopt, Made(line, 0, "{}")});
    return *this;
  }
  Story& Finally(const std::string& line, int32_t err, const std::string& out = "{}") {
    history_.final_steps.push_back(Made(line, err, out));
    return *this;
  }
  Story& Crashed() {
    history_.crashed = true;
    return *this;
  }
  JudgedHistory Judge(const model::Dialect& dialect = model::kEse) const {
    RecordedHistory history = history_;
    std::ranges::stable_sort(history.calls, {}, &TimedCall::invoked);
    Expand(&history);
    return HistoryJudge({.dialect = &dialect}).Judge(history);
  }
  std::string Verdict(const model::Dialect& dialect = model::kEse) const {
    return VerdictName(Judge(dialect).verdict);
  }
  const RecordedHistory& history() const { return history_; }

 private:
  RecordedHistory history_;
};

const std::string kEnd = "JetEndExternalBackupInstance";
const std::string kRead = "JetReadFileInstance cb=16384 h=@0";
const std::string kBytes = R"({"cbActual":16384})";

TEST(JudgeHistory, OfTwoOverlappingEndsOneFindsNoBackup) {
  EXPECT_EQ(Story().Call(0, 1, 3, kEnd).Call(1, 2, 4, kEnd, JET_errNoBackup).Verdict(),
            "explained");
  const Story both = Story().Call(0, 1, 3, kEnd).Call(1, 2, 4, kEnd);
  const JudgedHistory judged = both.Judge();
  EXPECT_EQ(judged.verdict, HistoryVerdict::kNotExplained);
  ASSERT_TRUE(judged.culprit);
  EXPECT_EQ(judged.culprit->index, 1u);
  EXPECT_THAT(CulpritText(both.history(), *judged.culprit),
              HasSubstr("where the specification allows JET_errNoBackup (-520) (END-3)"));
}

TEST(JudgeHistory, APageIsDeliveredOnce) {
  const auto reads = [](const std::string& last) {
    return Story(true)
        .Call(0, 1, 4, kRead, 0, kBytes)
        .Call(1, 2, 3, kRead, 0, kBytes)
        .Call(0, 5, 6, kRead, 0, last)
        .Verdict();
  };
  EXPECT_EQ(reads(R"({"cbActual":8192})"), "explained");
  EXPECT_EQ(reads(R"({"cbActual":12288})"), "not-explained");
}

TEST(JudgeHistory, TheDialectDecides) {
  const Story story = Story().Call(0, 1, 2, "JetStopBackupInstance").Call(0, 3, 4, kEnd);
  EXPECT_EQ(story.Verdict(model::kEse), "explained");
  EXPECT_EQ(story.Verdict(model::kStrict), "not-explained");
}

TEST(JudgeHistory, HandlesAreLiteral) {
  const auto story = [](const std::string& handle) {
    return Story()
        .Setup("JetOpenFileInstance name=db1.edb", 0, R"({"h":513,"size":40960})")
        .Call(0, 1, 2, "JetReadFileInstance cb=16384 h=@513", 0, kBytes)
        .Call(0, 3, 4, "JetCloseFileInstance h=@513")
        .Call(0, 5, 6, "JetOpenFileInstance name=db1.edb", 0, R"({"h":514,"size":40960})")
        .Call(0, 7, 8, "JetCloseFileInstance h=@" + handle)
        .Verdict(model::kStrict);
  };
  EXPECT_EQ(story("514"), "explained");
  EXPECT_EQ(story("513"), "not-explained");
  EXPECT_EQ(story("0"), "not-explained");
}

TEST(JudgeHistory, ACallInsideATerminationIsRefused) {
  const auto story = [](uint64_t read) {
    return Story(true)
        .Call(0, 1, 4, "JetTerm2 grbit=JET_bitTermAbrupt")
        .Call(1, read, read + 1, kRead, JET_errTermInProgress)
        .Verdict();
  };
  EXPECT_EQ(story(2), "explained");
  EXPECT_EQ(story(5), "not-explained");
}

TEST(JudgeHistory, WritersAreRefusedFirst) {
  const auto story = [](uint64_t write) {
    return Story(true)
        .Call(0, 10, 20, "JetTerm2 grbit=JET_bitTermAbrupt")
        .Call(1, write, write + 1, "WriteRows rows=9", JET_errTermInProgress)
        .Call(2, 14, 15, kRead, 0, kBytes)
        .Verdict();
  };
  EXPECT_EQ(story(11), "explained");
  EXPECT_EQ(story(5), "not-explained") << "before the termination";
  EXPECT_EQ(story(25), "not-explained") << "after it";
}

TEST(JudgeHistory, FinalStepsBind) {
  const std::string attached = R"({"names":["db1.edb"]})";
  EXPECT_EQ(Story()
                .Call(0, 1, 2, "JetStopBackupInstance")
                .Finally("JetGetAttachInfoInstance", JET_errBackupAbortByServer)
                .Verdict(),
            "explained");
  const JudgedHistory judged = Story()
                                   .Call(0, 1, 2, "JetStopBackupInstance")
                                   .Finally("JetGetAttachInfoInstance", 0, attached)
                                   .Judge();
  EXPECT_EQ(judged.verdict, HistoryVerdict::kNotExplained);
  EXPECT_EQ(judged.culprit->part, Part::kFinal);
}

TEST(JudgeHistory, HeadersBindUnlessAStopOverlapsTheEnd) {
  const auto story = [](uint64_t stop) {
    return Story()
        .Call(0, 10, 20, kEnd)
        .Call(1, stop, stop + 1, "JetStopBackupInstance")
        .Finally("JetGetDatabaseInfo", 0, R"({"full":[1,2],"inc":[0,0],"copy":[0,0]})")
        .Verdict();
  };
  EXPECT_EQ(story(1), "not-explained");
  EXPECT_EQ(story(12), "explained");
}

TEST(JudgeHistory, AFreeSlotIsAnEmptyFileAndAStaleOneBindsNobody) {
  EXPECT_EQ(Story().Call(0, 1, 2, kRead, 0, R"({"cbActual":0})").Verdict(), "explained");
  EXPECT_EQ(Story().Call(0, 1, 2, kRead, 0, kBytes).Verdict(), "not-explained");
  const Story stale = Story(true)
                          .Call(0, 1, 2, kEnd)
                          .Call(0, 3, 4, "JetBeginExternalBackupInstance grbit=0")
                          .Call(0, 5, 6, kRead, 0, kBytes);
  EXPECT_EQ(stale.Verdict(), "not-judged");
}

TEST(JudgeHistory, WhatACrashLeftBehindIsToldBesideIt) {
  EXPECT_THAT(Story(true).Hangs(0, 1, kRead).Crashed().Judge().reason, HasSubstr("are explained"));
  const JudgedHistory bad =
      Story().Call(0, 1, 2, kEnd).Call(0, 3, 4, kEnd).Hangs(1, 5, kRead).Crashed().Judge();
  EXPECT_EQ(bad.verdict, HistoryVerdict::kCrashed);
  EXPECT_THAT(bad.reason, HasSubstr("are not-explained"));
}

TEST(JudgeHistory, AStepThatIsNotOneCallMakesItUnknown) {
  const JudgedHistory judged = Story(true).Call(0, 1, 2, "ReadAll cb=16384").Judge();
  EXPECT_EQ(judged.verdict, HistoryVerdict::kUnknown);
  EXPECT_THAT(judged.reason, HasSubstr("ReadAll is not one call"));
}

const std::string kReadAll = "ReadAll cb=16384 h=@0";

TEST(CompositeSteps, AFileIsReadToItsEnd) {
  const auto story = [](const std::string& out) {
    return Story(true).Call(0, 1, 2, kReadAll, 0, out).Judge();
  };
  EXPECT_EQ(story(R"({"total":40960,"reads":4})").verdict, HistoryVerdict::kExplained);
  EXPECT_EQ(story(R"({"total":36864,"reads":4})").verdict, HistoryVerdict::kNotExplained);
  EXPECT_THAT(story(R"({"total":40960,"reads":5})").reason, HasSubstr("ReadAll is not one call"));
}

TEST(CompositeSteps, ReadsOfOneStepComeOneAfterTheOther) {
  const auto story = [](int32_t err, uint64_t stop) {
    return Story(true)
        .Call(0, 1, 9, kReadAll, err, R"({"total":16384,"reads":2})")
        .Call(1, stop, stop + 1, "JetStopBackupInstance")
        .Verdict();
  };
  EXPECT_EQ(story(JET_errBackupAbortByServer, 3), "explained");
  EXPECT_EQ(story(JET_errBackupAbortByServer, 10), "not-explained");
  EXPECT_EQ(story(0, 3), "not-explained") << "the file has more pages";
}

TEST(CompositeSteps, AReaderSharesAFileWithAnother) {
  const auto story = [](const std::string& all) {
    return Story(true).Call(0, 1, 9, kReadAll, 0, all).Call(1, 3, 4, kRead, 0, kBytes).Verdict();
  };
  EXPECT_EQ(story(R"({"total":24576,"reads":3})"), "explained");
  EXPECT_EQ(story(R"({"total":40960,"reads":4})"), "not-explained");
}

TEST(CompositeSteps, LogsAreCopiedAsTheyWereListed) {
  const auto story = [](const std::string& copied, int32_t err, bool reader) {
    Story told;
    told.Setup("JetOpenFileInstance name=db1.edb", 0, R"({"h":0,"size":40960})")
        .Setup("ReadAll cb=65536 h=@0", 0, R"({"total":40960,"reads":2})")
        .Setup("JetCloseFileInstance h=@0")
        .Call(0, 1, 2, "JetGetLogInfoInstance", 0, R"({"names":["edb00000001.log"]})")
        .Call(0, 3, 9, "CopyLogs", err, copied);
    if (reader) told.Call(1, 4, 5, "JetReadFileInstance cb=16384 h=@0", 0, R"({"cbActual":0})");
    return told.Call(0, 10, 11, "JetTruncateLogInstance").Judge();
  };
  EXPECT_EQ(story(R"({"files":1})", 0, false).verdict, HistoryVerdict::kExplained);
  EXPECT_EQ(story(R"({"files":0,"failed":"open"})", JET_errNoBackup, false).verdict,
            HistoryVerdict::kNotExplained);
  EXPECT_THAT(story(R"({"files":2})", 0, false).reason, HasSubstr("CopyLogs is not one call"));
  EXPECT_THAT(story(R"({"files":1})", 0, true).reason, HasSubstr("CopyLogs is not one call"));
}

TEST(CompositeSteps, TheEnvironmentMeetsTheNextCallOfItsThread) {
  const auto story = [](uint32_t thread) {
    return Story(true).Call(thread, 1, 1, "io-error").Call(0, 2, 3, kRead, JET_errDiskIO).Verdict();
  };
  EXPECT_EQ(story(0), "explained");
}

const std::string kTerm = "JetTerm2 grbit=JET_bitTermAbrupt";
const std::string kCreate = "JetCreateInstance2 as=i1 name=i1";

TEST(Instances, AreMadeAnew) {
  const auto story = [](const std::string& begin, int32_t err) {
    return Story()
        .Call(0, 1, 2, kTerm)
        .Call(0, 3, 4, kCreate)
        .Call(0, 5, 6, "JetInit3")
        .Call(1, 7, 8, begin, err)
        .Verdict();
  };
  EXPECT_EQ(story("JetBeginExternalBackupInstance grbit=0", 0), "explained");
  EXPECT_EQ(story("JetEndExternalBackupInstance", JET_errNoBackup), "explained");
  EXPECT_EQ(story("JetEndExternalBackupInstance", 0), "not-explained");
}

TEST(Instances, WhatACallBesideTheMakingOfItsInstanceUsedIsNotKnown) {
  const auto story = [](uint64_t read) {
    return Story(true)
        .Call(0, 1, 2, kTerm)
        .Call(0, 10, 20, kCreate)
        .Call(1, read, read + 5, kRead, JET_errInvalidParameter)
        .Judge();
  };
  EXPECT_EQ(story(3).verdict, HistoryVerdict::kExplained);
  EXPECT_EQ(story(8).verdict, HistoryVerdict::kUnknown);
  EXPECT_THAT(story(12).reason, HasSubstr("makes or ends an instance"));
}

TEST(Instances, SessionsOfOneThatEndedAreFree) {
  Story story;
  for (uint64_t at = 1; at < 60; at += 20) {
    story.Call(0, at, at + 1, kTerm).Call(0, at + 2, at + 3, kCreate);
    story.Call(0, at + 4, at + 5, "JetInit3");
    for (uint64_t session = 0; session < 3; ++session) {
      story.Call(0, at + 6 + 2 * session, at + 7 + 2 * session, "JetBeginSession as=s2");
    }
  }
  EXPECT_EQ(story.Verdict(), "explained");
  for (uint64_t at = 70; at < 80; at += 2) story.Call(0, at, at + 1, "JetBeginSession as=s2");
  EXPECT_EQ(story.Verdict(), "unknown");
}

TEST(JudgeHistory, ASetupThatIsWrongIsNamed) {
  const JudgedHistory judged = Story().Setup("JetInit3").Judge();
  EXPECT_EQ(judged.verdict, HistoryVerdict::kNotExplained);
  EXPECT_EQ(judged.culprit->part, Part::kSetup);
  EXPECT_EQ(judged.culprit->index, 5u);
}

TEST(JudgeHistory, AWriterWaitsForTheEndOfAFreeze) {
  const auto story = [](uint64_t thaw) {
    return Story()
        .Setup("JetEndExternalBackupInstance")
        .Setup("JetOSSnapshotPrepare grbit=0")
        .Setup("JetOSSnapshotFreeze", 0, R"({"n":1})")
        .Call(0, 1, 10, "WriteRows rows=9")
        .Call(1, thaw, thaw + 1, "JetOSSnapshotThaw")
        .Verdict();
  };
  EXPECT_EQ(story(5), "explained");
  EXPECT_EQ(story(11), "not-explained");
}

TEST(Lists, ThatAreNotToldBindNobody) {
  for (const char* line : {"JetGetAttachInfoInstance cb=0", "JetGetAttachInfoInstance nullbuf=1",
                           "JetGetAttachInfoInstance cb=8 wide=1"}) {
    EXPECT_EQ(Story().Call(0, 1, 2, line, 0, R"({"cbActual":38})").Verdict(), "explained") << line;
    EXPECT_EQ(Story().Call(0, 1, 2, line, JET_errBackupAbortByServer).Verdict(), "not-explained");
  }
  const char* other = R"({"cbActual":41,"n":1,"names":["other.edb"]})";
  EXPECT_EQ(Story().Call(0, 1, 2, "JetGetAttachInfoInstance", 0, other).Verdict(), "not-explained");
}

}  // namespace
}  // namespace backstop::recorded
