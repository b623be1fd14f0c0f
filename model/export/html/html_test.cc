// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "model/export/html/markup.h"
#include "model/export/html/page.h"
#include "model/export/html/parts.h"
#include "model/export/lookup.h"
#include "model/export/testing/small_reference.h"

namespace backstop::model {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string& Page() {
  static const std::string page = ExportHtml(MakeReference(Dialects::kBoth));
  return page;
}

/// Every "id" in the page, and how often it stands there.
std::map<std::string, int> Ids(const std::string& page) {
  static const std::regex id(" id=\"([^\"]*)\"");
  std::map<std::string, int> ids;
  for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it) ++ids[(*it)[1]];
  return ids;
}

TEST(Html, EveryNameHasItsPlace) {
  const Reference reference = MakeReference(Dialects::kBoth);
  const std::map<std::string, int> ids = Ids(Page());
  for (const auto& [id, count] : ids) EXPECT_EQ(count, 1) << id;
  for (const std::string& name : CodeNames(reference)) EXPECT_TRUE(ids.contains(name)) << name;
  for (const std::string& name : ClauseNames(reference)) EXPECT_TRUE(ids.contains(name)) << name;
  for (const std::string& name : DifferenceNames()) EXPECT_TRUE(ids.contains(name)) << name;
  for (const std::string& name : ConditionNames(reference)) {
    EXPECT_TRUE(ids.contains(html::Slug("cond", name))) << name;
  }
}

TEST(Html, AsksForNothingFromOutside) {
  constexpr size_t kMostBytes = 1'500'000;
  EXPECT_LT(Page().size(), kMostBytes);
  EXPECT_THAT(Page(), Not(HasSubstr("http")));
  EXPECT_THAT(Page(), Not(HasSubstr(" src=")));
  EXPECT_THAT(Page(), Not(HasSubstr("@import")));
  EXPECT_THAT(Page(), Not(HasSubstr("url(//")));
}

TEST(Html, IsTheSameEachTime) { EXPECT_EQ(ExportHtml(MakeReference(Dialects::kBoth)), Page()); }

TEST(Html, TextIsNoMarkup) {
  EXPECT_EQ(html::Escape("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
  const std::string page = ExportHtml(SmallReference());
  EXPECT_THAT(page, HasSubstr("it &quot;is&quot; &lt;hot&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<hot>")));
}

TEST(Html, TheSearchIndexCannotEndItsScript) {
  Reference reference = SmallReference();
  reference.sections[1].table.glossary.emplace("</script>", "evil");
  EXPECT_THAT(html::SearchIndex(reference), Not(HasSubstr("<")));
}

TEST(Html, ARowOfOneDialectCanBeHidden) {
  const std::string page = ExportHtml(SmallReference());
  EXPECT_THAT(page, HasSubstr("<tr data-d=\"ese\">"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#D-14\">D-14</a>"));
  EXPECT_THAT(html::GlanceSection(SmallReference()), HasSubstr("<ul data-d=\"strict\">"));
}

TEST(Svg, DrawsEveryStateAndEveryLabel) {
  for (const Diagram& diagram : DiagramsOf(MakeReference(Dialects::kBoth))) {
    const std::string svg = html::DrawSvg(diagram, "id");
    for (const DiagramState& state : diagram.states) EXPECT_THAT(svg, HasSubstr(state.name));
    for (const DiagramEdge& edge : diagram.edges) {
      for (const DiagramLabel& label : edge.labels) {
        EXPECT_THAT(svg, HasSubstr('>' + html::Escape(LabelText(label)) + '<'));
      }
    }
  }
}

}  // namespace
}  // namespace backstop::model
