// SPDX-License-Identifier: MIT
#include "sim/cli/failure_store.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <vector>

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;

/// All traces but those of runs that were going on when their campaign was killed.
std::vector<std::string> TracesIn(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".trace") && !name.starts_with("current-")) {
      paths.push_back(entry.path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

bool IsFailure(harness::ReplayVerdict verdict) {
  return verdict == harness::ReplayVerdict::kReproduced ||
         verdict == harness::ReplayVerdict::kNondeterministic;
}

}  // namespace

std::string FailurePath(const std::string& directory, const std::string& engine,
                        const harness::Violation& violation) {
  std::string name = violation.rule;
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto digest = XXH3_64bits(violation.signature.data(), violation.signature.size());
  return fmt::format("{}/{}-{}-{:08x}.trace", directory, name, engine,
                     static_cast<uint32_t>(digest));
}

std::optional<KnownFailure> FirstKnownFailure(const std::string& directory, harness::Runner& runner,
                                              harness::Checker& checker,
                                              const harness::Provenance& here) {
  for (const std::string& path : TracesIn(directory)) {
    KnownFailure known{.path = path, .trace = {}, .result = {}};
    std::string error;
    if (!harness::ReadTraceFile(path, &known.trace, &error)) {
      fmt::print(stderr, "known failure: {}\n", error);
      continue;
    }
    known.result = harness::ReplayTrace(runner, checker, known.trace, here, 2);
    const bool fails = IsFailure(known.result.verdict);
    fmt::print(stderr, "known failure: {}: {}\n", path, fails ? "fails again" : "does not fail");
    if (fails) return known;
  }
  return std::nullopt;
}

}  // namespace backstop::cli
