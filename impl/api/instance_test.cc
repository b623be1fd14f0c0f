// SPDX-License-Identifier: MIT
// Life of instances: creation, initialisation, parameters, termination, stopping of services.
#include <gmock/gmock.h>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

using InstanceLife = EngineFixture;
using InstanceTerm = DatabaseFixture;
using ParameterApi = EngineFixture;
using ServiceApi = DatabaseFixture;
using OneInstance = EngineFixture;

TEST_F(InstanceLife, CreationNeedsAPlaceAFreeNameAndRoom) {
  JET_INSTANCE instance = 7;
  EXPECT_CODE(JetCreateInstance(nullptr, "a"), JET_errInvalidParameter);
  SetNumber(nullptr, JET_paramMaxInstances, 2);
  EXPECT_CODE(JetCreateInstance(&instance, nullptr), JET_errSuccess);
  EXPECT_CODE(JetCreateInstance(&instance, nullptr), JET_errInstanceNameInUse);
  EXPECT_EQ(instance, JET_instanceNil);
  EXPECT_CODE(JetCreateInstance2(&instance, "b", nullptr, 0), JET_errSuccess);
  EXPECT_CODE(JetCreateInstance(&instance, "c"), JET_errTooManyInstances);
}

TEST_F(InstanceLife, BeforeInitialisationOnlyStopTermAndStopOfServiceWork) {
  const JET_INSTANCE instance = CreateInstance("first");
  JET_SESID session = 0;
  EXPECT_CODE(JetBeginExternalBackupInstance(instance, 0), JET_errNotInitialized);
  EXPECT_CODE(JetBeginSession(instance, &session, nullptr, nullptr), JET_errNotInitialized);
  EXPECT_CODE(JetStopBackupInstance(instance), JET_errSuccess);
  EXPECT_CODE(JetStopServiceInstance(instance), JET_errSuccess);
  EXPECT_CODE(JetBeginExternalBackupInstance(instance, 0), JET_errClientRequestToStopJetService);
  EXPECT_CODE(JetTerm(instance), JET_errSuccess);
  EXPECT_CODE(JetStopBackupInstance(instance), JET_errInvalidParameter);
}

TEST_F(InstanceLife, ASecondInitIsRefusedAndKeepsTheInstance) {
  JET_INSTANCE instance = StartInstance("first");
  const JET_INSTANCE before = instance;
  EXPECT_CODE(JetInit(&instance), JET_errAlreadyInitialized);
  EXPECT_EQ(instance, before);
  EXPECT_CODE(JetInit(nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_CODE(JetTerm(instance), JET_errSuccess);
}

TEST_F(InstanceLife, AFailedInitFreesTheInstance) {
  StartInstance("first");
  JET_INSTANCE second = CreateInstance("second");
  SetText(&second, JET_paramTempPath, directory_ + "first\\tmp.edb");
  const JET_INSTANCE handle = second;
  EXPECT_CODE(JetInit(&second), JET_errTempPathInUse);
  EXPECT_EQ(second, 0u);
  EXPECT_CODE(JetTerm(handle), JET_errInvalidParameter);
}

TEST_F(InstanceLife, PathsAreSharedByNobodyWhileTheyAreUsed) {
  const std::pair<uint32_t, JET_ERR> cases[] = {{JET_paramSystemPath, JET_errSystemPathInUse},
                                                {JET_paramLogFilePath, JET_errLogFilePathInUse}};
  const JET_INSTANCE first = StartInstance("first");
  for (const auto& [parameter, code] : cases) {
    JET_INSTANCE second = CreateInstance("second");
    SetText(&second, parameter, directory_ + "first");
    EXPECT_CODE(JetInit(&second), code);
  }
  ASSERT_OK(JetTerm(first));
  JET_INSTANCE second = CreateInstance("second");
  SetText(&second, JET_paramSystemPath, directory_ + "first");
  EXPECT_CODE(JetInit(&second), JET_errSuccess);
}

TEST_F(InstanceLife, InitTakesRestoreInformationOfTheRightShapeOnly) {
  JET_INSTANCE instance = CreateInstance("first");
  JET_RSTINFO_A info = {};
  EXPECT_CODE(JetInit3(&instance, &info, 0), JET_errInvalidParameter);
  info.cbStruct = sizeof info;
  info.crstmap = 1;
  EXPECT_CODE(JetInit3(&instance, &info, 0), JET_errInvalidParameter);
  EXPECT_EQ(instance, 0u);
}

TEST_F(InstanceLife, MissingDirectoriesAreMadeOnlyWhenAsked) {
  JET_INSTANCE instance = CreateInstance("first");
  SetText(&instance, JET_paramLogFilePath, directory_ + "deep/logs");
  EXPECT_LT(JetInit(&instance), 0);
  instance = CreateInstance("second");
  SetText(&instance, JET_paramLogFilePath, directory_ + "deep/logs");
  SetNumber(&instance, JET_paramCreatePathIfNotExist, 1);
  EXPECT_CODE(JetInit(&instance), JET_errSuccess);
}

TEST_F(OneInstance, IgnoresHandlesAndServesTheLegacyCalls) {
  EXPECT_CODE(JetStopBackup(), JET_errInvalidParameter);
  EXPECT_CODE(JetStopBackupInstance(1), JET_errInvalidParameter);
  Configure(nullptr, directory_);
  ASSERT_OK(JetInit(nullptr));
  JET_INSTANCE other = 0;
  EXPECT_CODE(JetInit(&other), JET_errAlreadyInitialized);
  EXPECT_CODE(JetCreateInstance(&other, "b"), JET_errRunningInOneInstanceMode);
  EXPECT_CODE(JetBeginExternalBackup(0), JET_errSuccess);
  EXPECT_CODE(JetGetAttachInfoInstance(4711, nullptr, 0, nullptr), JET_errSuccess);
  EXPECT_CODE(JetGetAttachInfo(nullptr, 0, nullptr), JET_errSuccess);
  EXPECT_CODE(JetStopBackup(), JET_errSuccess);
  EXPECT_CODE(JetGetLogInfo(nullptr, 0, nullptr), JET_errBackupAbortByServer);
  EXPECT_CODE(JetEndExternalBackup(), JET_errBackupAbortByServer);
  EXPECT_CODE(JetStopService(), JET_errSuccess);
  EXPECT_CODE(JetTruncateLog(), JET_errClientRequestToStopJetService);
  EXPECT_CODE(JetTerm(0), JET_errSuccess);
  EXPECT_CODE(JetCreateInstance(&other, "b"), JET_errSuccess);
  EXPECT_CODE(JetStopBackup(), JET_errRunningInMultiInstanceMode);
}

TEST_F(InstanceTerm, IsRefusedByABackupAndLeavesEverythingAsItWas) {
  ASSERT_OK(Begin());
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errBackupInProgress);
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermComplete), JET_errBackupInProgress);
  EXPECT_CODE(AttachInfo(), JET_errSuccess);
  EXPECT_CODE(End(JET_bitBackupEndAbort), JET_errSuccess);
  EXPECT_CODE(Begin(), JET_errSuccess);
}

