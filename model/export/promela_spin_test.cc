// SPDX-License-Identifier: MIT
// Spin searches the exported models and must agree with the search of check-model.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "model/export/promela_step.h"
#include "model/export/spin.h"

namespace backstop::model {
namespace {

namespace fs = std::filesystem;

/// A scene with bounds that both searches finish in seconds.
struct Case {
  const char* scene;
  const char* dialect;
};

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  std::string name = std::string(info.param.scene) + "_" + info.param.dialect;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

class SpinTest : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    options_.scene = GetParam().scene;
    options_.dialect = FindDialect(GetParam().dialect);
    options_.databases = options_.logs = 1;
    // Findings are the business of other tests; here none may end the search.
    options_.max_findings = ~size_t{0};
    const std::vector<Scene> scenes = MakeScenes(options_);
    const auto named = [&](const Scene& scene) { return scene.name == options_.scene; };
    const auto found = std::find_if(scenes.begin(), scenes.end(), named);
    ASSERT_NE(found, scenes.end());
    scene_ = *found;
    fs::create_directories(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  ExploreScene Search() const {
    Lifecycle lifecycle(*options_.dialect);
    return Explore(options_, lifecycle).scenes.at(0);
  }

  SpinResult Spin(const std::vector<promela::TableWriter>& tables) const {
    return RunSpin(promela::WriteModel(scene_, options_, *options_.dialect, tables), directory_);
  }

  ExploreOptions options_;
  Scene scene_;
  const fs::path directory_ =
      fs::path(::testing::TempDir()) / ("backstop_spin_" + std::to_string(getpid()));
};

// One state more, in which no first state is chosen; Spin counts its root as a transition.
TEST_P(SpinTest, FindsTheSameStatesAndTriesTheSamePairs) {
  const SpinResult spin = Spin(promela::TheTables());
  ASSERT_TRUE(spin.complete) << spin.output;
  EXPECT_EQ(spin.errors, 0u) << spin.output;
  const ExploreScene search = Search();
  ASSERT_TRUE(search.complete);
  EXPECT_EQ(spin.states, search.states + 1);
  EXPECT_EQ(spin.transitions, search.pairs + scene_.roots.size() + 1);
}

// Every scene but "backup", whose calls are all in "frozen". The others, in the other dialect, take
// too long to be compiled or searched with every build: `backstop check-model --spin` does it.
constexpr Case kCases[] = {
    {"frozen", "strict"},   {"instance", "strict"},     {"instance", "ese"},
    {"sessions", "strict"}, {"databases", "strict"},    {"databases", "ese"},
    {"services", "strict"}, {"services", "ese"},        {"process", "strict"},
    {"snapshot", "strict"}, {"snapshot", "ese"},        {"headers", "strict"},
    {"headers", "ese"},     {"whole backup", "strict"}, {"two snapshots", "strict"},
};
INSTANTIATE_TEST_SUITE_P(Scenes, SpinTest, ::testing::ValuesIn(kCases), NameOf);

/// The same comparison must fail if a row differs.
class PlantedSpinTest : public SpinTest {};

std::vector<promela::TableWriter> WithoutRow(std::string_view clause) {
  std::vector<promela::TableWriter> tables = promela::TheTables();
  for (promela::TableWriter& table : tables) {
    std::erase_if(table.rows, [&](const promela::RowWriter& row) { return row.clause == clause; });
  }
  return tables;
}

TEST_P(PlantedSpinTest, SeesARowThatIsMissing) {
  // Without its last row JetStopServiceInstance2 is not handled.
  EXPECT_GT(Spin(WithoutRow("SVC2-9")).errors, 0u);
  // Bits that are not refused are remembered.
  const SpinResult spin = Spin(WithoutRow("SVC2-1"));
  EXPECT_NE(spin.states, Search().states + 1) << spin.output;
}

TEST_P(PlantedSpinTest, SeesRowsInAnotherOrder) {
  std::vector<promela::TableWriter> tables = promela::TheTables();
  for (promela::TableWriter& table : tables) {
    std::reverse(table.rows.begin(), table.rows.end());
  }
  const SpinResult spin = Spin(tables);
  EXPECT_NE(spin.states, Search().states + 1) << spin.output;
}

INSTANTIATE_TEST_SUITE_P(Services, PlantedSpinTest, ::testing::Values(Case{"services", "strict"}),
                         NameOf);

}  // namespace
}  // namespace backstop::model
