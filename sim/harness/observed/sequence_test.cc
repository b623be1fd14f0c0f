// SPDX-License-Identifier: MIT
#include "sim/harness/observed/sequence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>

#include "impl/esent.h"
#include "sim/harness/observed/grbit_names.h"

namespace backstop::observed {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kGood =
    R"({"id":"a/1","settings":{"JET_paramCircularLog":1,"JET_paramRecovery":"Off"},"incomplete":)"
    R"("crash","next":"JetCloseFileInstance","crash":{"addr":"0"},"steps":[{"call":)"
    R"("JetOpenFileInstance","args":{"name":"log:0","grbit":"0"},"err":-801,"name":"X","out":)"
    R"({"h":"untouched"},"ms":1500}]})";

/// A file of its own for each test.
class SequenceFile : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  void Write(const std::string& name, const std::string& bytes) {
    path_ = std::filesystem::temp_directory_path() /
            ("backstop-sequences-" + std::to_string(::getpid()) + name);
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  static std::string Compressed(const std::string& text) {
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), 3));
    return bytes;
  }
  /// Ids of the sequences read, then "!" and the error without the path.
  std::vector<std::string> Read() {
    std::vector<std::string> ids;
    std::string error;
    const auto visit = [&](Sequence&& sequence) { ids.push_back(sequence.id); };
    if (!ReadSequences(path_, visit, &error)) {
      EXPECT_THAT(error, StartsWith(path_ + ": "));
      ids.push_back("!" + error.substr(path_.size() + 2));
    }
    return ids;
  }

  std::string path_;
};

using ::testing::ElementsAre;

TEST(Sequence, KeepsWhatWasRecorded) {
  std::string error;
  const std::optional<Sequence> read = ParseSequence(kGood, &error);
  ASSERT_TRUE(read) << error;
  EXPECT_EQ(read->id, "a/1");
  EXPECT_EQ(read->settings.at("JET_paramCircularLog"), "1");
  EXPECT_EQ(read->settings.at("JET_paramRecovery"), "Off");
  EXPECT_TRUE(read->incomplete);
  EXPECT_EQ(read->next, "JetCloseFileInstance");
  ASSERT_EQ(read->steps.size(), 1u);
  const Step& step = read->steps[0];
  EXPECT_EQ(step.call, "JetOpenFileInstance");
  EXPECT_EQ(step.Text("name"), "log:0");
  EXPECT_EQ(step.err, -801);
  EXPECT_EQ(step.out.at("h"), "untouched");
  EXPECT_EQ(step.ms, 1500u);
}

