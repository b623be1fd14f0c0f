// SPDX-License-Identifier: MIT
#include "model/clauses/clauses.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "model/machine/table_text.h"

namespace backstop::model {
namespace {

TEST(Clauses, AreUsedByTheTableOfTheirChapter) {
  const auto& tables = Tables();
  ASSERT_EQ(tables.size(), std::size(kChapters));
  for (size_t index = 0; index < tables.size(); ++index) {
    std::set<std::string> stated;
    for (const Clause& clause : kChapters[index].clauses) stated.emplace(clause.id);
    std::set<std::string> used;
    for (const WrittenRow& row : tables[index].rows) used.insert(row.clause);
    EXPECT_EQ(used, stated) << kChapters[index].title;
  }
}

TEST(Clauses, HaveOneIdASentenceAndASource) {
  std::set<std::string_view> ids;
  for (const Chapter& chapter : kChapters) {
    for (const Clause& clause : chapter.clauses) {
      EXPECT_TRUE(ids.insert(clause.id).second) << clause.id;
      EXPECT_TRUE(clause.sentence.ends_with('.')) << clause.id;
      EXPECT_FALSE(clause.sources.empty()) << clause.id;
    }
  }
}

TEST(Clauses, AreNotFoundWhenTheyDoNotExist) {
  EXPECT_NE(FindClause("READ-2"), nullptr);
  EXPECT_EQ(FindClause("READ-99"), nullptr);
}

}  // namespace
}  // namespace backstop::model
