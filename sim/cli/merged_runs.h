// SPDX-License-Identifier: MIT
// Pieces joined: campaigns of different seeds, shards and dialects, and what `conform` has shown.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "sim/cli/merged_rows.h"

namespace backstop::cli {

/// What was done once, and how. No two pieces may be the same.
struct RunPiece {
  std::string file;
  std::string what;  ///< "run", or what `conform` was asked for
  std::string build, shard, faults, dialect;
  uint64_t seed = 0;
  uint64_t schedules = 0;
  double seconds = 0;
  double cpu_seconds = 0;
};

class MergedRuns {
 public:
  /// Adds the JSON that `backstop run --json` or `backstop conform --json` wrote. False with
  /// `*error` set to one line that names the file if it is something else, of another engine, or
  /// there already.
  bool Add(const std::string& file, const std::string& text, std::string* error);

  std::string ToText() const;
  std::string ToJson() const;
  uint64_t violations() const { return sums_.at("violations"); }

 private:
  bool IsNew(const RunPiece& piece, std::string* error) const;
  bool IsOfSameEngine(const std::string& file, const nlohmann::json& json, std::string* error);
  void AddCampaign(const nlohmann::json& json);
  void AddConform(const nlohmann::json& json);
  /// About how many states all of them have reached.
  uint64_t States() const;
  std::vector<std::string> ProbesNeverHit() const;
  std::string RowsText() const;
  nlohmann::ordered_json PiecesJson() const;

  std::string engine_;
  std::vector<RunPiece> pieces_;
  std::map<std::string, uint64_t> sums_;
  std::map<std::string, MergedRows> rows_;  ///< by dialect
  std::map<std::string, uint64_t> probes_;
  std::set<uint64_t> digests_;
  uint64_t most_states_ = 0;  ///< of one piece
  double seconds_ = 0;
  double cpu_seconds_ = 0;
};

}  // namespace backstop::cli
