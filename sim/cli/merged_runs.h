// SPDX-License-Identifier: MIT
// Campaigns joined: pieces of one, or several of different seeds and commits.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace backstop::cli {

/// What was done once, and how. No two pieces may be the same.
struct RunPiece {
  std::string file;
  std::string build, shard, faults;
  uint64_t seed = 0;
  uint64_t schedules = 0;
  double seconds = 0;
};

class MergedRuns {
 public:
  /// Adds the JSON that `backstop run --json` wrote. False with `*error` set to one line that names
  /// the file if it is something else, of another engine or dialect, or there already.
  bool Add(const std::string& file, const std::string& text, std::string* error);

  std::string ToText() const;
  std::string ToJson() const;
  uint64_t violations() const { return sums_.at("violations"); }

 private:
  bool IsNew(const RunPiece& piece, std::string* error) const;
  /// About how many states all of them have reached.
  uint64_t States() const;
  std::vector<std::string> RowsNeverHit() const;
  std::vector<std::string> ProbesNeverHit() const;

  std::string engine_, dialect_;
  std::vector<RunPiece> pieces_;
  std::map<std::string, uint64_t> sums_ = {{"violations", 0}};
  std::map<std::string, std::vector<uint64_t>> rows_;
  std::map<std::string, uint64_t> probes_;
  std::set<uint64_t> digests_;
  uint64_t most_states_ = 0;  ///< of one piece
  double seconds_ = 0;
};

}  // namespace backstop::cli
