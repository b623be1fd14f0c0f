// SPDX-License-Identifier: MIT
// What another checker said of the same histories, to be compared with our verdicts.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "sim/harness/recorded_history/judge_history.h"

namespace backstop::recorded {

enum class Agreement : uint8_t {
  kUntold,  ///< it says nothing of this history
  kAgrees,
  kLeftOpen,  ///< it did not judge the history
  kDisagrees,
};

class SecondOpinion {
 public:
  /// Whether the file is one: a single JSON object whose members are all words, one for each id.
  /// Files of histories hold objects with lists. May be compressed with zstd (".zst").
  bool Read(const std::string& path);

  /// Compares and counts.
  Agreement Compare(const std::string& id, HistoryVerdict verdict);
  /// What it says of a history; empty if nothing.
  std::string_view Of(const std::string& id) const;

  size_t size() const { return said_.size(); }
  size_t agreed() const { return agreed_; }
  size_t left_open() const { return left_open_; }
  size_t disagreed() const { return disagreed_; }

 private:
  std::map<std::string, std::string> said_;
  size_t agreed_ = 0;
  size_t left_open_ = 0;
  size_t disagreed_ = 0;
};

}  // namespace backstop::recorded
