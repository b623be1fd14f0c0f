// SPDX-License-Identifier: MIT
#include "properties/tidy/rules.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <regex>
#include <string_view>

#include "properties/tidy/functions.h"

namespace backstop::tidy {
namespace {

constexpr std::array<std::string_view, 5> kFolders = {"impl/", "model/", "properties/", "sim/",
                                                      "traces/"};

constexpr std::array<std::string_view, 11> kTopLevel = {
    "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "backstop", "cmake", "impl",
    "model",          "properties",        "sim",     "traces"};

bool IsScript(const SourceFile& file) { return file.text.starts_with("#!"); }

std::string Over(std::string_view what, size_t lines, size_t limit) {
  return std::string(what) + " has " + std::to_string(lines) + " lines, " + std::to_string(limit) +
         " are allowed";
}

void CheckLineBlanks(const SourceFile& file, Findings& found) {
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    if (line.find('\t') != line.npos) found.push_back({file.path, number, "tab"});
    if (line.ends_with('\r')) found.push_back({file.path, number, "carriage return"});
    if (line.ends_with(' ')) found.push_back({file.path, number, "blank at the end of the line"});
  }
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  out << finding.path << ':';
  if (finding.line > 0) out << finding.line << ':';
  return out << ' ' << finding.what;
}

Findings CheckSizes(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (file.IsGenerated() || !(file.IsCode() || IsScript(file))) continue;
    if (const size_t lines = Lines(file.text).size(); lines > kMaxFileLines) {
      found.push_back({file.path, 0, Over("the file", lines, kMaxFileLines)});
    }
    for (const FunctionSpan& function : FindFunctions(file.text)) {
      if (function.lines <= kMaxFunctionLines || !file.IsCode()) continue;
      found.push_back({file.path, function.first_line,
                       Over("the function", function.lines, kMaxFunctionLines)});
    }
  }
  return found;
}

Findings CheckLicences(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (!file.IsCode() && !IsScript(file)) continue;
    const auto lines = Lines(file.text);
    const size_t head = std::min<size_t>(lines.size(), 2);
    const bool named = std::any_of(lines.begin(), lines.begin() + static_cast<ptrdiff_t>(head),
                                   [](std::string_view line) {
                                     return line.find("SPDX-License-Identifier: MIT") != line.npos;
                                   });
    if (!named) found.push_back({file.path, 1, "no SPDX-License-Identifier"});
  }
  return found;
}

Findings CheckBlanks(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (file.path.ends_with(".patch")) continue;
    CheckLineBlanks(file, found);
    if (!file.text.ends_with('\n') || file.text.ends_with("\n\n")) {
      found.push_back({file.path, 0, "does not end with one line end"});
    }
  }
  return found;
}

Findings CheckNames(const SourceTree& tree) {
  static const std::regex snake_case("(.*/)?[a-z0-9_]+\\.[a-z]+");
  Findings found;
  for (const SourceFile& file : tree) {
    if (file.IsCode() && !std::regex_match(file.path, snake_case)) {
      found.push_back({file.path, 0, "the name is not snake_case"});
    }
  }
  return found;
}

Findings CheckMachinePaths(const SourceTree& tree) {
  // Split up, so that this file does not break the rule itself.
  static const std::regex place(
      "(^|[^\\w.}/-])/("
      "work|tmp|root|home)/");
  Findings found;
  for (const SourceFile& file : tree) {
    size_t number = 0;
    for (std::string_view line : Lines(file.text)) {
      ++number;
      if (std::regex_search(line.begin(), line.end(), place)) {
        found.push_back({file.path, number, "names a place of one machine"});
      }
    }
  }
  return found;
}

Findings CheckReadmes(const SourceTree& tree) {
  Findings found;
  for (std::string_view folder : kFolders) {
    const std::string path = std::string(folder) + "README.md";
    const auto readme = std::ranges::find(tree, path, &SourceFile::path);
    const size_t lines = readme == tree.end() ? 0 : Lines(readme->text).size();
    if (lines < kMinReadmeLines) found.push_back({path, 0, "missing or too short"});
    if (lines > kMaxReadmeLines && folder != "traces/") {
      found.push_back({path, 0, Over("the file", lines, kMaxReadmeLines)});
    }
  }
  return found;
}

Findings CheckTopLevel(const std::vector<std::string>& entries) {
  Findings found;
  for (const std::string& entry : entries) {
    if (std::ranges::find(kTopLevel, entry) == kTopLevel.end()) {
      found.push_back({entry, 0, "does not belong at the top level"});
    }
  }
  return found;
}

}  // namespace backstop::tidy
