// SPDX-License-Identifier: MIT
#include "model/export/json.h"

#include <nlohmann/json.hpp>
#include <set>

#include "model/export/calls.h"
#include "model/export/differences.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

using Json = nlohmann::ordered_json;

std::string_view KindName(ResultKind kind) {
  constexpr std::string_view kNames[] = {"returns", "goes on", "passes"};
  return kNames[static_cast<size_t>(kind)];
}

Json TableJson(const Section& section) {
  Json events = Json::array();
  for (const std::string& event : EventsOf(section.table)) {
    events.push_back({{"name", event}, {"call", CallOfEvent(event)}});
  }
  Json glossary = Json::array();
  for (const auto& [name, definition] : section.table.glossary) {
    glossary.push_back({{"name", name}, {"definition", definition}});
  }
  return {{"name", section.table.name},
          {"title", section.title},
          {"states", section.table.states},
          {"events", std::move(events)},
          {"conditions", std::move(glossary)}};
}

/// What all the expanded rows of one written row have in common.
Json RowJson(const TableText& table, const WrittenRow& row) {
  Json json = {{"table", table.name},
               {"source", ""},
               {"event", ""},
               {"condition", CheckText(row)},
               {"kind", KindName(row.kind)},
               {"code", nullptr},
               {"number", nullptr},
               {"effect", row.effect},
               {"target", row.target},
               {"waits", row.waits},
               {"clause", row.clause},
               {"dialect", row.dialect.empty() ? std::string("both") : row.dialect},
               {"difference", row.difference},
               {"internal", row.internal}};
  if (row.kind == ResultKind::kReturns) {
    json["code"] = DescribeCode(row.err).name;
    json["number"] = row.err;
  }
  return json;
}

Json RowsJson(const Reference& reference) {
  Json rows = Json::array();
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      Json json = RowJson(section.table, row);
      for (const std::string& source : row.sources) {
        for (const std::string& event : row.events) {
          json["source"] = source;
          json["event"] = event;
          rows.push_back(json);
        }
      }
    }
  }
  return rows;
}

Json ClausesJson(const Reference& reference) {
  Json clauses = Json::array();
  for (const Section& section : reference.sections) {
    for (const Clause& clause : section.clauses) {
      clauses.push_back({{"id", clause.id},
                         {"table", section.table.name},
                         {"sentence", clause.sentence},
                         {"sources", clause.sources},
                         {"decides", DecidedBy(clause)}});
    }
  }
  return clauses;
}

Json DifferencesJson(const Reference& reference) {
  Json differences = Json::array();
  for (const DifferenceText& difference : DifferenceTexts()) {
    differences.push_back({{"id", difference.id},
                           {"topic", difference.topic},
                           {"documented", difference.documented},
                           {"page", difference.page},
                           {"original", difference.original},
                           {"cite", difference.cite},
                           {"follow", difference.follow},
                           {"strict", difference.strict},
                           {"ese", difference.ese},
                           {"clauses", ClausesOf(reference, difference.id)}});
  }
  return differences;
}

Json CodesJson(const Reference& reference) {
  std::set<Err, std::greater<>> used;
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      if (row.kind == ResultKind::kReturns) used.insert(row.err);
    }
  }
  Json codes = Json::array();
  for (const Err err : used) {
    const CodeText code = DescribeCode(err);
    codes.push_back({{"name", code.name}, {"number", err}, {"meaning", code.meaning}});
  }
  return codes;
}

}  // namespace

std::string ExportJson(const Reference& reference) {
  Json tables = Json::array();
  for (const Section& section : reference.sections) tables.push_back(TableJson(section));
  const Json json = {{"format", "backstop-spec"},
                     {"version", kJsonVersion},
                     {"dialects", DialectsName(reference.dialects)},
                     {"tables", std::move(tables)},
                     {"rows", RowsJson(reference)},
                     {"clauses", ClausesJson(reference)},
                     {"differences", DifferencesJson(reference)},
                     {"codes", CodesJson(reference)}};
  return json.dump(1) + '\n';
}

}  // namespace backstop::model
