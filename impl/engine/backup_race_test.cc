// SPDX-License-Identifier: MIT
// Calls of one backup that overlap (contract section 6). A hook of the fake storage holds one call
// outside the lock while others come.
#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <random>
#include <thread>

#include "impl/engine/backup_fixture.h"

namespace backstop::engine {
namespace {

/// A place where a call can be held.
class Barrier {
 public:
  /// The hook: says that the call is there and waits until it may go on.
  Err Hold(Err result = JET_errSuccess) {
    arrived_.set_value();
    released_.get_future().wait();
    return result;
  }
  void AwaitArrival() { arrived_.get_future().wait(); }
  void Release() { released_.set_value(); }

 private:
  std::promise<void> arrived_;
  std::promise<void> released_;
};

class BackupRace : public BackupFixture {
 protected:
  template <class Call>
  std::future<Err> Start(Call call) {
    return std::async(std::launch::async, call);
  }
  /// A call that has not returned after a while. It cannot be known to wait; a test that asserts it
  /// never fails without cause, and fails when the call returns early.
  static bool Waits(std::future<Err>& call) {
    return call.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout;
  }
  /// Opens the database and holds a first read of three pages.
  std::future<Err> HoldRead(Err result = JET_errSuccess) {
    EXPECT_EQ(backup_.Begin(0), JET_errSuccess);
    EXPECT_EQ(Open("a.edb", &handle_), JET_errSuccess);
    database_.on_read = [this, result] {
      database_.on_read = nullptr;
      return barrier_.Hold(result);
    };
    auto read = Start([this] { return Read(handle_, 3); });
    barrier_.AwaitArrival();
    return read;
  }
  std::future<Err> HoldLogInfo(Err result = JET_errSuccess) {
    log_.on_roll = [this, result] {
      log_.on_roll = nullptr;
      return barrier_.Hold(result);
    };
    auto info = Start([this] { return LogInfo(); });
    barrier_.AwaitArrival();
    return info;
  }

