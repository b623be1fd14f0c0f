// SPDX-License-Identifier: MIT
// Each law about bytes, and a hand-made page or disk that breaks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "sim/harness/content/disk_watch.h"
#include "sim/harness/content/stream_watch.h"
#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

using Page = std::vector<std::byte>;

constexpr uint32_t kSignature = 0x89abcdef;
constexpr BackupMark kThisBackup = {.position = 0x0000000500010000, .time = 1, .low = 4, .high = 0};

template <class T>
void Put(Page& page, size_t offset, T value) {
  std::memcpy(page.data() + offset, &value, sizeof value);
}

void PutMark(Page& page, size_t offset, const BackupMark& mark) {
  Put(page, offset, mark.position);
  Put(page, offset + 8, mark.time);
  Put(page, offset + 16, mark.low);
  Put(page, offset + 20, mark.high);
}

Page Sealed(Page page) {
  uint32_t sum = kSignature;
  for (size_t offset = 4; offset < page.size(); offset += 4) {
    uint32_t word = 0;
    std::memcpy(&word, page.data() + offset, sizeof word);
    sum ^= word;
  }
  Put(page, 0, sum);
  return page;
}

Page Header(const BackupMark& current, uint32_t dbtime = 0) {
  Page page(kPageBytes);
  Put(page, 4, kSignature);
  Put(page, 16, dbtime);
  Put(page, 52, uint32_t{2});
  PutMark(page, 184, current);
  return Sealed(page);
}

Page Trailer(const BackupMark& backup) {
  Page page(kPageBytes);
  PutMark(page, 40, backup);
  return Sealed(page);
}

Page LogPage(uint32_t generation) {
  Page page(kPageBytes);
  Put(page, 4, generation);
  return Sealed(page);
}

class StreamWatchTest : public ::testing::Test {
 protected:
  StreamWatchTest() {
    watch_.BeginRun();
    watch_.OpenedDatabase(1, "db1.edb", 3);
    watch_.OpenedLog(2, 7);
  }
  std::string Broken() const { return watch_.breach() ? watch_.breach()->rule : ""; }

  StreamWatch watch_;
};

TEST_F(StreamWatchTest, AWholeStreamIsFine) {
  watch_.Delivered(1, Header(kThisBackup));
  watch_.Delivered(1, Header(kThisBackup));
  EXPECT_THAT(watch_.copied(), ::testing::IsEmpty());
  watch_.Delivered(1, Trailer(kThisBackup));
  EXPECT_THAT(watch_.copied(), ::testing::ElementsAre("db1.edb"));
  watch_.Delivered(2, LogPage(7));
  watch_.Delivered(2, Page(kPageBytes));
  EXPECT_EQ(Broken(), "");
}

TEST_F(StreamWatchTest, TwoDifferentHeadersAreFound) {
  watch_.Delivered(1, Header(kThisBackup));
  watch_.Delivered(1, Header(kThisBackup, 5));
  EXPECT_EQ(Broken(), "INV-35");
}

TEST_F(StreamWatchTest, AThirdHeaderIsFound) {
  for (int i = 0; i < 3; ++i) watch_.Delivered(1, Header(kThisBackup));
  EXPECT_EQ(Broken(), "INV-35");
}

TEST_F(StreamWatchTest, ASecondTrailerIsFound) {
  for (int i = 0; i < 2; ++i) watch_.Delivered(1, Trailer(kThisBackup));
  EXPECT_EQ(Broken(), "INV-35");
}

TEST_F(StreamWatchTest, AHeaderOfNoBackupIsFound) {
  watch_.Delivered(1, Header({}));
  EXPECT_EQ(Broken(), "INV-36");
}

TEST_F(StreamWatchTest, AHeaderThatKnowsTheEndIsFound) {
  BackupMark ended = kThisBackup;
  ended.high = 9;
  watch_.Delivered(1, Header(ended));
  EXPECT_EQ(Broken(), "INV-36");
}

TEST_F(StreamWatchTest, ADamagedHeaderIsFound) {
  Page page = Header(kThisBackup);
  page[700] ^= std::byte{1};
  watch_.Delivered(1, page);
  EXPECT_EQ(Broken(), "INV-36");
}

TEST_F(StreamWatchTest, ATrailerOfAnotherBackupIsFoundInEitherOrder) {
  BackupMark other = kThisBackup;
  other.position += 1;
  watch_.Delivered(1, Trailer(other));
  EXPECT_EQ(Broken(), "");
  watch_.Delivered(1, Header(kThisBackup));
  EXPECT_EQ(Broken(), "INV-36");
}

TEST_F(StreamWatchTest, APageOfNoKindIsFound) {
  Page page(kPageBytes);
  page[100] = std::byte{1};
  watch_.Delivered(1, page);
  EXPECT_EQ(Broken(), "INV-37");
}

TEST_F(StreamWatchTest, APageOfAnotherLogIsFound) {
  watch_.Delivered(2, LogPage(8));
  EXPECT_EQ(Broken(), "INV-39");
}

