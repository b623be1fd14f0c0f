// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/second_opinion.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace backstop::recorded {
namespace {

namespace fs = std::filesystem;

/// A file that is gone after the test.
class Scratch {
 public:
  Scratch(const std::string& name, const std::string& text)
      : path_(fs::temp_directory_path() / Unique(name)) {
    std::ofstream(path_) << text;
  }
  ~Scratch() { fs::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  static std::string Unique(const std::string& name) {
    return "backstop-" + std::to_string(getpid()) + "-" + name;
  }
  fs::path path_;
};

constexpr const char* kVerdicts =
    "{\n\"a\": \"explained\",\n\"b\": \"not explained\",\n\"c\": \"crashed\",\n"
    "\"d\": \"not judged\",\n\"e\": \"explained only if calls may return -1000\"\n}\n";

TEST(SecondOpinion, IsComparedHistoryByHistory) {
  const Scratch file("verdicts.json", kVerdicts);
  SecondOpinion opinion;
  ASSERT_TRUE(opinion.Read(file.path()));
  EXPECT_EQ(opinion.Compare("a", HistoryVerdict::kExplained), Agreement::kAgrees);
  EXPECT_EQ(opinion.Compare("a", HistoryVerdict::kNotExplained), Agreement::kDisagrees);
  EXPECT_EQ(opinion.Compare("b", HistoryVerdict::kNotExplained), Agreement::kAgrees);
  EXPECT_EQ(opinion.Compare("b", HistoryVerdict::kUnknown), Agreement::kDisagrees);
  EXPECT_EQ(opinion.Compare("c", HistoryVerdict::kCrashed), Agreement::kAgrees);
  EXPECT_EQ(opinion.Compare("d", HistoryVerdict::kExplained), Agreement::kLeftOpen);
  EXPECT_EQ(opinion.Compare("e", HistoryVerdict::kExplained), Agreement::kAgrees);
  EXPECT_EQ(opinion.Compare("z", HistoryVerdict::kExplained), Agreement::kUntold);
  EXPECT_EQ(opinion.agreed(), 4u);
  EXPECT_EQ(opinion.disagreed(), 2u);
  EXPECT_EQ(opinion.left_open(), 1u);
}

TEST(SecondOpinion, AFileOfHistoriesIsNone) {
  const Scratch lines("a.jsonl", "{\"id\":\"a\"}\n");
  const Scratch object("b.json", "{\"id\":\"a\",\"setup\":[],\"history\":[]}\n");
  const Scratch broken("c.json", "{\"a\": \"explained\"");
  SecondOpinion opinion;
  EXPECT_FALSE(opinion.Read(lines.path()));
  EXPECT_FALSE(opinion.Read(object.path()));
  EXPECT_FALSE(opinion.Read(broken.path()));
  EXPECT_FALSE(opinion.Read("missing.json"));
}

}  // namespace
}  // namespace backstop::recorded