  Barrier barrier_;
  JET_HANDLE handle_ = 0;
};

TEST_F(BackupRace, StopReturnsWhileAReadIsUnderWayAndTheReadIsWhole) {
  auto read = HoldRead();
  backup_.Stop();
  barrier_.Release();
  EXPECT_EQ(read.get(), JET_errSuccess);
  EXPECT_EQ(Read(handle_, 3), JET_errBackupAbortByServer);
}

TEST_F(BackupRace, AReadThatFailsAfterAStopIsStoppedAndKeepsItsFile) {
  auto read = HoldRead(JET_errDiskIO);
  backup_.Stop();
  barrier_.Release();
  EXPECT_EQ(read.get(), JET_errBackupAbortByServer);
  EXPECT_EQ(backup_.CloseFile(handle_), JET_errSuccess);
}

TEST_F(BackupRace, EndWaitsForAReadAndNobodySeesTheBackupMeanwhile) {
  auto read = HoldRead();
  auto end = Start([this] { return backup_.End(kAbort); });
  EXPECT_TRUE(Waits(end));
  EXPECT_EQ(backup_.End(kAbort), JET_errNoBackup);
  EXPECT_EQ(backup_.CloseFile(handle_), JET_errNoBackup);
  auto begin = Start([this] { return backup_.Begin(0); });
  auto attach = Start([this] { return backup_.BeginAttachment(false); });
  EXPECT_TRUE(Waits(begin));
  EXPECT_TRUE(Waits(attach));
  barrier_.Release();
  EXPECT_EQ(read.get(), JET_errSuccess);
  EXPECT_EQ(end.get(), JET_errSuccess);
  const Err attached = attach.get();
  if (attached == JET_errSuccess) {
    backup_.EndAttachment();
  } else {
    EXPECT_EQ(attached, JET_errBackupInProgress);
  }
  EXPECT_EQ(begin.get(), JET_errSuccess);
}

TEST_F(BackupRace, TwoReadsOfOneFileGetDifferentPages) {
  auto first = HoldRead();
  std::unique_ptr<std::byte, Free> other(static_cast<std::byte*>(std::aligned_alloc(kPage, kPage)));
  uint32_t bytes = 0;
  auto second = Start([&] { return backup_.ReadFile(handle_, other.get(), kPage, &bytes); });
  EXPECT_TRUE(Waits(second));
  barrier_.Release();
  EXPECT_EQ(first.get(), JET_errSuccess);
  EXPECT_EQ(second.get(), JET_errSuccess);
  EXPECT_EQ(other.get()[0], std::byte{2});
}

TEST_F(BackupRace, ACallDecidedAfterAStopOfServiceIsRefused) {
  auto first = HoldRead();
  auto second = Start([this] { return backup_.CloseFile(handle_); });
  EXPECT_TRUE(Waits(second));
  gate_.StopService();
  barrier_.Release();
  EXPECT_EQ(first.get(), JET_errSuccess);
  EXPECT_EQ(second.get(), JET_errClientRequestToStopJetService);
}

TEST_F(BackupRace, CloseFileWaitsForTheReader) {
  auto read = HoldRead();
  auto close = Start([this] { return backup_.CloseFile(handle_); });
  EXPECT_TRUE(Waits(close));
  barrier_.Release();
  EXPECT_EQ(read.get(), JET_errSuccess);
  EXPECT_EQ(close.get(), JET_errSuccess);
}

TEST_F(BackupRace, TwoFirstLogInfosRollOnce) {
  CopyDatabase();
  auto first = HoldLogInfo();
  auto second = Start([this] { return LogInfo(); });
  auto truncate = Start([this] { return backup_.TruncateLog(); });
  EXPECT_TRUE(Waits(second));
  EXPECT_TRUE(Waits(truncate));
  barrier_.Release();
  EXPECT_EQ(first.get(), JET_errSuccess);
  EXPECT_EQ(second.get(), JET_errSuccess);
  EXPECT_EQ(truncate.get(), JET_errLogFileNotCopied);
  EXPECT_EQ(log_.rolls, 1);
}

TEST_F(BackupRace, WhoWaitsForLogInfoSeesItsFailureAsTheEndOfTheBackup) {
  CopyDatabase();
  auto first = HoldLogInfo(JET_errLogDiskFull);
  auto second = Start([this] { return LogInfo(); });
  auto open = Start([this] { return Copy("a.edb"); });
  EXPECT_TRUE(Waits(second));
  EXPECT_TRUE(Waits(open));
  barrier_.Release();
  EXPECT_EQ(first.get(), JET_errLogDiskFull);
  EXPECT_EQ(second.get(), JET_errNoBackup);
  EXPECT_EQ(open.get(), JET_errNoBackup);
}

TEST_F(BackupRace, AnEndDuringTheFirstLogInfoComesBeforeIt) {
  CopyDatabase();
  auto info = HoldLogInfo();
  auto end = Start([this] { return backup_.End(kNormal); });
  EXPECT_TRUE(Waits(end));
  barrier_.Release();
  EXPECT_EQ(info.get(), JET_errNoBackup);
  EXPECT_EQ(end.get(), JET_errBackupAbortByCaller);
}

TEST_F(BackupRace, LogInfoThatFailsAfterAStopLeavesTheBackupToItsEnd) {
  CopyDatabase();
  auto info = HoldLogInfo(JET_errDiskIO);
  backup_.Stop();
  barrier_.Release();
  EXPECT_EQ(info.get(), JET_errBackupAbortByServer);
  EXPECT_EQ(backup_.End(kNormal), JET_errBackupAbortByServer);
}

TEST_F(BackupRace, EndWaitsForADeletionOfLogs) {
  CopyEverything();
  log_.on_truncate = [this] { return barrier_.Hold(); };
  auto truncate = Start([this] { return backup_.TruncateLog(); });
  barrier_.AwaitArrival();
  auto end = Start([this] { return backup_.End(kNormal); });
  EXPECT_TRUE(Waits(end));
  barrier_.Release();
  EXPECT_EQ(truncate.get(), JET_errSuccess);
  EXPECT_EQ(end.get(), JET_errSuccess);
  EXPECT_NE(database_.info.bkinfoFullPrev.genLow, 0u);
}

TEST_F(BackupRace, BeginWaitsForAnAttachInFlight) {
  ASSERT_EQ(backup_.BeginAttachment(false), JET_errSuccess);
  auto begin = Start([this] { return backup_.Begin(0); });
  EXPECT_TRUE(Waits(begin));
  backup_.EndAttachment();
  EXPECT_EQ(begin.get(), JET_errSuccess);
  EXPECT_EQ(backup_.BeginAttachment(false), JET_errBackupInProgress);
}

TEST_F(BackupRace, ABackupIsSeenOnlyWhenItHasBegun) {
  log_.on_append = [this] {
    log_.on_append = nullptr;
    return barrier_.Hold();
  };
  auto begin = Start([this] { return backup_.Begin(0); });
  barrier_.AwaitArrival();
  EXPECT_EQ(LogInfo(), JET_errNoBackup);
  backup_.Stop();
  auto second = Start([this] { return backup_.Begin(0); });
  EXPECT_TRUE(Waits(second));
  barrier_.Release();
  EXPECT_EQ(begin.get(), JET_errSuccess);
  EXPECT_EQ(second.get(), JET_errBackupInProgress);
  EXPECT_EQ(LogInfo(), JET_errSuccess);
}

/// Threads that make calls at random until each has made its share.
class BackupStorm : public BackupFixture {
 protected:
  void Client(unsigned seed) {
    std::mt19937 random(seed);
    std::unique_ptr<std::byte, Free> buffer(
        static_cast<std::byte*>(std::aligned_alloc(kPage, kBufferPages * kPage)));
    for (int call = 0; call < 3000; ++call) Step(random() % 9, random(), buffer.get());
  }

