// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "impl/engine/error_name.h"
#include "impl/esent.h"

extern "C" int LayoutAsSeenByC(void);

namespace backstop::engine {
namespace {

TEST(Header, MeansTheSameInCAndInCxx) {
  EXPECT_EQ(LayoutAsSeenByC(), static_cast<int>(sizeof(JET_DBINFOMISC4) + sizeof(JET_RSTINFO_A)) +
                                   JET_errBackupAbortByServer);
}

TEST(Header, EveryErrorHasOneNameAndOneValue) {
  std::set<std::string> names;
  std::set<JET_ERR> values;
#define JET_ERROR(name, value, meaning)     \
  EXPECT_TRUE(names.insert(#name).second);  \
  EXPECT_TRUE(values.insert(value).second); \
  EXPECT_STREQ(ErrorName(value), #name);
#include "impl/esent/errors.def"
#undef JET_ERROR
  EXPECT_STREQ(ErrorName(-99999), "JET_errUnknown");
}

}  // namespace
}  // namespace backstop::engine
