// SPDX-License-Identifier: MIT
// A mutant as a file: a patch of the engine with a few lines in front that say what it breaks.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace backstop::score {

struct PatchFile {
  std::string name;  ///< the file without its directory and extension
  std::string path;  ///< absolute
  std::string text;
  std::string about;  ///< its first sentences, in one line
  std::string hazard, breaks;
  std::string faults = "light";  ///< the worst that a campaign against it has to draw
  /// Why it cannot be told from the engine; empty for a bug.
  std::string equivalent;
  size_t smallest_calls = 0;  ///< calls of the smallest program that shows it; 0: not said
  size_t smallest_trace = 0;  ///< length of the shortest trace that shows it; 0: not said
  bool fails_suite = false;   ///< the conformance suite is said to see it, and so is asked first
  bool fast = false;          ///< belongs to the fast subset
  std::vector<std::string>
      targets;  ///< files that it changes or adds, from the root of the project
};

/// Reads what stands in a patch. False with `*error` set to one line if it is none, or if it
/// touches something else than files of the engine.
bool ParsePatch(const std::string& name, const std::string& text, PatchFile* patch,
                std::string* error);

struct RefusedPatch {
  std::string name, why;
};

/// All *.patch of a directory, by name. False with `*error` set if it cannot be read or holds none.
bool ReadPatches(const std::string& directory, std::vector<PatchFile>* patches,
                 std::vector<RefusedPatch>* refused, std::string* error);

}  // namespace backstop::score
