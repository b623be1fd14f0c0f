// SPDX-License-Identifier: MIT
#include "sim/cli/merged_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sim/cli/row_coverage.h"
#include "sim/cli/run_report.h"

namespace backstop::cli {
namespace {

using Json = nlohmann::json;

constexpr const char* kSummed[] = {"programs",     "schedules",   "calls",
                                   "steps",        "violations",  "crashes",
                                   "lost_commits", "resurrected", "not_judged"};
constexpr size_t kDigests = 512;
/// A long list would hide the rest.

/// 0 if there is no such number.
uint64_t Number(const Json& json, const char* key) {
  const bool there = json.is_object() && json.contains(key) && json.at(key).is_number_unsigned();
  return there ? json.at(key).get<uint64_t>() : 0;
}

bool IsConform(const Json& json) { return json.contains("coverage"); }

/// What is wrong with a campaign; empty if nothing is.
std::string CampaignShape(const Json& json) {
  for (const char* key : kSummed) {
    if (!json.contains(key) || !json[key].is_number_unsigned()) {
      return fmt::format("has no number '{}'", key);
    }
  }
  for (const char* key : {"dialect", "shard", "faults"}) {
    if (!json.contains(key) || !json[key].is_string()) return fmt::format("has no word '{}'", key);
  }
  const bool rest = json.contains("probes") && json["probes"].is_object() &&
                    json.contains("seed") && json["seed"].is_number_unsigned() &&
                    json.contains("seconds") && json["seconds"].is_number() &&
                    json.contains("cpu_seconds") && json["cpu_seconds"].is_number() &&
                    json.contains("state_digests") && json["state_digests"].is_array() &&
                    json.contains("model_states") && json["model_states"].is_number_unsigned();
  if (!rest) return "lacks the seed, the probes or the digests of states";
  return MergedRows::Fits(json) ? "" : "lacks rows, or kinds of faults";
}

/// The same of what `conform` writes.
std::string ConformShape(const Json& json) {
  if (!json.contains("what") || !json["what"].is_string()) return "has no word 'what'";
  const Json& coverage = json["coverage"];
  const bool fits = coverage.is_object() && std::ranges::all_of(coverage, &MergedRows::Fits);
  return fits ? "" : "lacks rows, or kinds of faults";
}

/// What is wrong with the shape; empty if it is a piece that can be joined.
std::string Shape(const Json& json) {
  if (json.is_discarded()) return "is no JSON";
  const bool object = json.is_object() && json.contains("format") &&
                      (json.contains("rows") || json.contains("coverage"));
  if (!object) return "is no summary of `backstop run --json` or `backstop conform --json`";
  if (json["format"] != kRunFormat) {
    return fmt::format("has format {}, and this program joins format {}", json["format"].dump(),
                       kRunFormat);
  }
  for (const char* key : {"engine", "build"}) {
    if (!json.contains(key) || !json[key].is_string()) return fmt::format("has no word '{}'", key);
  }
  return IsConform(json) ? ConformShape(json) : CampaignShape(json);
}

RunPiece PieceOf(const std::string& file, const Json& json) {
  RunPiece piece{.file = file, .build = json["build"]};
  if (IsConform(json)) {
    piece.what = "conform " + json["what"].get<std::string>();
    for (const auto& [dialect, rows] : json["coverage"].items()) {
      piece.dialect += (piece.dialect.empty() ? "" : " ") + dialect;
    }
    return piece;
  }
  piece.what = "run";
  piece.shard = json["shard"];
  piece.faults = json["faults"];
  piece.dialect = json["dialect"];
  piece.seed = json["seed"];
  piece.schedules = json["schedules"];
  piece.seconds = json["seconds"];
  piece.cpu_seconds = json["cpu_seconds"];
  return piece;
}

bool IsSame(const RunPiece& a, const RunPiece& b) {
  return a.what == b.what && a.build == b.build && a.shard == b.shard && a.faults == b.faults &&
         a.dialect == b.dialect && a.seed == b.seed;
}

/// How many rows are set apart for each reason.
std::string ReasonsText(const char* word, const std::string& dialect,
                        const std::map<std::string, std::string>& rows) {
  std::map<std::string, size_t> reasons;
  for (const auto& [name, why] : rows) ++reasons[why];
  std::string text;
  for (const auto& [why, count] : reasons) {
    text += fmt::format("{:13} {} rows of {}: {}\n", word, count, dialect, why);
  }
  return text;
}

}  // namespace

bool MergedRuns::IsNew(const RunPiece& piece, std::string* error) const {
  for (const RunPiece& each : pieces_) {
    if (!IsSame(each, piece)) continue;
    *error =
        fmt::format("{}: is the same piece as {}: {}", piece.file, each.file,
                    piece.what == "run" ? fmt::format("seed {}, shard {}", piece.seed, piece.shard)
                                        : piece.what);
    return false;
  }
  return true;
}

bool MergedRuns::IsOfSameEngine(const std::string& file, const Json& json, std::string* error) {
  const std::string engine = json["engine"];
  if (pieces_.empty()) engine_ = engine;
  if (engine == engine_) return true;
  *error = fmt::format("{}: is of {}, and {} of {}", file, engine, pieces_.front().file, engine_);
  return false;
}

bool MergedRuns::Add(const std::string& file, const std::string& text, std::string* error) {
  const Json json = Json::parse(text, nullptr, false);
  if (const std::string wrong = Shape(json); !wrong.empty()) {
    *error = file + ": " + wrong;
    return false;
  }
  const RunPiece piece = PieceOf(file, json);
  if (!IsOfSameEngine(file, json, error) || !IsNew(piece, error)) return false;
  pieces_.push_back(piece);
  seconds_ += piece.seconds;
  cpu_seconds_ += piece.cpu_seconds;
  for (const char* key : kSummed) sums_[key] += Number(json, key);
  IsConform(json) ? AddConform(json) : AddCampaign(json);
  return true;
}

/// What deviates from the suite is a violation as well.
void MergedRuns::AddConform(const Json& json) {
  for (const auto& [dialect, rows] : json["coverage"].items()) rows_[dialect].Add(rows);
  for (const char* part : {"suite", "random"}) {
    if (!json.contains(part) || !json[part].is_object()) continue;
    for (const auto& [dialect, result] : json[part].items()) {
      sums_["conform_steps"] += Number(result, "steps");
      if (result.is_object() && result.contains("deviations")) {
        sums_["violations"] += result["deviations"].size();
      }
    }
  }
}

void MergedRuns::AddCampaign(const Json& json) {
  rows_[json["dialect"].get<std::string>()].Add(json);
  for (const auto& [name, hits] : json["probes"].items()) {
    if (hits.is_number_unsigned()) probes_[name] += hits.get<uint64_t>();
  }
  for (const auto& each : json["state_digests"]) {
    if (each.is_number_unsigned()) digests_.insert(each.get<uint64_t>());
  }
  most_states_ = std::max(most_states_, json["model_states"].get<uint64_t>());
}

/// The k-th smallest of n digests lies at about k/n of all numbers.
uint64_t MergedRuns::States() const {
  if (digests_.size() <= kDigests) return std::max<uint64_t>(most_states_, digests_.size());
  const auto last = std::next(digests_.begin(), kDigests - 1);
  const double share = static_cast<double>(*last) / 18446744073709551616.0;
  return std::max(most_states_, static_cast<uint64_t>((kDigests - 1) / share));
}

std::vector<std::string> MergedRuns::ProbesNeverHit() const {
  std::vector<std::string> names;
  for (const auto& [name, hits] : probes_) {
    if (hits == 0) names.push_back(name);
  }
  return names;
}

std::string MergedRuns::RowsText() const {
  std::string text;
  for (const auto& [dialect, rows] : rows_) {
    const std::vector<std::string> missed = rows.NeverHit();
    text += fmt::format("table rows    {} of {} hit in {}\n", rows.total() - missed.size(),
                        rows.total(), dialect);
    for (const auto& [kind, count] : rows.HitByFault()) {
      text += fmt::format("  under       {:5} {}\n", count, kind);
    }
    text += NeverHitText(missed, 12);
    text += ReasonsText("internal", dialect, rows.internal());
    text += ReasonsText("beyond", dialect, rows.beyond());
  }
  return text;
}

std::string MergedRuns::ToText() const {
  const std::vector<std::string> missed = ProbesNeverHit();
  std::string text = fmt::format("pieces        {}\n", pieces_.size());
  if (sums_.contains("conform_steps")) {
    text += fmt::format("conform       {} steps\n", sums_.at("conform_steps"));
  }
  text += fmt::format(
      "programs      {}\nschedules     {}\ncalls         {}\n"
      "power cuts    {}, {} commits lost, {} rows resurrected\nmodel states  about {}\n"
      "probes        {} of {} hit\nviolations    {}\nseconds       {:.1f}, {:.1f} of CPU ({:.2f} "
      "core-hours)\n",
      sums_.at("programs"), sums_.at("schedules"), sums_.at("calls"), sums_.at("crashes"),
      sums_.at("lost_commits"), sums_.at("resurrected"), States(), probes_.size() - missed.size(),
      probes_.size(), sums_.at("violations"), seconds_, cpu_seconds_, cpu_seconds_ / 3600);
  for (const std::string& name : missed) text += fmt::format("never hit     probe: {}\n", name);
  return text + RowsText();
}

nlohmann::ordered_json MergedRuns::PiecesJson() const {
  auto json = nlohmann::ordered_json::array();
  for (const RunPiece& each : pieces_) {
    json.push_back({{"what", each.what},
                    {"build", each.build},
                    {"dialect", each.dialect},
                    {"seed", each.seed},
                    {"shard", each.shard},
                    {"faults", each.faults},
                    {"schedules", each.schedules},
                    {"seconds", each.seconds},
                    {"cpu_seconds", each.cpu_seconds}});
  }
  return json;
}

std::string MergedRuns::ToJson() const {
  nlohmann::ordered_json json;
  MergedRows all;
  for (const auto& [dialect, rows] : rows_) all.Add(rows);
  json["engine"] = engine_;
  json["dialect"] = rows_.size() == 1 ? rows_.begin()->first : "both";
  for (const auto& [key, sum] : sums_) json[key] = sum;
  json["seconds"] = seconds_;
  json["cpu_seconds"] = cpu_seconds_;
  json["model_states"] = States();
  json["probes_hit"] = probes_.size() - ProbesNeverHit().size();
  json["probes_total"] = probes_.size();
  json["probes_never_hit"] = ProbesNeverHit();
  json["probes"] = probes_;
  json.update(all.ToJson());
  if (rows_.size() > 1) {
    for (const auto& [dialect, rows] : rows_) json["dialects"][dialect] = rows.ToJson();
  }
  json["pieces"] = PiecesJson();
  return json.dump(1) + "\n";
}

}  // namespace backstop::cli
