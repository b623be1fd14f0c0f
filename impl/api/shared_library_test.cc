// SPDX-License-Identifier: MIT
// libesent.so as a program sees it that loads it: what it exports, and which contract it keeps.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "impl/esent.h"

namespace backstop::api {
namespace {

void* Library() {
  static void* const library = dlopen(BACKSTOP_LIBESENT, RTLD_NOW | RTLD_LOCAL);
  return library;
}

#define LIBRARY_FUNCTION(name) reinterpret_cast<decltype(&::name)>(dlsym(Library(), #name))

/// What Begin returns for an internal copy, which the dialects disagree about; 1 if something else
/// goes wrong. For a process of its own.
JET_ERR BeginInternalCopy(const char* dialect) {
  setenv("BACKSTOP_DIALECT", dialect, 1);
  const auto directory =
      std::filesystem::temp_directory_path() / ("libesent_" + std::to_string(getpid()));
  std::filesystem::create_directories(directory);
  std::filesystem::current_path(directory);
  JET_INSTANCE instance = JET_instanceNil;
  const bool started = LIBRARY_FUNCTION(JetCreateInstance)(&instance, "one") >= 0 &&
                       LIBRARY_FUNCTION(JetInit)(&instance) >= 0;
  const JET_ERR err =
      LIBRARY_FUNCTION(JetBeginExternalBackupInstance)(instance, JET_bitInternalCopy);
  LIBRARY_FUNCTION(JetTerm)(instance);
  std::filesystem::remove_all(directory);
  return started ? err : 1;
}

[[noreturn]] void ExitOn(bool good) { _exit(good ? 0 : 1); }

TEST(SharedLibrary, ExportsTheApiAndNothingElse) {
  ASSERT_NE(Library(), nullptr) << dlerror();
  for (const char* name : {"JetInit", "JetStopBackupInstance", "JetGetLogInfoInstance2W"}) {
    EXPECT_NE(dlsym(Library(), name), nullptr) << name;
  }
  EXPECT_EQ(dlsym(Library(), "_ZN8backstop6engine7Process7CurrentEv"), nullptr);
}

TEST(SharedLibraryDeathTest, KeepsTheContractThatTheEnvironmentNames) {
  EXPECT_EXIT(ExitOn(BeginInternalCopy("strict") == JET_errInvalidGrbit),
              testing::ExitedWithCode(0), "");
  EXPECT_EXIT(ExitOn(BeginInternalCopy("ese") == JET_errSuccess), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(ExitOn(BeginInternalCopy("esse") == 0), testing::ExitedWithCode(2),
              "BACKSTOP_DIALECT=esse: no such dialect; set it to strict or ese");
}

}  // namespace
}  // namespace backstop::api
