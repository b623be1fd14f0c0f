// SPDX-License-Identifier: MIT
// The rows of the tables that several pieces have hit in one dialect.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace backstop::cli {

class MergedRows {
 public:
  /// Whether `json` has the members that RowCoverageJson writes.
  static bool Fits(const nlohmann::json& json);
  /// Adds them.
  void Add(const nlohmann::json& json);
  /// Adds what was hit in another dialect.
  void Add(const MergedRows& other);

  size_t total() const { return rows_.size(); }
  std::vector<std::string> NeverHit() const;
  /// By row: why no public call reaches it.
  const std::map<std::string, std::string>& internal() const { return internal_; }
  /// By row: why none takes it on the engine.
  const std::map<std::string, std::string>& beyond() const { return beyond_; }
  /// How many rows were hit under each kind of fault.
  std::map<std::string, size_t> HitByFault() const;
  nlohmann::ordered_json ToJson() const;

 private:
  std::vector<std::string> Kinds() const;

  using Hits = std::map<std::string, uint64_t>;  ///< by kind of fault
  std::map<std::string, Hits> rows_;
  std::map<std::string, std::string> internal_;
  std::map<std::string, std::string> beyond_;
};

}  // namespace backstop::cli
