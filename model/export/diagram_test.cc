// SPDX-License-Identifier: MIT
#include "model/export/diagram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "model/export/calls.h"
#include "model/export/testing/small_reference.h"

namespace backstop::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(Diagram, MergesWhatStaysAndKeepsWhatMoves) {
  const std::vector<Diagram> diagrams = DiagramsOf(SmallReference());
  ASSERT_THAT(diagrams, SizeIs(1)) << "the door moves nothing, and is no call";
  const Diagram& lamp = diagrams.front();
  EXPECT_EQ(lamp.title, "Lamp");
  ASSERT_THAT(lamp.edges, SizeIs(2));
  EXPECT_EQ(lamp.edges[0].labels.front().text, "Touch");
  EXPECT_EQ(lamp.edges[1].labels.front().text, "Touch fails");
  EXPECT_THAT(lamp.states[0].stays, ElementsAre("Touch", "Look"));
  EXPECT_EQ(LoopText(lamp.states[0]), "2 calls stay");
}

TEST(Diagram, SaysWhatOnlyOneDialectHas) {
  const std::vector<Diagram> diagrams = DiagramsOf(SmallReference());
  EXPECT_EQ(LabelText(diagrams.front().edges[0].labels.front()), "Touch");
  EXPECT_EQ(LabelText(diagrams.front().edges[1].labels.front()), "Touch fails (ese)");
}

TEST(Diagram, EveryMoveOfTheTablesIsInOne) {
  const Reference reference = MakeReference(Dialects::kBoth);
  std::set<std::pair<std::string, std::string>> drawn, moves;
  for (const Diagram& diagram : DiagramsOf(reference)) {
    for (const DiagramEdge& edge : diagram.edges) {
      EXPECT_FALSE(edge.labels.empty());
      drawn.emplace(diagram.states[edge.from].name, diagram.states[edge.to].name);
    }
  }
  for (const RowInfo& row : Rows()) {
    const std::string target = row.target;
    if (row.internal == nullptr && !target.empty() && target != row.source) {
      moves.emplace(row.source, target);
    }
  }
  EXPECT_EQ(drawn, moves);
}

TEST(ShortEvent, LeavesOutWhatEveryNameHas) {
  EXPECT_EQ(ShortEvent("JetReadFileInstance"), "ReadFile");
  EXPECT_EQ(ShortEvent("JetEndExternalBackupInstance2"), "EndExternalBackup2");
  EXPECT_EQ(ShortEvent("JetTerm decides"), "Term decides");
  EXPECT_EQ(ShortEvent("JetCreateInstance"), "CreateInstance");
  EXPECT_EQ(ShortEvent("JetGetInstanceInfo"), "GetInstanceInfo");
  EXPECT_EQ(ShortEvent("session call"), "session call");
}

TEST(Dot, QuotesNamesAndNamesStates) {
  Reference reference = SmallReference();
  reference.sections[1].title = "The \"lamp\"";
  const std::string dot = ExportDot(reference);
  EXPECT_THAT(dot, HasSubstr(R"(label="The \"lamp\"")"));
  EXPECT_THAT(dot, HasSubstr("s0_0 -> s0_1 [label=\"Touch\"]"));
  EXPECT_THAT(dot, HasSubstr("s0_0 -> s0_0 [label=\"2 calls stay\", tooltip=\"Touch, Look\""));
}

TEST(Mermaid, HasNoSignInALabelThatEndsIt) {
  Reference reference = SmallReference();
  reference.sections[1].title = "Lamp: on; off";
  const std::string mermaid = ExportMermaid(reference);
  EXPECT_TRUE(mermaid.starts_with("stateDiagram-v2\n"));
  EXPECT_THAT(mermaid, HasSubstr("state \"Lamp#58; on#59; off\" as r0"));
  EXPECT_THAT(mermaid, HasSubstr("r0_0 --> r0_1 : Touch\n"));
  EXPECT_THAT(mermaid, HasSubstr("r0_0 : 2 calls stay\n"));
}

}  // namespace
}  // namespace backstop::model