LogFiles Chain(uint32_t first, uint32_t last) {
  LogFiles logs;
  for (uint32_t generation = first; generation <= last; ++generation) {
    logs.archived.push_back(
        {.generation = generation, .created = generation, .created_before = generation - 1});
  }
  logs.current = {.generation = last + 1, .created = last + 1, .created_before = last};
  logs.checkpoint = last;
  return logs;
}

std::string Rule(const std::optional<Breach>& breach) { return breach ? breach->rule : ""; }

TEST(JudgeLogs, AGapFreeTailIsFine) { EXPECT_EQ(Rule(JudgeLogs(Chain(3, 6))), ""); }

TEST(JudgeLogs, AGapIsFound) {
  LogFiles logs = Chain(3, 6);
  logs.archived.erase(logs.archived.begin() + 1);
  EXPECT_EQ(Rule(JudgeLogs(logs)), "INV-30");
}

TEST(JudgeLogs, ALogOfAnotherChainIsFound) {
  LogFiles logs = Chain(3, 6);
  logs.archived[2].created_before = 77;
  EXPECT_EQ(Rule(JudgeLogs(logs)), "INV-30");
}

TEST(JudgeLogs, AMissingCheckpointLogIsFound) {
  LogFiles logs = Chain(3, 6);
  logs.checkpoint = 2;
  EXPECT_EQ(Rule(JudgeLogs(logs)), "INV-30");
}

HeaderPage Attached(uint32_t full_high) {
  HeaderPage header;
  header.attached = true;
  header.previous[0].high = full_high;
  return header;
}

TEST(JudgeTruncation, LogsOfADatabaseThatIsNotInTheBackupStay) {
  const DatabaseHeaders never = {{"b.edb", Attached(0)}};
  const DatabaseHeaders once = {{"b.edb", Attached(5)}};
  EXPECT_EQ(Rule(JudgeTruncation(3, Chain(5, 6), never, never, {})), "INV-31");
  EXPECT_EQ(Rule(JudgeTruncation(3, Chain(6, 7), once, once, {})), "INV-31");
  EXPECT_EQ(Rule(JudgeTruncation(3, Chain(5, 6), once, once, {})), "");
  EXPECT_EQ(Rule(JudgeTruncation(3, Chain(5, 6), never, never, {"b.edb"})), "");
  EXPECT_EQ(Rule(JudgeTruncation(5, Chain(5, 6), never, never, {})), "");
  EXPECT_EQ(Rule(JudgeTruncation(3, Chain(5, 6), {}, never, {})), "");
}

TEST(JudgeHeaders, ALiveHeaderThatNamesABackupIsFound) {
  HeaderPage header;
  header.full_current = kThisBackup;
  EXPECT_EQ(Rule(JudgeHeaders({}, {{"a.edb", header}}, true)), "INV-36");
}

TEST(JudgeHeaders, AStampOfABackupThatDidNotEndIsFound) {
  const DatabaseHeaders before = {{"a.edb", Attached(0)}};
  for (size_t kind = 0; kind < 4; ++kind) {
    HeaderPage stamped = Attached(0);
    stamped.previous[kind] = kThisBackup;
    EXPECT_EQ(Rule(JudgeHeaders(before, {{"a.edb", stamped}}, false)), "INV-14") << kind;
    EXPECT_EQ(Rule(JudgeHeaders(before, {{"a.edb", stamped}}, true)), "") << kind;
  }
}

TEST(JudgeOverlap, AnEndThatStampsAfterTheNextBeginIsFound) {
  const DatabaseHeaders begun = {{"a.edb", Attached(0)}};
  HeaderPage stamped = Attached(0);
  stamped.previous[0] = kThisBackup;
  EXPECT_EQ(Rule(JudgeOverlap(begun, {{"a.edb", stamped}})), "INV-17");
  EXPECT_EQ(Rule(JudgeOverlap(begun, begun)), "");
  EXPECT_EQ(Rule(JudgeOverlap({}, {{"a.edb", stamped}})), "");
}

TEST(FindLogs, ReadsTheFilesOfADirectory) {
  world::SimDisk disk;
  const auto write = [&](const std::string& name, const Page& page) {
    world::SimDisk::FileId file = 0;
    ASSERT_EQ(disk.Open("d/" + name, env::OpenMode::kCreateNew, &file), env::IoStatus::kOk);
    disk.Write(file, 0, page);
    disk.Close(file);
  };
  write("edb00000003.log", LogPage(3));
  write("edb.log", LogPage(4));
  write("a.edb", Header(kThisBackup));
  const LogFiles logs = FindLogs(disk, "d/");
  EXPECT_EQ(logs.lowest(), 3u);
  EXPECT_EQ(logs.current->generation, 4u);
  EXPECT_EQ(Rule(JudgeLogs(logs)), "");
  EXPECT_EQ(FindDatabases(disk, "d/").at("d/a.edb").full_current, kThisBackup);
  write("edb00000002.log", LogPage(9));
  EXPECT_EQ(Rule(JudgeLogs(FindLogs(disk, "d/"))), "INV-30");
}

}  // namespace
}  // namespace backstop::harness
