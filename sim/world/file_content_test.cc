// SPDX-License-Identifier: MIT
#include "sim/world/file_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace backstop::world {
namespace {

std::string ReadAll(const FileContent& content) {
  std::string bytes(static_cast<size_t>(content.size()), '?');
  EXPECT_EQ(content.Read(0, std::as_writable_bytes(std::span(bytes))), bytes.size());
  return bytes;
}

void Write(FileContent& content, uint64_t offset, const std::string& bytes) {
  content.Write(offset, std::as_bytes(std::span(bytes)));
}

TEST(FileContent, WhatIsWrittenAcrossPagesIsReadBack) {
  FileContent content;
  std::string bytes;
  for (size_t i = 0; i < 3 * kPageBytes; ++i) bytes += static_cast<char>(i * 7 % 251);
  Write(content, 0, bytes);
  Write(content, kPageBytes - 2, "abcd");
  std::copy_n("abcd", 4, bytes.begin() + kPageBytes - 2);
  EXPECT_EQ(ReadAll(content), bytes);
}

TEST(FileContent, HolesReadAsZeros) {
  FileContent content;
  Write(content, 2 * kPageBytes + 1, "x");
  EXPECT_EQ(ReadAll(content), std::string(2 * kPageBytes + 1, '\0') + "x");
}

TEST(FileContent, AReadAtTheEndIsShortAndBeyondItEmpty) {
  FileContent content;
  Write(content, 0, "abc");
  std::array<std::byte, 8> buffer;
  EXPECT_EQ(content.Read(1, buffer), 2u);
  EXPECT_EQ(content.Read(3, buffer), 0u);
  EXPECT_EQ(content.Read(1'000'000, buffer), 0u);
}

TEST(FileContent, BytesCutOffDoNotComeBackWhenTheFileGrows) {
  FileContent content;
  Write(content, 0, "abcdef");
  content.Resize(2);
  content.Resize(6);
  EXPECT_EQ(ReadAll(content), std::string("ab\0\0\0\0", 6));
}

TEST(FileContent, ACopySharesPagesUntilOneIsWritten) {
  FileContent content;
  Write(content, 0, std::string(2 * kPageBytes, 'a'));
  FileContent copy = content;
  Write(copy, 0, "b");
  EXPECT_EQ(ReadAll(content)[0], 'a');
  EXPECT_EQ(ReadAll(copy)[0], 'b');
  copy.Resize(1);
  EXPECT_EQ(content.size(), 2 * kPageBytes);
}

}  // namespace
}  // namespace backstop::world
