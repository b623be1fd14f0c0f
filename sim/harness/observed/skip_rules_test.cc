// SPDX-License-Identifier: MIT
// Each rule has an example that it must skip and one, as near to it as can be, that it must not.
#include "sim/harness/observed/skip_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace backstop::observed {
namespace {

/// Reads lines such as "JetReadFileInstance h=@5 -> 0", with " | 300 ms" for a call that blocked
/// and " | {json}" for what it wrote.
Sequence Recorded(const std::string& text) {
  Sequence sequence;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t arrow = line.find(" -> ");
    if (arrow == std::string::npos) continue;
    std::optional<Step> step = ParseLine(line.substr(0, arrow));
    std::string rest = line.substr(arrow + 4);
    step->err = std::stoi(rest);
    step->out = nlohmann::json::object();
    const size_t bar = rest.find(" | ");
    if (bar != std::string::npos && rest[bar + 3] == '{') {
      step->out = nlohmann::json::parse(rest.substr(bar + 3));
    } else if (bar != std::string::npos) {
      step->ms = static_cast<uint32_t>(std::stoul(rest.substr(bar + 3)));
    }
    sequence.steps.push_back(*step);
  }
  return sequence;
}

/// The first reason, and the number of the step it is given for; "none" without one.
std::string FirstSkip(const std::string& text, Side side = Side::kEngine) {
  const std::vector<Skip> skips = SkipsOf(Recorded(text), side);
  for (size_t i = 0; i < skips.size(); ++i) {
    if (skips[i] != Skip::kNone) return SkipName(skips[i]) + (" at " + std::to_string(i));
  }
  return "none";
}

constexpr const char* kBegun =
    "JetCreateInstance2 as=i1 -> 0\n"
    "JetInit3 -> 0\n"
    "JetBeginExternalBackupInstance -> 0\n";

std::string Begun(const std::string& rest) { return kBegun + rest; }

TEST(SkipUndefined, IsAReadWithAWildHandle) {
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance h=@5 cb=65536 -> 0")), "undefined at 3");
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance cb=0 -> -1003")), "undefined at 3");
  EXPECT_EQ(FirstSkip(Begun("ReadAll h=@nil -> 0")), "undefined at 3");
  // A free slot is not wild, nor is a handle whose lower half is 0.
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance h=@0 cb=65536 -> 0")), "none");
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance h=@0x100000000 cb=65536 -> 0")), "none");
}

TEST(SkipUndefined, IsAReadAfterAnInitialisationThatWasRefused) {
  // The instance lives on, but not after an initialisation that failed.
  EXPECT_EQ(FirstSkip(Begun("JetInit -> -1030\n"
                            "JetReadFileInstance h=@5 cb=65536 -> 0")),
            "undefined at 4");
  EXPECT_EQ(FirstSkip("JetInit inst=@nil as=i1 -> 0\n"
                      "JetBeginExternalBackupInstance -> 0\n"
                      "JetReadFileInstance h=@5 cb=65536 -> 0"),
            "undefined at 2");
  EXPECT_EQ(FirstSkip("JetCreateInstance2 as=i1 -> 0\n"
                      "JetInit -> -1022\n"
                      "JetReadFileInstance h=@5 cb=65536 -> -1003"),
            "none");
}

TEST(SkipUndefined, IsNoReadThatWasRefusedBeforeItsHandleMattered) {
  for (const char* code : {"-520", "-801", "-1329", "-1029", "-1081"}) {
    EXPECT_EQ(FirstSkip(Begun(std::string("JetReadFileInstance h=@5 -> ") + code)), "none");
  }
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance h=@5 off=512 -> -1003")), "none");
  EXPECT_EQ(FirstSkip("JetReadFileInstance h=@5 -> -1003"), "none");
  EXPECT_EQ(FirstSkip(Begun("JetTerm2 -> 0\nJetReadFileInstance h=@5 -> -1003")), "none");
  EXPECT_EQ(FirstSkip(Begun("JetTerm2 -> -505\nJetReadFileInstance h=@5 -> -1003")),
            "undefined at 4");
  // Other calls test the handle.
  EXPECT_EQ(FirstSkip(Begun("JetCloseFileInstance h=@5 -> -1003")), "none");
}

TEST(SkipUndefined, IsANullPointerThatIsWrittenTo) {
  EXPECT_EQ(FirstSkip(Begun("JetOpenFileInstance name=db1.edb nullh=1 -> 0")), "undefined at 3");
  EXPECT_EQ(FirstSkip(Begun("JetOpenFileInstance name=db1.edb nullhi=1 -> 0")), "undefined at 3");
  EXPECT_EQ(FirstSkip(Begun("JetOpenFileInstance name=db1.edb nullh=1 -> -801")), "none");
  const std::string open = "JetOpenFileInstance name=db1.edb -> 0\n";
  EXPECT_EQ(FirstSkip(Begun(open + "JetReadFileInstance cb=65536 nullbuf=1 -> -1022")),
            "undefined at 4");
  EXPECT_EQ(FirstSkip(Begun("JetReadFileInstance h=@0 cb=65536 nullbuf=1 -> 0")), "none");
  EXPECT_EQ(FirstSkip(Begun(open + "JetReadFileInstance cb=65536 nullact=1 -> 0")), "none");
  EXPECT_EQ(FirstSkip(Begun("JetGetAttachInfoInstance nullbuf=1 -> 0")), "none");
}

