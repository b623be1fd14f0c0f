// SPDX-License-Identifier: MIT
// Sessions and databases: entry tests of session calls, attaching, opening, information.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

using SessionApi = DatabaseFixture;
using DatabaseApi = DatabaseFixture;

TEST_F(SessionApi, NilIsUnknownBeforeEverythingAndStaleDependsOnTheInstances) {
  EXPECT_CODE(JetBeginTransaction(JET_sesidNil), JET_errInvalidSesid);
  EXPECT_CODE(JetBeginTransaction(session_ + 1), JET_errInvalidSesid);
  ASSERT_OK(JetTerm(instance_));
  EXPECT_CODE(JetBeginTransaction(JET_sesidNil), JET_errInvalidSesid);
  EXPECT_CODE(JetBeginTransaction(session_), JET_errNotInitialized);
  CreateInstance("second");
  EXPECT_CODE(JetBeginTransaction(session_), JET_errNotInitialized);
  StartInstance("third");
  EXPECT_CODE(JetBeginTransaction(session_), JET_errInvalidSesid);
}

TEST_F(SessionApi, AfterStopOfServiceOnlyTheWayOutIsOpen) {
  ASSERT_OK(JetBeginTransaction(session_));
  ASSERT_OK(JetStopServiceInstance(instance_));
  constexpr JET_ERR kStopped = JET_errClientRequestToStopJetService;
  EXPECT_CODE(JetCommitTransaction(session_, 0), kStopped);
  EXPECT_CODE(JetBeginTransaction(session_), kStopped);
  EXPECT_CODE(JetAttachDatabase(session_, database_.c_str(), 0), kStopped);
  EXPECT_CODE(JetRollback(session_, 0), JET_errSuccess);
  EXPECT_CODE(JetCloseDatabase(session_, dbid_, 0), JET_errSuccess);
  EXPECT_CODE(JetDetachDatabase(session_, database_.c_str()), JET_errSuccess);
  EXPECT_CODE(JetEndSession(session_, 0), JET_errSuccess);
}

TEST_F(SessionApi, AreLimitedInNumber) {
  JET_INSTANCE other = CreateInstance("second");
  SetNumber(&other, JET_paramMaxSessions, 1);
  ASSERT_OK(JetInit(&other));
  const JET_SESID session = BeginSession(other);
  JET_SESID second = 0;
  EXPECT_CODE(JetBeginSession(other, &second, nullptr, nullptr), JET_errOutOfSessions);
  ASSERT_OK(JetEndSession(session, 0));
  ASSERT_OK(JetBeginSession(other, &second, nullptr, nullptr));
  EXPECT_NE(session, second);
}

TEST_F(SessionApi, EndingOneGivesBackWhatItHadOpen) {
  ASSERT_OK(JetBeginTransaction(session_));
  ASSERT_OK(JetEndSession(session_, 0));
  EXPECT_CODE(JetEndSession(session_, 0), JET_errInvalidSesid);
  session_ = BeginSession(instance_);
  EXPECT_CODE(JetDetachDatabase(session_, database_.c_str()), JET_errSuccess);
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errSuccess);
}

TEST_F(SessionApi, TransactionsNestSevenDeep) {
  EXPECT_CODE(JetCommitTransaction(session_, 0), JET_errNotInTransaction);
  EXPECT_CODE(JetRollback(session_, 0), JET_errNotInTransaction);
  for (int level = 0; level < 7; ++level) ASSERT_OK(JetBeginTransaction(session_));
  EXPECT_CODE(JetBeginTransaction(session_), JET_errTransTooDeep);
  EXPECT_CODE(JetCommitTransaction(session_, 0), JET_errSuccess);
  EXPECT_CODE(JetRollback(session_, JET_bitRollbackAll), JET_errSuccess);
  EXPECT_CODE(JetRollback(session_, 0), JET_errNotInTransaction);
}

TEST_F(DatabaseApi, AttachingTestsTheTransactionTheBitsAndTheName) {
  const auto attach = [this](const char* name, JET_GRBIT grbit) {
    return JetAttachDatabase2(session_, name, 0, grbit);
  };
  EXPECT_CODE(attach(nullptr, JET_bitDbVersioningOff), JET_errCannotDisableVersioning);
  EXPECT_CODE(attach("", 0), JET_errDatabaseInvalidPath);
  EXPECT_CODE(attach("x", JET_bitDbReadOnly | JET_bitDbDeleteCorruptIndexes), JET_errInvalidGrbit);
  EXPECT_CODE(attach(DatabasePath("no.edb").c_str(), 0), JET_errFileNotFound);
  EXPECT_CODE(attach(database_.c_str(), 0), JET_wrnDatabaseAttached);
  ASSERT_OK(JetBeginTransaction(session_));
  EXPECT_CODE(attach(nullptr, JET_bitDbVersioningOff), JET_errInTransaction);
}

