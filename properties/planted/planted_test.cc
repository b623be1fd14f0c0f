// SPDX-License-Identifier: MIT
// Every planted error is caught, and PLANTED.md says by whom.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "properties/planted/checkers.h"
#include "properties/planted/plants.h"
#include "properties/planted/sequences.h"

namespace backstop::planted {
namespace {

constexpr const char* kHeading =
    "# Planted errors, and who catches them\n\n"
    "Each line is an error planted into the transition tables, `x`: this checker sees it. Written "
    "by `planted_test`,\nwhich fails if an error is seen by none of the first five.\n\n"
    "- contract: the strict rows against `contract.json` (`strict_check.h`); it reads, and runs "
    "nothing.\n"
    "- sequences: the hand-written ones in `golden/`, in both dialects.\n"
    "- conformance: the suite in `traces/conformance`, in both dialects.\n"
    "- recordings: what the original engine returned (`traces/observed`), in the ese dialect.\n"
    "- state search: invariants and unhandled events, with one database and one log, up to 2,000 "
    "states of a scene.\n"
    "- Promela: the error is planted only into the tables that run, and they have another number "
    "of states or pairs than\n"
    "  the exported model, which is made from those without it. This shows that the comparison "
    "with Spin tells the two\n"
    "  apart. An error in the tables themselves is in the model as well, and codes are no part of "
    "its states. Scenes up\n"
    "  to 2,000 states; that Spin counts what the search counts is shown by "
    "`promela_spin_test`.\n\n";

std::string Line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += fmt::format(" {} |", cell);
  return line + "\n";
}

std::string TableHead() {
  std::vector<std::string> cells = {"planted error", "clause", "edit"};
  std::vector<std::string> rule = {"---", "---", "---"};
  for (const Checker& checker : Checkers()) {
    cells.push_back(checker.name);
    rule.push_back(":---:");
  }
  return Line(cells) + Line(rule);
}

/// Counts, for each checker, the errors that it sees.
struct Score {
  std::vector<size_t> seen = std::vector<size_t>(Checkers().size(), 0);
  std::vector<std::string> missed;  ///< by everyone
};

/// One line of the table.
std::string Judge(const Plant& plant, Score* score) {
  const Planting planting = MakePlanting(plant);
  EXPECT_FALSE(planting.tables.empty()) << "no row " << plant.clause;
  std::vector<std::string> cells = {plant.what, plant.clause, EditText(plant.edit)};
  bool caught = false;
  for (size_t index = 0; index < Checkers().size(); ++index) {
    const bool sees = !Checkers()[index].look(planting).empty();
    cells.push_back(sees ? "x" : "");
    score->seen[index] += sees ? 1 : 0;
    caught |= sees && Checkers()[index].judges;
  }
  if (!caught) score->missed.push_back(fmt::format("{} ({})", plant.what, plant.clause));
  return Line(cells);
}

std::string LastLine(const Score& score) {
  std::vector<std::string> cells = {fmt::format("of {}", Plants().size()), "", ""};
  for (const size_t seen : score.seen) cells.push_back(std::to_string(seen));
  return Line(cells);
}

std::string ReadAll(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Sequences, AreAllAsTheSpecificationSays) {
  EXPECT_GT(Recordings().size(), 17'000u);
  EXPECT_GT(StrictSuite().size(), 1'000u);
  EXPECT_GT(EseSuite().size(), 1'000u);
  for (const Sequences* all : {&Recordings(), &StrictSuite(), &EseSuite()}) {
    EXPECT_THAT(all->unpredicted(), ::testing::IsEmpty());
  }
}

TEST(Plants, AreOverAllTables) {
  std::set<std::string> names;
  for (const Plant& plant : Plants()) {
    for (const EditableTable& table : EditableTables()) {
      for (const auto& row : table.text.rows) {
        if (row.clause == plant.clause) names.insert(table.text.name);
      }
    }
  }
  EXPECT_EQ(names.size(), EditableTables().size());
}

TEST(Plants, AreCaughtAndTheirListIsFresh) {
  const Planting nothing = NothingPlanted();
  for (const Checker& checker : Checkers()) EXPECT_EQ(checker.look(nothing), "") << checker.name;
  std::string document = kHeading + TableHead();
  Score score;
  for (const Plant& plant : Plants()) document += Judge(plant, &score);
  document += LastLine(score);
  EXPECT_THAT(score.missed, ::testing::IsEmpty()) << "errors that nobody sees";
  const std::string path = std::string(BACKSTOP_CONTRACT_DIR) + "/PLANTED.md";
  if (std::getenv("BACKSTOP_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << document;
  EXPECT_EQ(ReadAll(path), document) << "run planted_test with BACKSTOP_UPDATE_GOLDEN=1";
}

}  // namespace
}  // namespace backstop::planted
