// SPDX-License-Identifier: MIT
// What was found about the original engine: where its documentation and its source disagree (D),
// what recordings corrected or added (C), and what threads can do to it (H). Clauses and rows that
// decide one of these name it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/clauses/clause.h"

namespace backstop::model {

struct Finding {
  std::string_view id;          ///< "D-01"
  std::string_view topic;       ///< what it is about
  std::string_view documented;  ///< what the reference says; empty where it is silent
  std::string_view page;        ///< pages of the reference
  std::string_view original;    ///< what the original engine does
  std::string_view cite;        ///< lines of its source, or "recorded"
  std::string_view strict;      ///< what the strict dialect follows
};

/// All of them, D before C before H, by number.
std::span<const Finding> Findings();

/// The finding with this id, or null.
const Finding* FindFinding(std::string_view id);

/// The ids that a clause says it decides, one by one.
std::vector<std::string_view> DecidedBy(const Clause& clause);

}  // namespace backstop::model
