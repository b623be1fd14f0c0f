// SPDX-License-Identifier: MIT
#include "sim/world/sim_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace backstop::world {
namespace {

using env::IoStatus;
using env::OpenMode;
using ::testing::ElementsAre;
using ::testing::Optional;

SimDisk::FileId Open(SimDisk& disk, const std::string& path, OpenMode mode) {
  SimDisk::FileId file = 0;
  EXPECT_EQ(disk.Open(path, mode, &file), IoStatus::kOk) << path;
  return file;
}

void Write(SimDisk& disk, SimDisk::FileId file, uint64_t offset, const std::string& bytes) {
  EXPECT_EQ(disk.Write(file, offset, std::as_bytes(std::span(bytes))).bytes, bytes.size());
}

void Put(SimDisk& disk, const std::string& path, const std::string& bytes) {
  const SimDisk::FileId file = Open(disk, path, OpenMode::kCreateOrTruncate);
  Write(disk, file, 0, bytes);
  disk.Close(file);
}

std::vector<std::string> List(const SimDisk& disk, const std::string& directory) {
  std::vector<std::string> names;
  EXPECT_EQ(disk.List(directory, &names), IoStatus::kOk) << directory;
  return names;
}

TEST(SimDisk, ACloneAndItsOriginalDoNotSeeEachOthersChanges) {
  SimDisk original;
  Put(original, "d/kept", "old");
  Put(original, "d/removed", "old");
  SimDisk clone = original.Clone();

  Put(clone, "d/kept", "new");
  Put(clone, "d/added", "new");
  EXPECT_EQ(clone.Remove("d/removed"), IoStatus::kOk);
  EXPECT_THAT(original.Peek("d/kept"), Optional(std::string("old")));
  EXPECT_THAT(original.Paths(), ElementsAre("d/kept", "d/removed"));

  Put(original, "d/kept", "newer");
  EXPECT_THAT(clone.Peek("d/kept"), Optional(std::string("new")));
  EXPECT_THAT(clone.Paths(), ElementsAre("d/added", "d/kept"));
}

TEST(SimDisk, AHandleThatWasOpenBeforeTheCloneWritesItsOwnDiskOnly) {
  SimDisk original;
  Put(original, "f", "old");
  const SimDisk::FileId file = Open(original, "f", OpenMode::kReadWrite);
  SimDisk clone = original.Clone();
  Write(original, file, 0, "new");
  EXPECT_THAT(original.Peek("f"), Optional(std::string("new")));
  EXPECT_THAT(clone.Peek("f"), Optional(std::string("old")));
  original.Close(file);
}

TEST(SimDisk, AnUnlinkedFileLivesUntilItIsClosed) {
  SimDisk disk;
  Put(disk, "f", "text");
  const SimDisk::FileId file = Open(disk, "f", OpenMode::kReadWrite);
  EXPECT_EQ(disk.Remove("f"), IoStatus::kOk);
  EXPECT_FALSE(disk.Exists("f"));
  Put(disk, "f", "another");
  Write(disk, file, 4, "ure");
  std::string read(7, '?');
  EXPECT_EQ(disk.Read(file, 0, std::as_writable_bytes(std::span(read))).bytes, 7u);
  EXPECT_EQ(read, "texture");
  disk.Close(file);
  EXPECT_THAT(disk.Peek("f"), Optional(std::string("another")));
  Put(disk, "g", "reuses the number");
  EXPECT_EQ(Open(disk, "g", OpenMode::kReadOnly), file);
}

TEST(SimDisk, ACloneKeepsNoFileThatOnlyTheOriginalHasOpen) {
  SimDisk original;
  Put(original, "f", "text");
  const SimDisk::FileId file = Open(original, "f", OpenMode::kReadOnly);
  original.Remove("f");
  SimDisk clone = original.Clone();
  Put(clone, "g", "");
  EXPECT_EQ(Open(clone, "g", OpenMode::kReadOnly), file) << "the slot was free in the clone";
  EXPECT_EQ(original.Size(file), 4u);
}

TEST(SimDisk, RenameReplacesItsTargetAndFollowsOpenFiles) {
  SimDisk disk;
  Put(disk, "from", "new");
  Put(disk, "to", "old");
  const SimDisk::FileId from = Open(disk, "from", OpenMode::kReadWrite);
  const SimDisk::FileId to = Open(disk, "to", OpenMode::kReadOnly);
  EXPECT_EQ(disk.Rename("from", "to"), IoStatus::kOk);
  EXPECT_THAT(disk.Paths(), ElementsAre("to"));
  Write(disk, from, 3, "er");
  EXPECT_THAT(disk.Peek("to"), Optional(std::string("newer")));
  EXPECT_EQ(disk.Size(to), 3u) << "who has the replaced file open still has it";
  EXPECT_EQ(disk.Rename("to", "to"), IoStatus::kOk);
  EXPECT_EQ(disk.Rename("missing", "to"), IoStatus::kNotFound);
  EXPECT_THAT(disk.Paths(), ElementsAre("to"));
}

TEST(SimDisk, OpenModesDecideAboutFilesThatExist) {
  SimDisk disk;
  SimDisk::FileId file = 99;
  EXPECT_EQ(disk.Open("f", OpenMode::kReadOnly, &file), IoStatus::kNotFound);
  EXPECT_EQ(disk.Open("f", OpenMode::kReadWrite, &file), IoStatus::kNotFound);
  EXPECT_EQ(disk.Open("", OpenMode::kCreateNew, &file), IoStatus::kInvalidPath);
  EXPECT_EQ(file, 99u);
  Put(disk, "f", "text");
  EXPECT_EQ(disk.Open("f", OpenMode::kCreateNew, &file), IoStatus::kExists);
  EXPECT_EQ(disk.Size(Open(disk, "f", OpenMode::kReadWrite)), 4u);
  EXPECT_EQ(disk.Size(Open(disk, "f", OpenMode::kCreateOrTruncate)), 0u);
}

TEST(SimDisk, ListingIsInOrderWithoutDirectoriesAndWhatIsBelowThem) {
  SimDisk disk;
  for (const char* path : {"a/z", "a/b", "a/sub/c", "a.txt", "ab/x", "top"}) Put(disk, path, "");
  EXPECT_EQ(disk.MakeDirectory("a/empty/"), IoStatus::kOk);
  EXPECT_THAT(List(disk, "a"), ElementsAre("b", "z"));
  EXPECT_THAT(List(disk, "a/"), ElementsAre("b", "z"));
  EXPECT_THAT(List(disk, "."), ElementsAre("a.txt", "top"));
  EXPECT_THAT(List(disk, "a/empty"), ElementsAre());
}

TEST(SimDisk, DirectoriesAreMadeOrImplied) {
  SimDisk disk;
  Put(disk, "implied/deep/f", "");
  EXPECT_TRUE(disk.Exists("implied"));
  EXPECT_TRUE(disk.Exists("implied/deep/"));
  EXPECT_FALSE(disk.Exists("impl"));
  EXPECT_EQ(disk.MakeDirectory("implied"), IoStatus::kExists);
  EXPECT_EQ(disk.MakeDirectory("made"), IoStatus::kOk);
  EXPECT_EQ(disk.MakeDirectory("made"), IoStatus::kExists);
  std::vector<std::string> names;
  EXPECT_EQ(disk.List("missing", &names), IoStatus::kNotFound);
  EXPECT_EQ(disk.List("implied/deep/f", &names), IoStatus::kNotFound);
}

TEST(SimDisk, ADirectoryIsNoFile) {
  SimDisk disk;
  Put(disk, "d/f", "");
  SimDisk::FileId file = 0;
  EXPECT_EQ(disk.Open("d", OpenMode::kCreateNew, &file), IoStatus::kAccessDenied);
  EXPECT_EQ(disk.Remove("d"), IoStatus::kAccessDenied);
  EXPECT_EQ(disk.Rename("d", "e"), IoStatus::kAccessDenied);
  EXPECT_EQ(disk.Peek("d"), std::nullopt);
}

TEST(SimDisk, SetSizeCutsAndExtends) {
  SimDisk disk;
  Put(disk, "f", "text");
  const SimDisk::FileId file = Open(disk, "f", OpenMode::kReadWrite);
  EXPECT_EQ(disk.SetSize(file, 2), IoStatus::kOk);
  EXPECT_EQ(disk.SetSize(file, 4), IoStatus::kOk);
  EXPECT_THAT(disk.Peek("f"), Optional(std::string("te\0\0", 4)));
}

TEST(SimDisk, ADotInFrontOfAPathMeansNothing) {
  SimDisk disk;
  SimDisk::FileId file = 0;
  ASSERT_EQ(disk.Open("./edb.log", env::OpenMode::kCreateNew, &file), env::IoStatus::kOk);
  EXPECT_TRUE(disk.Exists("edb.log"));
  std::vector<std::string> names;
  ASSERT_EQ(disk.List("./", &names), env::IoStatus::kOk);
  EXPECT_EQ(names, std::vector<std::string>{"edb.log"});
  EXPECT_EQ(disk.Rename("./edb.log", "edb1.log"), env::IoStatus::kOk);
  EXPECT_EQ(disk.Remove("./edb1.log"), env::IoStatus::kOk);
}

}  // namespace
}  // namespace backstop::world
