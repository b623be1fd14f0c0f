// SPDX-License-Identifier: MIT
#include "impl/engine/log_name.h"

#include <gtest/gtest.h>

namespace backstop::engine {
namespace {

TEST(LogName, OfAnArchivedGenerationHasFiveOrEightUpperCaseDigits) {
  EXPECT_EQ(ArchivedGeneration("edb0000000A.log", "edb"), 10u);
  EXPECT_EQ(ArchivedGeneration("edb0001F.log", "edb"), 31u);
  for (const char* name : {"edb.log", "edb0000000a.log", "edb000001.log", "abc00000001.log",
                           "edb00000001.jtx", "edb00000000.log", "edb", ".log", ""}) {
    EXPECT_FALSE(ArchivedGeneration(name, "edb")) << name;
  }
}

TEST(LogName, OfAnyKindEndsLikeALog) {
  EXPECT_TRUE(HasLogExtension("edb.log"));
  EXPECT_TRUE(HasLogExtension("anything.jtx"));
  EXPECT_FALSE(HasLogExtension("a.edb"));
}

}  // namespace
}  // namespace backstop::engine
