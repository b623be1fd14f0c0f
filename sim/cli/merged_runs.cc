// SPDX-License-Identifier: MIT
#include "sim/cli/merged_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/cli/run_report.h"

namespace backstop::cli {
namespace {

using Json = nlohmann::json;

constexpr const char* kSummed[] = {"programs",     "schedules",   "calls",
                                   "steps",        "violations",  "crashes",
                                   "lost_commits", "resurrected", "not_judged"};
constexpr size_t kDigests = 512;

/// What is wrong with the shape; empty if it is the summary of a campaign.
std::string Shape(const Json& json) {
  if (json.is_discarded()) return "is no JSON";
  const bool object = json.is_object() && json.contains("format") && json.contains("rows");
  if (!object) return "is no summary of `backstop run --json`";
  if (json["format"] != kRunFormat) {
    return fmt::format("has format {}, and this program joins format {}", json["format"].dump(),
                       kRunFormat);
  }
  for (const char* key : kSummed) {
    if (!json.contains(key) || !json[key].is_number_unsigned()) {
      return fmt::format("has no number '{}'", key);
    }
  }
  for (const char* key : {"engine", "dialect", "build", "shard", "faults"}) {
    if (!json.contains(key) || !json[key].is_string()) return fmt::format("has no word '{}'", key);
  }
  const bool rest = json.contains("probes") && json["probes"].is_object() &&
                    json["rows"].is_object() && json.contains("seed") &&
                    json["seed"].is_number_unsigned() && json.contains("seconds") &&
                    json["seconds"].is_number() && json.contains("state_digests") &&
                    json["state_digests"].is_array() && json.contains("model_states") &&
                    json["model_states"].is_number_unsigned();
  return rest ? "" : "lacks the seed, the probes or the digests of states";
}

std::vector<uint64_t> Numbers(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<uint64_t>(words), {}};
}

bool AnyHit(const std::vector<uint64_t>& counts) {
  return std::ranges::any_of(counts, [](uint64_t count) { return count > 0; });
}

}  // namespace

bool MergedRuns::IsNew(const RunPiece& piece, std::string* error) const {
  for (const RunPiece& each : pieces_) {
    const bool same = each.build == piece.build && each.shard == piece.shard &&
                      each.faults == piece.faults && each.seed == piece.seed;
    if (!same) continue;
    *error = fmt::format("{}: is the same piece as {}: seed {}, shard {}", piece.file, each.file,
                         piece.seed, piece.shard);
    return false;
  }
  return true;
}

bool MergedRuns::Add(const std::string& file, const std::string& text, std::string* error) {
  const Json json = Json::parse(text, nullptr, false);
  if (const std::string wrong = Shape(json); !wrong.empty()) {
    *error = file + ": " + wrong;
    return false;
  }
  const RunPiece piece{.file = file,
                       .build = json["build"],
                       .shard = json["shard"],
                       .faults = json["faults"],
                       .seed = json["seed"],
                       .schedules = json["schedules"],
                       .seconds = json["seconds"]};
  const std::string engine = json["engine"], dialect = json["dialect"];
  if (!pieces_.empty() && (engine != engine_ || dialect != dialect_)) {
    *error = fmt::format("{}: is of {} in {}, and {} of {} in {}", file, engine, dialect,
                         pieces_.front().file, engine_, dialect_);
    return false;
  }
  if (!IsNew(piece, error)) return false;
  engine_ = engine;
  dialect_ = dialect;
  pieces_.push_back(piece);
  seconds_ += piece.seconds;
  for (const char* key : kSummed) sums_[key] += json[key].get<uint64_t>();
  for (const auto& [name, hits] : json["probes"].items()) {
    if (hits.is_number_unsigned()) probes_[name] += hits.get<uint64_t>();
  }
  for (const auto& [name, hits] : json["rows"].items()) {
    const auto counts = Numbers(hits.is_string() ? hits.get<std::string>() : "");
    std::vector<uint64_t>& row = rows_[name];
    row.resize(std::max(row.size(), counts.size()));
    for (size_t i = 0; i < counts.size(); ++i) row[i] += counts[i];
  }
  for (const auto& each : json["state_digests"]) {
    if (each.is_number_unsigned()) digests_.insert(each.get<uint64_t>());
  }
  most_states_ = std::max(most_states_, json["model_states"].get<uint64_t>());
  return true;
}

/// The k-th smallest of n digests lies at about k/n of all numbers.
uint64_t MergedRuns::States() const {
  if (pieces_.size() == 1) return most_states_;
  if (digests_.size() < kDigests) return digests_.size();
  const auto last = std::next(digests_.begin(), kDigests - 1);
  const double share = static_cast<double>(*last) / 18446744073709551616.0;
  return std::max(most_states_, static_cast<uint64_t>((kDigests - 1) / share));
}

std::vector<std::string> MergedRuns::RowsNeverHit() const {
  std::vector<std::string> names;
  for (const auto& [name, counts] : rows_) {
    if (!AnyHit(counts)) names.push_back(name);
  }
  return names;
}

std::vector<std::string> MergedRuns::ProbesNeverHit() const {
  std::vector<std::string> names;
  for (const auto& [name, hits] : probes_) {
    if (hits == 0) names.push_back(name);
  }
  return names;
}

std::string MergedRuns::ToText() const {
  const size_t rows_missed = RowsNeverHit().size();
  const std::vector<std::string> probes_missed = ProbesNeverHit();
  std::string text = fmt::format(
      "pieces        {}\nprograms      {}\nschedules     {}\ncalls         {}\n"
      "power cuts    {}, {} commits lost, {} rows resurrected\nmodel states  about {}\n"
      "table rows    {} of {} hit\nprobes        {} of {} hit\nviolations    {}\n"
      "seconds       {:.1f} ({:.2f} hours)\n",
      pieces_.size(), sums_.at("programs"), sums_.at("schedules"), sums_.at("calls"),
      sums_.at("crashes"), sums_.at("lost_commits"), sums_.at("resurrected"), States(),
      rows_.size() - rows_missed, rows_.size(), probes_.size() - probes_missed.size(),
      probes_.size(), sums_.at("violations"), seconds_, seconds_ / 3600);
  for (const std::string& name : probes_missed) {
    text += fmt::format("never hit     probe: {}\n", name);
  }
  for (const std::string& name : RowsNeverHit()) text += fmt::format("never hit     {}\n", name);
  return text;
}

std::string MergedRuns::ToJson() const {
  nlohmann::ordered_json json;
  json["engine"] = engine_;
  json["dialect"] = dialect_;
  for (const char* key : kSummed) json[key] = sums_.at(key);
  json["seconds"] = seconds_;
  json["model_states"] = States();
  json["rows_hit"] = rows_.size() - RowsNeverHit().size();
  json["rows_total"] = rows_.size();
  json["rows_never_hit"] = RowsNeverHit();
  json["probes_hit"] = probes_.size() - ProbesNeverHit().size();
  json["probes_total"] = probes_.size();
  json["probes_never_hit"] = ProbesNeverHit();
  json["probes"] = probes_;
  json["rows"] = nlohmann::ordered_json::object();
  for (const auto& [name, counts] : rows_) json["rows"][name] = counts;
  json["pieces"] = nlohmann::ordered_json::array();
  for (const RunPiece& each : pieces_) {
    json["pieces"].push_back({{"build", each.build},
                              {"seed", each.seed},
                              {"shard", each.shard},
                              {"faults", each.faults},
                              {"schedules", each.schedules},
                              {"seconds", each.seconds}});
  }
  return json.dump(1) + "\n";
}

}  // namespace backstop::cli
