// SPDX-License-Identifier: MIT
// The words of golden files: the parts of a call and of what it reports.
#pragma once

#include <string>

#include "model/contract/golden.h"

namespace backstop::model::contract {

/// Applies `word`, an argument such as "grbit=0x1" or "legacy", to the step. False: no such word.
bool ApplyArgument(const std::string& word, GoldenStep* step);

/// Applies a word behind "gives", such as "size=4". False: no such word.
bool ApplyOutput(const std::string& word, GoldenStep* step);

/// Sets the operation from an API name. False: no such name.
bool ApplyName(const std::string& name, GoldenStep* step);

/// The world that a "start" line names: "nothing", "created" or "ready", and what it is like. False
/// if a word is unknown.
bool ReadWorld(const std::string& line, Snapshot* world);

}  // namespace backstop::model::contract
