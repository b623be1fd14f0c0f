// SPDX-License-Identifier: MIT
// The track record in traces/README.md is made of the traces, of the mutants that they are of, and
// of traces/regressions/record.json for bugs that are no mutants.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/harness/trace.h"

namespace backstop::harness {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = BACKSTOP_ROOT;
constexpr const char* kBegin =
    "<!-- record: made by BACKSTOP_UPDATE_GOLDEN=1 sim_harness_test -->\n";
constexpr const char* kEnd = "<!-- end of record -->\n";

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The first paragraph of a mutant's patch, on one line; empty if there is no such mutant.
std::string BugOfMutant(const std::string& name) {
  std::ifstream in(kRoot / "properties/mutants" / (name + ".patch"));
  std::string text;
  for (std::string line; std::getline(in, line) && !line.empty();) {
    // Fields such as "Breaks:" may follow at once.
    if (std::isupper(static_cast<unsigned char>(line[0])) && line.find(":") < line.find(" ")) break;
    text += (text.empty() ? "" : " ") + line;
  }
  return text;
}

std::string Counted(size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : (what[1] == 'w' ? "es" : "s"));
}

/// "2 calls, 1 switch": what the run was shrunk to.
std::string SizeOf(const Trace& trace) {
  std::string text = Counted(trace.program.CallCount(), "call");
  const auto* entries = std::get_if<std::vector<sched::ReplayEntry>>(&trace.schedule);
  if (entries == nullptr) return text;
  // The choice of the first task is no switch.
  const auto switches = std::ranges::count_if(*entries, [](const sched::ReplayEntry& entry) {
    return entry.is_switch && entry.kind != sched::PointKind::kStart;
  });
  const auto faults = std::ranges::count_if(
      *entries, [](const sched::ReplayEntry& entry) { return !entry.is_switch; });
  if (switches > 0) text += ", " + Counted(static_cast<size_t>(switches), "switch");
  if (faults > 0) text += ", " + Counted(static_cast<size_t>(faults), "fault");
  return text;
}

/// The value of "key=value" in what a trace tells of its origin; empty if it tells nothing.
std::string Origin(const Trace& trace, const std::string& key) {
  std::istringstream words(trace.origin);
  for (std::string word; words >> word;) {
    if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
  }
  return {};
}

std::string Row(const std::string& name, const Trace& trace, const nlohmann::json& record) {
  const std::string mutant = BugOfMutant(name);
  const nlohmann::json told = record.value(name, nlohmann::json::object());
  const std::string seed = Origin(trace, "seed");
  const std::string run = trace.program.faults == Faults::kHeavy ? "run --faults heavy" : "run";
  const std::string with_seed =
      seed.empty() ? run : fmt::format("{} --seed {}", run, std::stoull(seed, nullptr, 16));
  const std::string found = told.value("found by", with_seed);
  const std::string schedules = told.value("schedules", Origin(trace, "schedules"));
  return fmt::format("| [{0}](regressions/{0}.trace) | {1} | `{2}` | {3} | {4} | {5} | {6} |\n",
                     name, told.value("bug", mutant), found,
                     schedules.empty() ? "not kept" : schedules, SizeOf(trace), trace.rule,
                     told.value("status", mutant.empty() ? "" : "mutant"));
}

std::string Record() {
  const auto record = nlohmann::json::parse(ReadAll(kRoot / "traces/regressions/record.json"));
  std::vector<fs::path> paths;
  for (const auto& file : fs::directory_iterator(kRoot / "traces/regressions")) {
    if (file.path().extension() == ".trace") paths.push_back(file.path());
  }
  std::ranges::sort(paths);
  std::string table =
      "| trace | bug | found by | schedules | shrunk to | fails as | status |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const fs::path& path : paths) {
    Trace trace;
    std::string error;
    EXPECT_TRUE(ReadTraceFile(path, &trace, &error)) << error;
    table += Row(path.stem(), trace, record);
  }
  return table;
}

TEST(TrackRecord, IsFresh) {
  const fs::path readme = kRoot / "traces/README.md";
  std::string text = ReadAll(readme);
  const size_t begin = text.find(kBegin);
  const size_t end = text.find(kEnd);
  ASSERT_TRUE(begin != text.npos && end != text.npos && begin < end);
  const size_t from = begin + std::string(kBegin).size();
  const std::string written = text.substr(from, end - from);
  const std::string table = Record();
  if (std::getenv("BACKSTOP_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(readme) << text.replace(from, end - from, table);
    return;
  }
  EXPECT_EQ(written, table) << readme << " is stale: run this test with BACKSTOP_UPDATE_GOLDEN=1";
}

TEST(TrackRecord, TellsTheBugAndTheStatusOfEachTrace) {
  std::istringstream rows(Record());
  std::string row;
  std::getline(rows, row);
  std::getline(rows, row);
  while (std::getline(rows, row)) {
    EXPECT_EQ(row.find("|  |"), row.npos)
        << row << "\nsay in traces/regressions/record.json what this bug is, and its status";
  }
}

}  // namespace
}  // namespace backstop::harness
