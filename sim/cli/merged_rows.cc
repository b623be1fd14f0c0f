// SPDX-License-Identifier: MIT
#include "sim/cli/merged_rows.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

namespace backstop::cli {
namespace {

using Json = nlohmann::json;

std::vector<uint64_t> Numbers(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<uint64_t>(words), {}};
}

bool AllText(const Json& values) {
  return std::ranges::all_of(values, [](const Json& value) { return value.is_string(); });
}

}  // namespace

bool MergedRows::Fits(const Json& json) {
  if (!json.is_object()) return false;
  for (const char* key : {"rows", "rows_internal", "rows_beyond"}) {
    if (!json.contains(key) || !json[key].is_object() || !AllText(json[key])) return false;
  }
  return json.contains("fault_kinds") && json["fault_kinds"].is_array() &&
         AllText(json["fault_kinds"]);
}

void MergedRows::Add(const Json& json) {
  const auto kinds = json["fault_kinds"].get<std::vector<std::string>>();
  for (const auto& [name, text] : json["rows"].items()) {
    Hits& row = rows_[name];
    const std::vector<uint64_t> counts = Numbers(text.get<std::string>());
    for (size_t i = 0; i < std::min(counts.size(), kinds.size()); ++i) {
      if (counts[i] > 0) row[kinds[i]] += counts[i];
    }
  }
  for (const auto& [name, why] : json["rows_internal"].items()) {
    internal_[name] = why.get<std::string>();
  }
  for (const auto& [name, why] : json["rows_beyond"].items()) {
    beyond_[name] = why.get<std::string>();
  }
}

void MergedRows::Add(const MergedRows& other) {
  for (const auto& [name, hits] : other.rows_) {
    Hits& row = rows_[name];
    for (const auto& [kind, count] : hits) row[kind] += count;
  }
  internal_.insert(other.internal_.begin(), other.internal_.end());
  beyond_.insert(other.beyond_.begin(), other.beyond_.end());
}

std::vector<std::string> MergedRows::NeverHit() const {
  std::vector<std::string> names;
  for (const auto& [name, hits] : rows_) {
    if (hits.empty()) names.push_back(name);
  }
  return names;
}

std::vector<std::string> MergedRows::Kinds() const {
  std::set<std::string> kinds;
  for (const auto& [name, hits] : rows_) {
    for (const auto& [kind, count] : hits) kinds.insert(kind);
  }
  return {kinds.begin(), kinds.end()};
}

std::map<std::string, size_t> MergedRows::HitByFault() const {
  std::map<std::string, size_t> rows;
  for (const auto& [name, hits] : rows_) {
    for (const auto& [kind, count] : hits) ++rows[kind];
  }
  return rows;
}

nlohmann::ordered_json MergedRows::ToJson() const {
  const std::vector<std::string> missed = NeverHit();
  nlohmann::ordered_json json;
  json["rows_hit"] = total() - missed.size();
  json["rows_total"] = total();
  json["rows_never_hit"] = missed;
  json["rows_internal"] = internal_;
  json["rows_beyond"] = beyond_;
  json["rows_by_fault"] = HitByFault();
  json["fault_kinds"] = Kinds();
  json["rows"] = nlohmann::ordered_json::object();
  for (const auto& [name, hits] : rows_) {
    auto& counts = json["rows"][name] = nlohmann::ordered_json::array();
    for (const std::string& kind : Kinds())
      counts.push_back(hits.contains(kind) ? hits.at(kind) : 0);
  }
  return json;
}

}  // namespace backstop::cli
