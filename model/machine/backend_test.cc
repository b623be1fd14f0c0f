// SPDX-License-Identifier: MIT
// Boost.MSM and a plain interpreter of the same tables must agree, whatever the state and the call.
#include <gtest/gtest.h>

#include <cstring>

#include "model/explore/alphabet.h"
#include "model/machine/tables.h"
#include "model/testing/interpreter.h"

namespace backstop::model {
namespace {

std::vector<std::unique_ptr<Family>> InterpretedSpecification() {
  std::vector<std::unique_ptr<Family>> families;
  mp::mp_for_each<AllTables>([&](auto table) {
    families.push_back(std::make_unique<testing::Interpreted<decltype(table)>>());
  });
  return families;
}

TEST(Backend, ReactsAsTheTableReads) {
  Lifecycle machines;
  Lifecycle interpreted(InterpretedSpecification());
  uint64_t random = 1;
  for (const Scene& scene : MakeScenes({})) {
    Snapshot state = scene.roots[0];
    for (int step = 0; step < 100'000; ++step) {
      random = random * 6364136223846793005 + 1442695040888963407;
      const Letter& letter = scene.letters[(random >> 33) % scene.letters.size()];
      if (step % 500 == 0) state = scene.roots[(random >> 40) % scene.roots.size()];
      const Outcome outcome{.file = static_cast<FileRef>(state.last_file[0] == 1 ? 2 : 1),
                            .size_pages = 4,
                            .low = 1,
                            .high = 2};
      Snapshot expected = state;
      const Reaction a = machines.Apply(state, letter.call, letter.stage, letter.failing, &outcome);
      const Reaction b =
          interpreted.Apply(expected, letter.call, letter.stage, letter.failing, &outcome);
      ASSERT_EQ(a.err, b.err) << LetterText(letter);
      ASSERT_EQ(a.row, b.row) << LetterText(letter);
      ASSERT_EQ(a.gate_row, b.gate_row) << LetterText(letter);
      ASSERT_EQ(a.handled, b.handled) << LetterText(letter);
      ASSERT_EQ(a.pages, b.pages) << LetterText(letter);
      ASSERT_EQ(std::memcmp(&state, &expected, sizeof state), 0) << LetterText(letter);
    }
  }
}

/// Of several rows that hold in a state the first one decides, in both: as many calls take each.
TEST(Backend, TakesTheSameRowsInAllStates) {
  for (const Dialect* dialect : {&kStrict, &kEse}) {
    Lifecycle machines(*dialect);
    Lifecycle interpreted(InterpretedSpecification(), *dialect);
    for (const char* scene : {"backup", "services", "two snapshots", "headers"}) {
      ExploreOptions options{.dialect = dialect, .databases = 1, .logs = 1, .scene = scene};
      const ExploreResult a = Explore(options, machines);
      const ExploreResult b = Explore(options, interpreted);
      EXPECT_EQ(a.states(), b.states()) << scene;
      EXPECT_EQ(a.moves(), b.moves()) << scene;
      EXPECT_EQ(a.row_hits, b.row_hits) << scene;
    }
  }
}

TEST(Backend, NamesEveryRowOfItsTables) {
  size_t rows = 0;
  for (const auto& family : InterpretedSpecification()) rows += family->RowCount();
  EXPECT_EQ(Rows().size(), rows);
  EXPECT_EQ(MakeDataFamily()->RowCount(), Facts<DataTable>::kRows);
}

// What a machine costs to compile grows faster than its rows: see CMakeLists.txt.
TEST(Backend, HasSmallMachines) {
  constexpr RowId kMaxRows = 120;
  for (const auto& family : InterpretedSpecification()) EXPECT_LT(family->RowCount(), kMaxRows);
}

}  // namespace
}  // namespace backstop::model
