// SPDX-License-Identifier: MIT
// The score of all mutants, as text, JSON and a table in Markdown.
#pragma once

#include <string>
#include <vector>

#include "sim/harness/score/mutant_result.h"

namespace backstop::score {

struct Score {
  std::vector<MutantResult> mutants;
  std::string engine_build;
  std::vector<uint64_t> seeds;  ///< bases
  unsigned campaigns = 0;
  uint64_t schedules = 0;
  double seconds = 0;

  size_t Count(Fate fate) const;
  std::vector<std::string> Names(Fate fate) const;
};

/// One line for a mutant that is done.
std::string Line(const MutantResult& result);
std::string SummaryText(const Score& score);
std::string SummaryJson(const Score& score);
std::string Markdown(const Score& score);

/// Puts `table` between the lines that mark it in `text`; false if they are not there.
bool ReplaceTable(const std::string& table, std::string* text);

}  // namespace backstop::score
