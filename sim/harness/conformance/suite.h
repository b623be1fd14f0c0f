// SPDX-License-Identifier: MIT
// The conformance suite: short sequences, each of which shows one thing that the specification
// says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::conformance {

/// How a sequence shows its row.
enum class Shows : uint8_t {
  kRow,
  kPrecedence,  ///< though another row would refuse as well
  kUnchanged,   ///< refused where the same call, made otherwise, would change something
  kThroughout,  ///< done although something is so that makes no difference
};

/// What a sequence is there to show.
struct Goal {
  model::RowId row = model::kNoRow;  ///< this row is taken
  Shows shows = Shows::kRow;
  model::RowId second = model::kNoRow;  ///< kPrecedence: the other row
  std::string circumstances;            ///< kThroughout: what makes no difference
};

/// One sequence of the suite.
struct Item {
  std::string table;    ///< of the row it shows, for example "backup data"
  std::string dialect;  ///< "strict", "ese" or "both"
  std::string clause;   ///< "READ-2", or "READ-2 before READ-4"
  std::string expects;  ///< in words
  size_t step = 0;      ///< the step that shows it
  /// The step that never returns; its code is what it would return if its wait were over.
  std::optional<size_t> endless;
  observed::Sequence sequence;
};

/// "backup-data.jsonl"
std::string FileName(const Item& item);

/// One line of JSON.
std::string ToLine(const Item& item);
/// False, with a reason, if the line is not one of a suite.
bool FromLine(const std::string& line, Item* item, std::string* error);

/// Gives every sequence under a directory to `visit`, file by file in the order of names. False if
/// a file cannot be used; `*error` names file, line and cause.
bool ReadSuite(const std::string& directory, const std::function<void(Item&&)>& visit,
               std::string* error);
/// Writes the files, and removes those that no sequence belongs to.
bool WriteSuite(const std::string& directory, const std::vector<Item>& items, std::string* error);

}  // namespace backstop::conformance
