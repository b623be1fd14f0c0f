// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "properties/tidy/rules.h"

namespace backstop::tidy {
namespace {

constexpr size_t kMaxAllowed = 7;

/// What the files below a folder may include, by the beginning of the path.
struct Arrow {
  std::string_view from;
  std::array<std::string_view, kMaxAllowed> to;
};

// The first line that fits a file counts, so inner folders come first.
constexpr std::array kArrows = {
    Arrow{"impl/env/", {"impl/env/"}},
    Arrow{"impl/engine/", {"impl/engine/", "impl/env/", "impl/esent"}},
    Arrow{"impl/", {"impl/"}},
    Arrow{"model/", {"model/", "impl/esent.h", "impl/esent/"}},
    Arrow{"sim/scheduler/", {"sim/scheduler/"}},
    Arrow{"sim/rapidcheck/", {"sim/rapidcheck/", "sim/scheduler/"}},
    Arrow{"sim/examples/", {"sim/examples/", "sim/rapidcheck/", "sim/scheduler/"}},
    Arrow{"sim/world/", {"sim/world/", "sim/scheduler/", "impl/env/"}},
    Arrow{"sim/",
          {"sim/", "model/", "impl/esent.h", "impl/esent/", "impl/engine/process.h",
           "impl/engine/dialect.h", "impl/engine/error_name.h"}},
    Arrow{"properties/", {"properties/", "impl/", "model/", "sim/"}},
};

/// A library that stays behind one folder's interface.
struct Keeper {
  std::string_view header;
  std::string_view folder;
};

constexpr std::array kKeepers = {
    Keeper{"boost/msm/", "model/machine/"},
    Keeper{"boost/context/", "sim/scheduler/"},
    Keeper{"CLI/", "sim/cli/"},
};

struct Include {
  std::string name;
  size_t line = 0;
  bool quoted = false;
};

std::vector<Include> IncludesOf(const SourceFile& file) {
  static const std::regex pattern("\\s*#\\s*include\\s*([\"<])([^\">]*)[\">].*");
  std::vector<Include> includes;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    std::cmatch match;
    if (line.find('#') == line.npos) continue;
    if (!std::regex_match(line.data(), line.data() + line.size(), match, pattern)) continue;
    includes.push_back({.name = match[2], .line = number, .quoted = match[1] == "\""});
  }
  return includes;
}

bool MayInclude(std::string_view from, std::string_view to) {
  const auto arrow = std::ranges::find_if(
      kArrows, [&](const Arrow& candidate) { return from.starts_with(candidate.from); });
  return arrow != kArrows.end() && std::ranges::any_of(arrow->to, [&](std::string_view prefix) {
           return !prefix.empty() && to.starts_with(prefix);
         });
}

bool MayUseLibrary(std::string_view from, std::string_view header) {
  return std::ranges::none_of(kKeepers, [&](const Keeper& keeper) {
    return header.starts_with(keeper.header) && !from.starts_with(keeper.folder);
  });
}

/// True if the first directive is `#pragma once` or the `#ifndef` of the headers for C programs.
bool IsGuarded(const SourceFile& file) {
  const auto lines = Lines(file.text);
  const auto first =
      std::ranges::find_if(lines, [](std::string_view line) { return line.starts_with('#'); });
  return first != lines.end() && (*first == "#pragma once" || first->starts_with("#ifndef "));
}

bool Exists(const SourceTree& tree, std::string_view path) {
  return std::ranges::binary_search(tree, path, {}, &SourceFile::path);
}

}  // namespace

Findings CheckIncludes(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (!file.IsCode()) continue;
    for (const Include& include : IncludesOf(file)) {
      if (include.quoted && !Exists(tree, include.name)) {
        found.push_back({file.path, include.line, include.name + " is no path from the root"});
      } else if (include.quoted && !MayInclude(file.path, include.name)) {
        found.push_back({file.path, include.line, include.name + " is against the arrows"});
      } else if (!MayUseLibrary(file.path, include.name)) {
        found.push_back({file.path, include.line, include.name + " belongs to another folder"});
      }
    }
  }
  return found;
}

Findings CheckHeadersStandAlone(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (file.path.ends_with(".h") && !IsGuarded(file)) {
      found.push_back({file.path, 0, "may not be included twice"});
    }
    if (!file.path.ends_with(".cc")) continue;
    const std::string own = file.path.substr(0, file.path.size() - 2) + "h";
    if (!Exists(tree, own)) continue;
    const auto includes = IncludesOf(file);
    if (includes.empty() || includes.front().name != own) {
      found.push_back({file.path, 0, own + " is not its first include"});
    }
  }
  return found;
}

}  // namespace backstop::tidy