TEST(SkipUndefined, IsASlotThatABackupLeftWithADatabaseInIt) {
  const std::string ended =
      "JetEndExternalBackupInstance -> 0\nJetBeginExternalBackupInstance -> 0\n";
  const std::string read = "JetReadFileInstance h=@0 cb=65536 -> 0\n";
  const std::string database = "JetOpenFileInstance name=db1.edb -> 0\n";
  EXPECT_EQ(FirstSkip(Begun(database + ended + read)), "undefined at 6");
  EXPECT_EQ(FirstSkip(Begun(database + "JetCloseFileInstance -> 0\n" + ended + read)), "none");
  EXPECT_EQ(FirstSkip(Begun("JetOpenFileInstance name=log:0 -> 0\n" + ended + read)), "none");
  EXPECT_EQ(FirstSkip(Begun(database + ended + database + read)), "none");
  EXPECT_EQ(FirstSkip(Begun(database + ended + "JetReadFileInstance h=@0 -> -801")), "none");
  EXPECT_EQ(FirstSkip(Begun(database + "JetEndExternalBackupInstance2 grbit=0 -> -1003\n" + read)),
            "none");
  // The other instance has a slot of its own.
  EXPECT_EQ(FirstSkip("JetCreateInstance2 as=i2 -> 0\n" + Begun(database + ended) +
                      "JetReadFileInstance inst=i2 h=@0 cb=65536 -> 0"),
            "none");
}

TEST(SkipUndefined, IsASlotThatTheEndOfAPreparedSnapshotLeftWithADatabaseInIt) {
  const std::string database = "JetOpenFileInstance name=db1.edb -> 0\n";
  const std::string ended = "JetOSSnapshotPrepare as=o1 -> 0\nJetOSSnapshotEnd snap=o1 -> 0\n";
  const std::string frozen =
      "JetOSSnapshotPrepare as=o2 -> 0\nJetOSSnapshotFreeze snap=o2 -> 0\n"
      "JetReadFileInstance h=h1 cb=65536 -> 0\n";
  EXPECT_EQ(FirstSkip(Begun(database + ended + frozen)), "undefined at 8");
  EXPECT_EQ(FirstSkip(Begun("JetOpenFileInstance name=log:0 -> 0\n" + ended + frozen)), "none");
  // An instance that takes no part keeps its file.
  const std::string others =
      "JetOSSnapshotPrepare as=o2 grbit=JET_bitExplicitPrepare -> 0\n"
      "JetOSSnapshotPrepareInstance snap=o2 inst=i2 -> 0\nJetOSSnapshotFreeze snap=o2 -> 0\n"
      "JetReadFileInstance h=h1 cb=65536 -> 0\n";
  EXPECT_EQ(FirstSkip("JetCreateInstance2 as=i2 -> 0\n" + Begun(database + others)), "none");
}

TEST(SkipLayout, IsATruncationAfterSomeOfTheListedLogs) {
  const std::string listed =
      "JetGetLogInfoInstance -> 0 | "
      "{\"n\":2,\"names\":[\"edb00000001.log\",\"edb00000002.log\"]}\n";
  const std::string one =
      "JetOpenFileInstance name=log:0 -> 0\nReadAll -> 0\nJetCloseFileInstance -> 0\n";
  const std::string two =
      "JetOpenFileInstance name=log:1 -> 0\nReadAll -> 0\nJetCloseFileInstance -> 0\n";
  const std::string truncate = "JetTruncateLogInstance -> -616";
  EXPECT_EQ(FirstSkip(Begun(listed + one + truncate)), "layout at 7");
  EXPECT_EQ(FirstSkip(Begun(listed + "CopyLogs n=1 -> 0 | {\"files\":1}\n" + truncate)),
            "layout at 5");
  EXPECT_EQ(FirstSkip(Begun(listed + truncate)), "none");
  EXPECT_EQ(FirstSkip(Begun(listed + one + two + truncate)), "none");
  EXPECT_EQ(FirstSkip(Begun(listed + "CopyLogs -> 0 | {\"files\":2}\n" + truncate)), "none");
  EXPECT_EQ(FirstSkip(Begun(listed + one + "JetTruncateLogInstance -> -801")), "none");
  // The specification takes the list from the recording.
  EXPECT_EQ(FirstSkip(Begun(listed + one + truncate), Side::kModel), "none");
}

