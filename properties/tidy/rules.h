// SPDX-License-Identifier: MIT
// The rules of the house. Each looks at a whole tree and names every place that breaks it.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "properties/tidy/source_tree.h"

namespace backstop::tidy {

inline constexpr size_t kMaxFileLines = 600;
inline constexpr size_t kMaxFunctionLines = 70;
inline constexpr size_t kMinReadmeLines = 5;
inline constexpr size_t kMaxReadmeLines = 15;

/// A broken rule: where and what. Line 0 means the whole file.
struct Finding {
  std::string path;
  size_t line = 0;
  std::string what;

  bool operator==(const Finding&) const = default;
};

/// Prints as a compiler does, so that editors find the place.
std::ostream& operator<<(std::ostream& out, const Finding& finding);

using Findings = std::vector<Finding>;

/// Includes between folders follow the arrows, name a file from the root, and use a library only
/// where it belongs.
Findings CheckIncludes(const SourceTree& tree);

/// A header may be included twice, and a file of code includes its own header first: that it
/// compiles shows that the header needs nothing before it.
Findings CheckHeadersStandAlone(const SourceTree& tree);

/// Randomness, clocks, threads and unordered containers come from the Env or from the strategy:
/// anything else would make a run depend on more than its seed.
Findings CheckBannedNames(const SourceTree& tree);

/// No file over kMaxFileLines, no function over kMaxFunctionLines.
Findings CheckSizes(const SourceTree& tree);

/// Every file of code and every script names its licence in its first two lines.
Findings CheckLicences(const SourceTree& tree);

/// No tabs, no blanks at line ends, no carriage returns, one line end at the end of the file.
Findings CheckBlanks(const SourceTree& tree);

/// Files of code have snake_case names.
Findings CheckNames(const SourceTree& tree);

/// No file names a place of somebody's machine.
Findings CheckMachinePaths(const SourceTree& tree);

/// Each folder of the house says in a short README what lives in it. The one of traces/ is the
/// track record, which may grow.
Findings CheckReadmes(const SourceTree& tree);

/// Nothing visible lies at the top that the house does not know.
Findings CheckTopLevel(const std::vector<std::string>& entries);

}  // namespace backstop::tidy
