// SPDX-License-Identifier: MIT
#include "model/export/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "model/export/testing/small_reference.h"

namespace backstop::model {
namespace {

using nlohmann::json;

TEST(Json, HasEveryRowInTheOrderOfItsNumber) {
  const json spec = json::parse(ExportJson(MakeReference(Dialects::kBoth)));
  EXPECT_EQ(spec["format"], "backstop-spec");
  EXPECT_EQ(spec["version"], kJsonVersion);
  ASSERT_EQ(spec["rows"].size(), Rows().size());
  for (size_t index = 0; index < Rows().size(); ++index) {
    const RowInfo& row = Rows()[index];
    const json& exported = spec["rows"][index];
    EXPECT_EQ(exported["source"], row.source);
    EXPECT_EQ(exported["event"], row.event);
    EXPECT_EQ(exported["clause"], row.clause);
    const bool returns = exported["kind"] == "returns";
    EXPECT_EQ(exported["number"], returns ? json(row.err) : json());
  }
}

TEST(Json, RowsNameStatesEventsClausesAndCodesThatAreListed) {
  const json spec = json::parse(ExportJson(MakeReference(Dialects::kBoth)));
  std::set<std::string> known;
  for (const json& table : spec["tables"]) {
    for (const json& state : table["states"]) known.insert(state);
    for (const json& event : table["events"]) known.insert(event["name"]);
  }
  for (const json& clause : spec["clauses"]) known.insert(clause["id"]);
  for (const json& code : spec["codes"]) known.insert(code["name"]);
  known.insert("");
  for (const json& row : spec["rows"]) {
    for (const char* field : {"source", "event", "target", "clause"}) {
      EXPECT_TRUE(known.contains(row[field])) << row;
    }
    EXPECT_TRUE(row["code"].is_null() || known.contains(row["code"])) << row;
  }
}

TEST(Json, ARowThatReturnsNothingHasNoCode) {
  const json spec = json::parse(ExportJson(SmallReference()));
  EXPECT_EQ(spec["rows"][0]["kind"], "passes");
  EXPECT_TRUE(spec["rows"][0]["code"].is_null());
  EXPECT_EQ(spec["rows"][2]["code"], "JET_errNoBackup");
  EXPECT_EQ(spec["rows"][2]["number"], JET_errNoBackup);
  EXPECT_EQ(spec["rows"][2]["dialect"], "both");
}

TEST(Json, ARowOfOneDialectSaysSo) {
  const json spec = json::parse(ExportJson(SmallReference()));
  EXPECT_EQ(spec["rows"][7]["dialect"], "ese");
  EXPECT_EQ(spec["rows"][7]["difference"], "D-14");
}

}  // namespace
}  // namespace backstop::model
