// SPDX-License-Identifier: MIT
#include "model/contract/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

namespace backstop::model::contract {

namespace {

using nlohmann::json;

json ReadJson(const std::string& path, Facts* facts) {
  std::ifstream file(path);
  json value = json::parse(file, nullptr, false);
  if (value.is_discarded()) {
    facts->errors.push_back(fmt::format("{}: cannot be read as JSON", path));
    return json::object();
  }
  return value;
}

Cover ReadCover(const json& value) {
  return {.clauses = value.value("clauses", std::vector<std::string>{}),
          .codes = value.value("codes", std::vector<std::string>{}),
          .only = value.value("only", std::vector<std::string>{}),
          .excused = value.value("excused", std::string())};
}

std::vector<Check> ReadChecks(const json& function) {
  std::vector<Check> checks;
  for (const char* part : {"legacy_prefix", "checks"}) {
    for (const json& check : function[part]) {
      checks.push_back({.order = check["order"],
                        .condition = check["condition"],
                        .codes = CodesIn(check["error"])});
    }
  }
  return checks;
}

/// The cover of a check that many functions share, by how its condition begins.
const json* SharedCover(const json& coverage, const std::string& condition) {
  for (const json& shared : coverage["shared"]) {
    if (condition.starts_with(shared["condition"].get<std::string>())) return &shared;
  }
  return nullptr;
}

void Cover1(const json& coverage, const json& entry, const Check& check, Function* function,
            Facts* facts) {
  const std::string key = std::to_string(check.order);
  if (entry.contains("excused") && entry["excused"].contains(key)) {
    function->covers[check.order] = {.excused = entry["excused"][key]};
  } else if (entry["checks"].contains(key)) {
    function->covers[check.order] = ReadCover(entry["checks"][key]);
  } else if (const json* shared = SharedCover(coverage, check.condition); shared != nullptr) {
    function->covers[check.order] = ReadCover(*shared);
  } else {
    facts->errors.push_back(
        fmt::format("{}, check {}: coverage.json does not say which clause it is", function->name,
                    check.order));
  }
}

void FindUnknownOrders(const json& entry, const Function& function, Facts* facts) {
  std::set<std::string> known;
  for (const Check& check : function.checks) known.insert(std::to_string(check.order));
  for (const char* part : {"checks", "excused"}) {
    if (!entry.contains(part)) continue;
    for (const auto& [order, cover] : entry[part].items()) {
      if (!known.contains(order)) {
        facts->errors.push_back(fmt::format("{}: there is no check {}", function.name, order));
      }
    }
  }
}

Function ReadFunction(const json& source, const json& coverage, Facts* facts) {
  Function function{.name = source["name"], .checks = ReadChecks(source)};
  if (!coverage["functions"].contains(function.name)) {
    facts->errors.push_back(fmt::format("{}: is not in coverage.json", function.name));
    return function;
  }
  const json& entry = coverage["functions"][function.name];
  function.ways = entry["paths"].get<std::vector<Way>>();
  for (const Check& check : function.checks) Cover1(coverage, entry, check, &function, facts);
  FindUnknownOrders(entry, function, facts);
  function.without = entry.value("without", function.without);
  function.inversions = entry.value("inversions", function.inversions);
  return function;
}

}  // namespace

std::vector<std::string> CodesIn(const std::string& text) {
  static const std::regex kName("JET_(err|wrn)[A-Za-z0-9]+");
  std::vector<std::string> codes;
  for (std::sregex_iterator at(text.begin(), text.end(), kName), end; at != end; ++at) {
    if (std::find(codes.begin(), codes.end(), at->str()) == codes.end()) codes.push_back(at->str());
  }
  return codes;
}

Facts ReadFacts(const std::string& directory) {
  Facts facts;
  const json contract = ReadJson(directory + "/contract.json", &facts);
  const json coverage = ReadJson(directory + "/coverage.json", &facts);
  if (!facts.errors.empty()) return facts;
  for (const json& function : contract["functions"]) {
    if (coverage["out_of_scope"].contains(function["name"].get<std::string>())) continue;
    facts.functions.push_back(ReadFunction(function, coverage, &facts));
  }
  for (const json& entry : contract["discrepancies"]) {
    facts.discrepancies.push_back(
        {.id = entry["id"], .follow = entry["follow"], .named = CodesIn(entry["follow"])});
  }
  facts.extra = coverage["extra"].get<decltype(facts.extra)>();
  facts.other_events = coverage["events_without_function"].get<decltype(facts.other_events)>();
  return facts;
}

}  // namespace backstop::model::contract