TEST(Sequence, SaysWhatIsWrongAndWhere) {
  const auto error_of = [](const std::string& text) {
    std::string error;
    EXPECT_FALSE(ParseSequence(text, &error)) << text;
    EXPECT_THAT(error, ::testing::Not(HasSubstr("\n")));
    return error;
  };
  EXPECT_THAT(error_of("[1]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(error_of("{"), HasSubstr("column 2: syntax error"));
  EXPECT_THAT(error_of(R"({"steps":[]})"), HasSubstr("'id' is missing"));
  EXPECT_THAT(error_of(R"({"id":"a","steps":3})"), HasSubstr("'steps' is not a list"));
  EXPECT_THAT(error_of(R"({"id":"a","steps":[{"err":0}]})"),
              HasSubstr("a, step 0: 'call' is missing"));
  EXPECT_THAT(error_of(R"({"id":"a","steps":[{"call":"f"}]})"), HasSubstr("'err' is missing"));
  EXPECT_THAT(
      error_of(R"({"id":"a","steps":[{"call":"f","err":0,"args":{"grbit":"JET_bitNone"}}]})"),
      HasSubstr("no flag bits are named 'JET_bitNone'"));
  EXPECT_THAT(error_of(R"({"id":"a","steps":[{"call":"f","err":0,"args":{"cb":"many"}}]})"),
              HasSubstr("'cb' is not a number"));
}

TEST(Sequence, ReadsArgumentsByKind) {
  const std::optional<Step> step = ParseLine(
      "JetEndExternalBackupInstance2 grbit=JET_bitBackupEndNormal|0x8000 cb=65536 off=-1 "
      "h=0x100 wide=1");
  ASSERT_TRUE(step);
  EXPECT_EQ(step->call, "JetEndExternalBackupInstance2");
  EXPECT_EQ(Grbit(*step), JET_bitBackupEndNormal | 0x8000u);
  EXPECT_EQ(Number(*step, "cb"), 65536);
  EXPECT_EQ(Number(*step, "off"), -1);
  EXPECT_EQ(Number(*step, "h"), 256);
  EXPECT_EQ(Number(*step, "none", 7), 7);
  EXPECT_TRUE(Flag(*step, "wide"));
  EXPECT_FALSE(Flag(*step, "nullbuf"));
  EXPECT_FALSE(ParseLine(""));
  EXPECT_FALSE(ParseLine("JetTerm grbit"));
}

TEST(Sequence, NamesOfFlagBitsAreKnownToTheLetter) {
  EXPECT_EQ(ParseGrbit("JET_bitKeepOldLogs"), 2u);
  EXPECT_EQ(ParseGrbit("0x80000000"), 0x80000000u);
  EXPECT_EQ(ParseGrbit("12"), 12u);
  EXPECT_FALSE(ParseGrbit("JET_bitKeepOldLog"));
  EXPECT_FALSE(ParseGrbit("JET_bitKeepOldLogs|"));
  EXPECT_FALSE(ParseGrbit("0x"));
  EXPECT_FALSE(ParseGrbit("-1"));
  EXPECT_FALSE(ParseGrbit("0x100000000"));
}

TEST_F(SequenceFile, IsReadPlainAndCompressedAlike) {
  const std::string text = R"({"id":"a","steps":[]})"
                           "\n\n"
                           R"({"id":"b","steps":[]})";
  Write(".jsonl", text);
  EXPECT_THAT(Read(), ElementsAre("a", "b"));
  Write(".jsonl.zst", Compressed(text));
  EXPECT_THAT(Read(), ElementsAre("a", "b"));
}

TEST_F(SequenceFile, NamesTheLineThatIsWrong) {
  Write(".jsonl", "\n{\"id\":\"a\",\"steps\":[]}\nhello\n");
  EXPECT_THAT(Read(), ElementsAre("a", StartsWith("!line 3: column 1: ")));
}

TEST_F(SequenceFile, ThatCannotBeReadIsNamed) {
  Write(".jsonl", "\n\n");
  EXPECT_THAT(Read(), ElementsAre("!there is no line in it"));
  path_ = std::filesystem::temp_directory_path();
  EXPECT_THAT(Read(), ElementsAre("!cannot be read"));
  path_ += "/no/such.jsonl";
  EXPECT_THAT(Read(), ElementsAre("!cannot be read"));
}

TEST_F(SequenceFile, NamesThePlaceOnce) {
  Write(".jsonl", "{\"id\": x}");
  EXPECT_THAT(Read(), ElementsAre(StartsWith("!line 1: column 8: syntax error")));
  Write(".jsonl", std::string(100'000, '['));
  EXPECT_THAT(Read(), ElementsAre("!line 1: lists and objects are nested too deep"));
  Write(".jsonl", std::string("{}\0{}", 5));
  EXPECT_THAT(Read(), ElementsAre("!line 1: the line holds a NUL byte"));
}

TEST_F(SequenceFile, ThatIsDamagedIsRefused) {
  Write(".zst", "hello, this is no compressed file");
  EXPECT_THAT(Read(), ElementsAre(StartsWith("!cannot be decompressed: ")));
  const std::string whole = Compressed(std::string(100'000, 'x'));
  Write(".zst", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(Read(), ElementsAre("!cannot be decompressed: it has been cut off"));
}

}  // namespace
}  // namespace backstop::observed