TEST_F(DatabaseApi, DetachingNeedsAClosedDatabaseAndNoForce) {
  ASSERT_OK(Begin());
  EXPECT_CODE(JetDetachDatabase2(session_, database_.c_str(), JET_bitForceDetach),
              JET_errForceDetachNotAllowed);
  EXPECT_CODE(JetDetachDatabase(session_, "no.edb"), JET_errBackupInProgress);
  ASSERT_OK(End(JET_bitBackupEndAbort));
  EXPECT_CODE(JetDetachDatabase(session_, "no.edb"), JET_errDatabaseNotFound);
  EXPECT_CODE(JetDetachDatabase(session_, database_.c_str()), JET_errDatabaseInUse);
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  ASSERT_OK(JetBeginTransaction(session_));
  EXPECT_CODE(JetDetachDatabase(session_, database_.c_str()), JET_errInTransaction);
  ASSERT_OK(JetRollback(session_, 0));
  EXPECT_CODE(JetDetachDatabase(session_, nullptr), JET_errSuccess);
  EXPECT_CODE(JetOpenDatabase(session_, database_.c_str(), nullptr, &dbid_, 0),
              JET_errDatabaseNotFound);
}

TEST_F(DatabaseApi, CreationRefusesAFileThatExists) {
  JET_DBID other = 0;
  EXPECT_CODE(JetCreateDatabase(session_, database_.c_str(), nullptr, &other, 0),
              JET_errDatabaseDuplicate);
}

TEST_F(DatabaseApi, AnExclusiveOpeningIsTheOnlyOne) {
  const JET_SESID other = BeginSession(instance_);
  JET_DBID again = 0;
  EXPECT_CODE(JetOpenDatabase(other, database_.c_str(), nullptr, &again, JET_bitDbExclusive),
              JET_errDatabaseLocked);
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  ASSERT_OK(JetOpenDatabase(other, database_.c_str(), nullptr, &again, JET_bitDbExclusive));
  EXPECT_CODE(JetOpenDatabase(session_, database_.c_str(), nullptr, &dbid_, 0),
              JET_errDatabaseLocked);
}

TEST_F(DatabaseApi, InformationComesInEveryVersionOfTheStructure) {
  JET_DBINFOMISC4 whole = {};
  const auto info = [&](uint32_t bytes) {
    return JetGetDatabaseInfo(session_, dbid_, &whole, bytes, JET_DbInfoMisc);
  };
  for (const uint32_t bytes : {216u, 296u, 300u, 348u}) EXPECT_CODE(info(bytes), JET_errSuccess);
  EXPECT_CODE(info(217), JET_errInvalidBufferSize);
  EXPECT_EQ(whole.cbPageSize, kPage);
  EXPECT_EQ(whole.dbstate, JET_dbstateDirtyShutdown);
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  EXPECT_CODE(info(216), JET_errInvalidDatabaseId);
  ASSERT_OK(JetDetachDatabase(session_, database_.c_str()));
  EXPECT_CODE(info(216), JET_errInvalidParameter);
}

/// Threads that use, terminate and initialise one instance at once. Every call gets a code that
/// some order of them explains, and nothing is left behind.
TEST_F(SessionApi, TerminationRacesWithEverything) {
  std::atomic<JET_INSTANCE> shared = instance_;
  std::atomic<bool> done = false;
  const auto allowed = [](JET_ERR err) {
    return err == JET_errSuccess || err == JET_errInvalidParameter ||
           err == JET_errTermInProgress || err == JET_errNotInitialized || err == JET_errNoBackup ||
           err == JET_errBackupInProgress || err == JET_errBackupAbortByServer ||
           err == JET_errBackupAbortByCaller || err == JET_errInvalidSesid;
  };
  std::vector<std::thread> clients;
  for (int client = 0; client < 3; ++client) {
    clients.emplace_back([&] {
      const engine::ProcessBinding binding(process_);
      while (!done) {
        const JET_INSTANCE instance = shared;
        JET_SESID session = JET_sesidNil;
        EXPECT_PRED1(allowed, JetBeginExternalBackupInstance(instance, 0));
        EXPECT_PRED1(allowed, JetBeginSession(instance, &session, nullptr, nullptr));
        EXPECT_PRED1(allowed, JetGetAttachInfoInstance(instance, nullptr, 0, nullptr));
        EXPECT_PRED1(allowed, JetStopBackupInstance(instance));
        EXPECT_PRED1(allowed, JetEndExternalBackupInstance(instance));
        EXPECT_PRED1(allowed, JetEndSession(session, 0));
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    EXPECT_CODE(JetTerm2(shared, JET_bitTermStopBackup), JET_errSuccess);
    shared = StartInstance("first");
  }
  done = true;
  for (std::thread& client : clients) client.join();
  EXPECT_CODE(JetTerm(shared), JET_errSuccess);
}

}  // namespace
}  // namespace backstop::api