TEST_F(InstanceTerm, TearsTheBackupDownWhenToldTo) {
  for (const JET_GRBIT grbit : {JET_bitTermStopBackup, JET_bitTermAbrupt}) {
    ASSERT_OK(Begin());
    EXPECT_CODE(JetTerm2(instance_, grbit), JET_errSuccess);
    EXPECT_CODE(AttachInfo(), JET_errInvalidParameter);
    instance_ = StartInstance("first");
  }
  ASSERT_OK(Begin());
  EXPECT_CODE(JetTerm(instance_), JET_errSuccess);
}

TEST_F(InstanceTerm, IsRefusedByAnOpenTransactionAfterTheBackupIsGone) {
  ASSERT_OK(Begin());
  ASSERT_OK(JetBeginTransaction(session_));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermStopBackup), JET_errTooManyActiveUsers);
  EXPECT_CODE(AttachInfo(), JET_errNoBackup);
  ASSERT_OK(JetRollback(session_, 0));
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errSuccess);
}

TEST_F(InstanceTerm, DirtyLeavesTheRestToRecovery) {
  InsertRows(10);
  ASSERT_OK(Begin());
  ASSERT_OK(JetBeginTransaction(session_));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermDirty), JET_errDirtyShutdown);
  instance_ = StartInstance("first");
  session_ = BeginSession(instance_);
  EXPECT_CODE(JetAttachDatabase(session_, database_.c_str(), 0), JET_errSuccess);
  EXPECT_CODE(JetOpenDatabase(session_, database_.c_str(), nullptr, &dbid_, 0), JET_errSuccess);
  JET_TABLEID table = 0;
  ASSERT_OK(JetOpenTable(session_, dbid_, "rows", nullptr, 0, 0, &table));
  EXPECT_CODE(JetMove(session_, table, 9, 0), JET_errSuccess);
}

TEST_F(ParameterApi, AreReadBackAsTheyWereSet) {
  JET_INSTANCE instance = CreateInstance("first");
  JET_API_PTR number = 0;
  char text[8] = {};
  SetText(&instance, JET_paramBaseName, "abc");
  EXPECT_CODE(JetGetSystemParameter(instance, JET_sesidNil, JET_paramBaseName, nullptr, text, 8),
              JET_errSuccess);
  EXPECT_STREQ(text, "abc");
  EXPECT_CODE(JetGetSystemParameter(instance, JET_sesidNil, JET_paramBaseName, nullptr, text, 3),
              JET_errBufferTooSmall);
  EXPECT_CODE(
      JetGetSystemParameter(instance, JET_sesidNil, JET_paramLogFileSize, &number, nullptr, 0),
      JET_errSuccess);
  EXPECT_EQ(number, 64u);
}

