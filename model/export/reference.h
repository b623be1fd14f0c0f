// SPDX-License-Identifier: MIT
// What every export is made from: the tables with the clauses of their chapters, as far as they
// speak of the dialect that was asked for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/clauses/clauses.h"
#include "model/machine/table_text.h"

namespace backstop::model {

/// Which dialect an export is about.
enum class Dialects : uint8_t { kBoth, kStrict, kEse };

/// "both", "strict", "ese".
std::string_view DialectsName(Dialects dialects);

/// Whether the row has a say in the dialect; in both, every row has.
bool HoldsIn(const WrittenRow& row, Dialects dialects);

/// One table with the clauses that its rows name.
struct Section {
  std::string_view title;
  std::span<const Clause> clauses;
  TableText table;
};

struct Reference {
  Dialects dialects = Dialects::kBoth;
  std::vector<Section> sections;  ///< the entry gate first
};

/// The specification itself. Not thread-safe on its first use.
Reference MakeReference(Dialects dialects);

/// The calls of a table, in the order in which its rows name them.
std::vector<std::string> EventsOf(const TableText& table);

/// Whether the row speaks of this event in this state.
bool SpeaksOf(const WrittenRow& row, std::string_view event, std::string_view state);

}  // namespace backstop::model
