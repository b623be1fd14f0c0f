// SPDX-License-Identifier: MIT
#include "impl/engine/index_key.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backstop::engine {
namespace {

template <class T>
Key KeyOfValue(JET_COLTYP type, const T& value) {
  Key key;
  AppendToKey({.id = 1, .type = type}, std::as_bytes(std::span(&value, 1)), &key);
  return key;
}

Key KeyOfText(JET_COLTYP type, const std::string& text) {
  Key key;
  AppendToKey({.id = 128, .type = type}, std::as_bytes(std::span(text)), &key);
  return key;
}

template <class T>
void ExpectRising(JET_COLTYP type, const std::vector<T>& values) {
  for (size_t i = 1; i < values.size(); ++i) {
    EXPECT_LT(KeyOfValue(type, values[i - 1]), KeyOfValue(type, values[i])) << values[i];
  }
}

TEST(IndexKey, KeysOfNumbersSortAsTheNumbersDo) {
  ExpectRising<int32_t>(JET_coltypLong, {INT32_MIN, -256, -1, 0, 1, 255, 256, INT32_MAX});
  ExpectRising<int64_t>(JET_coltypCurrency, {INT64_MIN, -1, 0, 1, INT64_MAX});
  ExpectRising<uint32_t>(JET_coltypUnsignedLong, {0, 1, 255, 256, UINT32_MAX});
  ExpectRising<double>(JET_coltypIEEEDouble,
                       {-1e300, -2.0, -1.0, -1e-300, 0.0, 1e-300, 1.5, 1e300});
}

TEST(IndexKey, KeysOfBytesSortAsTheBytesDo) {
  const std::vector<std::string> values = {"",          std::string(1, '\0'), "a",  "aaaaaaaa",
                                           "aaaaaaaaa", "aaaaaaaab",          "ab", "b"};
  for (size_t i = 1; i < values.size(); ++i) {
    EXPECT_LT(KeyOfText(JET_coltypBinary, values[i - 1]), KeyOfText(JET_coltypBinary, values[i]));
  }
}

TEST(IndexKey, TextSortsWithoutCaseAndNullBelowAll) {
  EXPECT_EQ(KeyOfText(JET_coltypText, "abc"), KeyOfText(JET_coltypText, "ABC"));
  EXPECT_LT(KeyOfText(JET_coltypText, "AB"), KeyOfText(JET_coltypText, "abc"));
  Key null;
  AppendToKey({.id = 128, .type = JET_coltypText}, std::nullopt, &null);
  EXPECT_LT(null, KeyOfText(JET_coltypText, ""));
}

TEST(IndexKey, KeysAreCutWhereTheyMayNotBeLonger) {
  EXPECT_EQ(KeyOfText(JET_coltypLongBinary, std::string(1000, 'x')).size(), kKeyBytesMax);
}

}  // namespace
}  // namespace backstop::engine