TEST(SkipTimeoutRace, IsWhatFollowsACallThatWaitedForATimeOut) {
  const std::string frozen = "JetOSSnapshotFreeze -> 0\n";
  const std::string probe = "JetGetAttachInfoInstance -> 0";
  const auto skip = [](const std::string& text) { return FirstSkip(text, Side::kModel); };
  EXPECT_EQ(skip(frozen + "JetBeginExternalBackupInstance -> -505 | 1500 ms\n" + probe),
            "timeout-race at 2");
  EXPECT_EQ(skip(frozen + "sleep ms=300 -> 0\nWriteRows -> 0 | 1200 ms\n" + probe),
            "timeout-race at 3");
  // The call itself binds; so does what follows a freeze that nobody waited in, and a call that
  // another thread released in time.
  EXPECT_EQ(skip(frozen + "JetBeginExternalBackupInstance -> -505 | 1500 ms"), "none");
  EXPECT_EQ(skip(frozen + "sleep ms=2500 -> 0\nJetOSSnapshotThaw -> -2402\n" + probe), "none");
  EXPECT_EQ(skip(frozen + "WriteRows -> 0 | 300 ms\n" + probe), "none");
  // Another session's freeze and thaw change nothing; one that froze nobody holds nobody up.
  EXPECT_EQ(
      skip(frozen + "JetOSSnapshotFreeze snap=ox -> 0 | {\"n\":0}\n" +
           "JetOSSnapshotThaw snap=ox -> 0\nJetBeginExternalBackupInstance -> -505 | 1400 ms\n" +
           probe),
      "timeout-race at 4");
  EXPECT_EQ(skip("JetOSSnapshotFreeze -> 0 | {\"n\":0}\nReadAll -> 0 | 13700 ms\n" + probe),
            "none");
  EXPECT_EQ(skip("JetOSSnapshotFreeze -> -2403\nReadAll -> 0 | 13700 ms\n" + probe), "none");
  EXPECT_EQ(skip(frozen + "JetOSSnapshotThaw -> 0\nReadAll -> 0 | 13700 ms\n" + probe), "none");
}

TEST(SkipAsyncOrder, IsACallBesideOneThatMayHaveReturned) {
  const std::string async = "async id=1 line=JetTerm2 -> 0\n";
  const std::string record = "JetTerm2 -> 0\n";
  const std::string probe = "JetStopBackupInstance -> 0\n";
  EXPECT_EQ(FirstSkip(async + probe + record), "async-order at 1");
  EXPECT_EQ(FirstSkip(async + record + probe), "none");
  EXPECT_EQ(FirstSkip(async + "sleep ms=300 -> 0\n" + probe + record), "none");
  EXPECT_EQ(FirstSkip(async + "ls -> 0\njoin id=1 -> 0\n" + probe), "none");
}

TEST(SkipAfterRestore, IsARestoreThatBegan) {
  EXPECT_EQ(FirstSkip("JetRestoreInstance path=bk -> 0", Side::kModel), "after-restore at 0");
  EXPECT_EQ(FirstSkip("JetExternalRestore2 -> -543\nJetInit3 -> 0", Side::kModel),
            "after-restore at 0");
  EXPECT_EQ(FirstSkip("JetRestoreInstance path=bk -> -1030\nJetTerm2 -> 0", Side::kModel), "none");
  EXPECT_EQ(FirstSkip("JetRestoreInstance path=bk -> -1003", Side::kModel), "none");
}

TEST(SkipLayout, IsACountThatNoWholeWriteExplains) {
  const std::string written =
      "WriteRows rows=600 -> 0 | {\"rows\":600}\nWriteRows rows=400 -> 0 | {\"rows\":400}\n";
  const std::string restored = written + "JetExternalRestore2 low=1 high=4 -> 0\n";
  EXPECT_EQ(FirstSkip(restored + "CountRows -> 0 | {\"rows\":900}"), "layout at 3");
  EXPECT_EQ(FirstSkip(restored + "CountRows -> 0 | {\"rows\":1000}"), "none");
  EXPECT_EQ(FirstSkip(written + "CountRows -> 0 | {\"rows\":900}"), "none");
}

TEST(SkipSurrogate, IsACallOfThatFamilyButNoFlag) {
  EXPECT_EQ(FirstSkip("JetStopBackupInstance -> 0\nJetBeginSurrogateBackup -> 0"),
            "surrogate at 1");
  EXPECT_EQ(FirstSkip("JetEndSurrogateBackup -> -520"), "surrogate at 0");
  EXPECT_EQ(FirstSkip("JetBeginExternalBackupInstance grbit=JET_bitBackupSurrogate -> 0"), "none");
}

TEST(Skip, StaysOnceThereIsAReason) {
  const std::vector<Skip> skips =
      SkipsOf(Recorded("JetTerm2 -> 0\nJetEndSurrogateBackup -> 0\nJetRestore path=bk -> 0\n"),
              Side::kEngine);
  EXPECT_THAT(skips, ::testing::ElementsAre(Skip::kNone, Skip::kSurrogate, Skip::kSurrogate));
}

}  // namespace
}  // namespace backstop::observed