  void Step(unsigned which, unsigned choice, std::byte* buffer) {
    uint64_t size = 0;
    uint32_t bytes = 0;
    JET_HANDLE handle = last_handle_;
    std::string list;
    switch (which) {
      case 0:
        begun_ += backup_.Begin(0) == JET_errSuccess;
        break;
      case 1:
        ended_ += choice % 4 == 0 && backup_.End(kNormal) != JET_errNoBackup;
        break;
      case 2:
        if (choice % 8 == 0) backup_.Stop();
        break;
      case 3:
        if (backup_.OpenFile("a.edb", &handle, &size) == JET_errSuccess) last_handle_ = handle;
        break;
      case 4:
        if (backup_.OpenFile(LogName(2).c_str(), &handle, &size) >= 0) last_handle_ = handle;
        break;
      case 5:
        if (backup_.ReadFile(handle, buffer, 3 * kPage, &bytes) >= 0) CheckPages(buffer, bytes);
        break;
      case 6:
        backup_.CloseFile(handle);
        break;
      case 7:
        if (choice % 4 == 0) LogInfo();
        break;
      default:
        backup_.GetAttachInfo(&list);
    }
  }

  /// The first bytes of the pages read follow each other as they do in the stream.
  static void CheckPages(const std::byte* buffer, uint32_t bytes) {
    for (uint32_t at = kPage; at < bytes; at += kPage) {
      const auto before = std::to_integer<int>(buffer[at - kPage]);
      const auto page = std::to_integer<int>(buffer[at]);
      if (page > 0 && page <= static_cast<int>(kPages) && before <= static_cast<int>(kPages)) {
        EXPECT_EQ(page, before + 1);
      }
    }
  }

  std::atomic<int> begun_ = 0;
  std::atomic<int> ended_ = 0;
  std::atomic<JET_HANDLE> last_handle_ = 0;
};

TEST_F(BackupStorm, EndsEveryBackupAtMostOnceAndNoneIsLeftBehind) {
  std::vector<std::thread> clients;
  for (unsigned seed = 1; seed <= 4; ++seed) clients.emplace_back([this, seed] { Client(seed); });
  for (std::thread& client : clients) client.join();
  backup_.TearDown();
  EXPECT_LE(ended_, begun_);
  EXPECT_GT(begun_, 0);
  EXPECT_EQ(backup_.CheckNoneRuns(), JET_errSuccess);
  EXPECT_EQ(std::count(log_.records.begin(), log_.records.end(), BackupRecord::kBegin), begun_);
  EXPECT_EQ(std::count(log_.records.begin(), log_.records.end(), BackupRecord::kStop), begun_);
  EXPECT_EQ(backup_.Begin(0), JET_errSuccess);
}

}  // namespace
}  // namespace backstop::engine
