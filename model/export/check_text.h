// SPDX-License-Identifier: MIT
// The check of a row, taken apart again: its words have a grammar (see conditions.h), so that a
// reader can ask what is left of it once one of its conditions is known to hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/machine/table_text.h"

namespace backstop::model {

struct Check {
  enum class Kind { kAlways, kNever, kAtom, kNot, kAll, kAny };
  Kind kind = Kind::kAlways;
  std::string text;  ///< of an atom
  std::vector<Check> parts;
};

/// Takes the words of a check apart. The names of the glossary are atoms, whatever words are in
/// them; what does not fit the grammar becomes an atom too.
Check ParseCheck(std::string_view words, const Glossary& glossary);

/// The words again; empty if the check always holds.
std::string WordsOf(const Check& check);

/// What is left to check when the condition of this name holds.
Check Assuming(const Check& check, std::string_view name);

/// Whether the condition of this name has a part in the check.
bool Mentions(const Check& check, std::string_view name);

}  // namespace backstop::model