TEST_F(ParameterApi, AreTestedForTimeAndThenForRange) {
  JET_INSTANCE instance = CreateInstance("first");
  const auto set = [&](uint32_t id, uint64_t number, const char* text) {
    return JetSetSystemParameter(&instance, JET_sesidNil, id, number, text);
  };
  EXPECT_CODE(set(9999, 0, nullptr), JET_errInvalidParameter);
  EXPECT_CODE(set(JET_paramLogFileSize, 100, nullptr), JET_errInvalidParameter);
  EXPECT_CODE(set(JET_paramLogFileSize, 65536, nullptr), JET_errInvalidParameter);
  EXPECT_CODE(set(JET_paramBaseName, 0, "four"), JET_errInvalidParameter);
  EXPECT_CODE(set(JET_paramDatabasePageSize, 4096, nullptr), JET_errSuccess);
  EXPECT_CODE(set(JET_paramDatabasePageSize, 8192, nullptr), JET_errAlreadyInitialized);
  ASSERT_OK(JetInit(&instance));
  EXPECT_CODE(set(JET_paramLogFileSize, 64, nullptr), JET_errSuccess);
  EXPECT_CODE(set(JET_paramLogFileSize, 1, nullptr), JET_errAlreadyInitialized);
  EXPECT_CODE(set(JET_paramBaseName, 0, "edb"), JET_errAlreadyInitialized);
  EXPECT_CODE(set(JET_paramCheckpointDepthMax, 16384, nullptr), JET_errSuccess);
  JET_INSTANCE unknown = 4711;
  EXPECT_CODE(JetSetSystemParameter(&unknown, JET_sesidNil, JET_paramRecovery, 0, "on"),
              JET_errInvalidInstance);
  EXPECT_CODE(JetSetSystemParameter(&instance, 4711, JET_paramRecovery, 0, "on"),
              JET_errInvalidSesid);
}

TEST_F(ParameterApi, OfTheProcessAreCopiedIntoNewInstances) {
  SetNumber(nullptr, JET_paramLogFileSize, 128);
  JET_INSTANCE instance = JET_instanceNil;
  ASSERT_OK(JetCreateInstance(&instance, "a"));
  SetNumber(nullptr, JET_paramLogFileSize, 192);
  JET_API_PTR number = 0;
  ASSERT_OK(
      JetGetSystemParameter(instance, JET_sesidNil, JET_paramLogFileSize, &number, nullptr, 0));
  EXPECT_EQ(number, 128u);
}

TEST_F(ServiceApi, BitsAreTestedBeforeAnythingStops) {
  constexpr JET_GRBIT kResume = JET_bitStopServiceResume;
  constexpr JET_GRBIT kEmit = JET_bitStopServiceStopAndEmitLog;
  const auto stop = [this](JET_GRBIT grbit) { return JetStopServiceInstance2(instance_, grbit); };
  EXPECT_CODE(stop(0x1), JET_errInvalidGrbit);
  EXPECT_CODE(stop(kResume | kEmit), JET_errInvalidGrbit);
  EXPECT_CODE(stop(kEmit | JET_bitStopServiceQuiesceCaches), JET_errInvalidGrbit);
  EXPECT_CODE(stop(JET_bitStopServiceQuiesceCaches), JET_errSuccess);
  EXPECT_CODE(stop(kResume), JET_errSuccess);
  EXPECT_CODE(Begin(), JET_errSuccess);
  EXPECT_CODE(stop(JET_bitStopServiceAll), JET_errSuccess);
  EXPECT_CODE(AttachInfo(), JET_errClientRequestToStopJetService);
  EXPECT_CODE(stop(kResume), JET_errClientRequestToStopJetService);
  EXPECT_CODE(stop(kResume | JET_bitStopServiceQuiesceCaches), JET_errSuccess);
  EXPECT_CODE(JetStopServiceInstance2(4711, 0x1), JET_errInvalidParameter);
}

TEST_F(ServiceApi, TheLogCanBeEmittedForGood) {
  const auto stop = [this](JET_GRBIT grbit) { return JetStopServiceInstance2(instance_, grbit); };
  ASSERT_OK(Begin());
  EXPECT_CODE(stop(JET_bitStopServiceStopAndEmitLog), JET_wrnCallbackNotRegistered);
  EXPECT_CODE(stop(JET_bitStopServiceResume), JET_errInvalidGrbit);
  EXPECT_CODE(AttachInfo(), JET_errSuccess);
  EXPECT_CODE(LogInfo(), JET_errLogWriteFail);
  EXPECT_CODE(Begin(), JET_errLogWriteFail);
  EXPECT_CODE(JetTerm(instance_), JET_errLogWriteFail);
  EXPECT_CODE(JetTerm(instance_), JET_errInvalidParameter);
}

}  // namespace
}  // namespace backstop::api
