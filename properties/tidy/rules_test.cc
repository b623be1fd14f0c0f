// SPDX-License-Identifier: MIT
// Plants a violation of each rule and looks whether the rule finds it, and only it.
#include "properties/tidy/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace backstop::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

auto At(const std::string& path, size_t line) {
  return ::testing::AllOf(Field(&Finding::path, path), Field(&Finding::line, line));
}

std::string Repeated(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

// A file in `from` that includes one in `to`, both existing.
SourceTree Including(const std::string& from, const std::string& to) {
  SourceTree tree = {{from, "\n#include \"" + to + "\"\n"}, {to, "\n"}};
  if (to < from) std::swap(tree[0], tree[1]);
  return tree;
}

TEST(TidyRules, AnIncludeAgainstTheArrowsIsFound) {
  for (const auto& [from, to] : {std::pair{"impl/engine/a.cc", "model/call.h"},
                                 {"impl/engine/a.cc", "impl/api/gate.h"},
                                 {"impl/env/a.h", "impl/engine/err.h"},
                                 {"model/a.cc", "impl/engine/err.h"},
                                 {"sim/scheduler/a.cc", "impl/env/env.h"},
                                 {"sim/world/a.cc", "model/call.h"},
                                 {"sim/harness/a.cc", "impl/engine/instance.h"},
                                 {"sim/cli/a.cc", "properties/tidy/rules.h"}}) {
    EXPECT_THAT(CheckIncludes(Including(from, to)), ElementsAre(At(from, 2))) << from << to;
  }
}

TEST(TidyRules, AnIncludeAlongTheArrowsIsNot) {
  for (const auto& [from, to] : {std::pair{"impl/api/a.cc", "impl/engine/err.h"},
                                 {"model/a.cc", "impl/esent.h"},
                                 {"sim/world/a.cc", "impl/env/env.h"},
                                 {"sim/harness/a.cc", "impl/engine/process.h"},
                                 {"properties/a.cc", "impl/engine/instance.h"}}) {
    EXPECT_THAT(CheckIncludes(Including(from, to)), IsEmpty()) << from << to;
  }
}

TEST(TidyRules, AnIncludeBesideTheFileIsFound) {
  EXPECT_THAT(CheckIncludes({{"model/a.cc", "#include \"a.h\"\n"}, {"model/a.h", "\n"}}),
              ElementsAre(At("model/a.cc", 1)));
}

TEST(TidyRules, AHeaderThatLeansOnAnotherIsFound) {
  const SourceFile header = {"model/a.h", "#pragma once\n"};
  EXPECT_THAT(CheckHeadersStandAlone(
                  {{"model/a.cc", "#include <string>\n#include \"model/a.h\"\n"}, header}),
              ElementsAre(At("model/a.cc", 0)));
  EXPECT_THAT(CheckHeadersStandAlone({{"model/a.cc", "int x;\n"}, header}),
              ElementsAre(At("model/a.cc", 0)));
  EXPECT_THAT(CheckHeadersStandAlone({{"model/a.cc", "// Why.\n#include \"model/a.h\"\n"}, header}),
              IsEmpty());
}

TEST(TidyRules, AHeaderWithoutAGuardIsFound) {
  EXPECT_THAT(
      CheckHeadersStandAlone({{"impl/a.h", "// What.\n#include <string>\n#pragma once\n"},
                              {"impl/b.h", "#ifndef IMPL_B_H\n#define IMPL_B_H\n#endif\n"}}),
      ElementsAre(At("impl/a.h", 0)));
}

TEST(TidyRules, AStateMachineLibraryOutsideTheMachineIsFound) {
  EXPECT_THAT(CheckIncludes({{"model/a.cc", "#  include <boost/msm/back/tools.hpp>\n"}}),
              ElementsAre(At("model/a.cc", 1)));
}

TEST(TidyRules, ABannedNameIsFound) {
  for (const char* name :
       {"std::random_device d;", "int x = rand();", "auto t = time(nullptr);", "return time(0);",
        "::time (0);", "std::chrono::steady_clock::now();", "std::thread t;", "std::mutex m;",
        "std::recursive_mutex m;", "std::condition_variable_any c;", "std::atomic<int> a;",
        "std::atomic_flag f;", "std::unordered_map<int, int> m;", "thread_local int x;",
        "std::uniform_int_distribution<int> d;", "std::this_thread::yield();"}) {
    EXPECT_THAT(CheckBannedNames({{"sim/a.cc", std::string("\n") + name + "\n"}}),
                ElementsAre(At("sim/a.cc", 2)))
        << name;
  }
}

TEST(TidyRules, ABannedNameInACommentALiteralOrAnotherWordIsNot) {
  EXPECT_THAT(
      CheckBannedNames(
          {{"model/a.cc",
            "// std::thread\nauto s = \"rand()\";\nint runtime();\nx.time();\nint time() const;\n"
            "backstop::env::Mutex mutex(env);\nstd::set<int> unordered_set;\n"}}),
      IsEmpty());
}

TEST(TidyRules, AnExceptionHoldsForItsFileAndNameOnly) {
  EXPECT_THAT(CheckBannedNames({{"impl/engine/process.cc", "thread_local int x;\nstd::mutex m;\n"},
                                {"impl/env/posix_env.cc", "std::mutex m;\n"},
                                {"impl/engine/race_test.cc", "std::thread t;\n"},
                                {"properties/a.cc", "std::mutex m;\n"}}),
              ElementsAre(At("impl/engine/process.cc", 2)));
}

TEST(TidyRules, AnOverlongFileIsFound) {
  EXPECT_THAT(CheckSizes({{"impl/a.h", Repeated("int a;\n", kMaxFileLines)},
                          {"impl/b.h", Repeated("int a;\n", kMaxFileLines + 1)},
                          {"impl/c.def", Repeated("A()\n", kMaxFileLines + 1)}}),
              ElementsAre(At("impl/b.h", 0)));
}

TEST(TidyRules, AnOverlongFunctionIsFound) {
  const std::string body = Repeated("  x();\n", kMaxFunctionLines - 2);
  EXPECT_THAT(CheckSizes({{"impl/a.cc", "\nvoid f() {\n" + body + "}\n"},
                          {"impl/b.cc", "\nvoid f() {\n  x();\n" + body + "}\n"}}),
              ElementsAre(At("impl/b.cc", 2)));
}

TEST(TidyRules, AFileWithoutALicenceIsFound) {
  EXPECT_THAT(CheckLicences({{"a.cc", "// SPDX-License-Identifier: MIT\n"},
                             {"b.cc", "int b;\n"},
                             {"c", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n"},
                             {"d", "#!/bin/sh\n"},
                             {"e.md", "# E\n"}}),
              ElementsAre(At("b.cc", 1), At("d", 1)));
}

TEST(TidyRules, StrayBlanksAreFound) {
  EXPECT_THAT(CheckBlanks({{"a", "a\tb\n"},
                           {"b", "c\nd \n"},
                           {"c", "e\r\n"},
                           {"d", "f"},
                           {"e", "g\n\n"},
                           {"f", "h\n"}}),
              ElementsAre(At("a", 1), At("b", 2), At("c", 1), At("d", 0), At("e", 0)));
}

TEST(TidyRules, ANameInAnotherCaseIsFound) {
  EXPECT_THAT(
      CheckNames({{"impl/LogStream.cc", ""}, {"impl/log_stream.cc", ""}, {"README.md", ""}}),
      ElementsAre(At("impl/LogStream.cc", 0)));
}

TEST(TidyRules, APlaceOfOneMachineIsFound) {
  const std::string place = std::string("/") + "home/";
  EXPECT_THAT(CheckMachinePaths({{"a", "see " + place + "x\n"}, {"b", "impl" + place + "x\n"}}),
              ElementsAre(At("a", 1)));
}

TEST(TidyRules, AMissingOrLongReadmeIsFound) {
  const std::string good = Repeated("x\n", kMinReadmeLines);
  const std::string bad = Repeated("x\n", kMaxReadmeLines + 1);
  EXPECT_THAT(
      CheckReadmes({{"impl/README.md", good},
                    {"model/README.md", "x\n"},
                    {"properties/README.md", bad},
                    {"traces/README.md", bad}}),
      ElementsAre(At("model/README.md", 0), At("properties/README.md", 0), At("sim/README.md", 0)));
}

TEST(TidyRules, AStrangerAtTheTopIsFound) {
  EXPECT_THAT(CheckTopLevel({"impl", "notes.txt"}), ElementsAre(At("notes.txt", 0)));
}

TEST(TidyRules, AFindingReadsLikeACompilersMessage) {
  EXPECT_EQ(::testing::PrintToString(Finding{"a.cc", 3, "tab"}), "a.cc:3: tab");
}

class TidyTree : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(root_); }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  const std::filesystem::path root_ =
      std::filesystem::path(::testing::TempDir()) / ("backstop_tidy_" + std::to_string(getpid()));
};

TEST_F(TidyTree, LeavesOutTheGitFileOfALinkedWorktree) {
  Write(".git", "gitdir: elsewhere\n");
  EXPECT_THAT(LoadTree(root_), SizeIs(0));
}

TEST_F(TidyTree, HoldsTheFoldersOfTheHouseAndTheFilesAtTheTop) {
  for (const char* path : {"backstop", "build/a.cc", "impl/b.cc", ".git/c", "out/CMakeCache.txt"}) {
    Write(path, "x\n");
  }
  const SourceTree tree = LoadTree(root_);
  ASSERT_THAT(tree, SizeIs(2));
  EXPECT_EQ(tree[0].path, "backstop");
  EXPECT_EQ(tree[1].path, "impl/b.cc");
  EXPECT_EQ(tree[1].text, "x\n");
  EXPECT_THAT(TopLevelEntries(root_), ElementsAre("backstop", "impl"));
}

}  // namespace
}  // namespace backstop::tidy
