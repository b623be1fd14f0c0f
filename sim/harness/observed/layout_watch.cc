// SPDX-License-Identifier: MIT
// Truncation asks whether every listed log was copied; how many are listed depends on how much of a
// generation a row takes.
#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/observed/skip_rules.h"

namespace backstop::observed {
namespace {

std::vector<std::string> NamesIn(const Step& step) {
  std::vector<std::string> names;
  const auto list = step.out.find("names");
  if (list == step.out.end() || !list->is_array()) return names;
  for (const auto& name : *list) names.push_back(name.is_string() ? name.get<std::string>() : "");
  return names;
}

/// Lists cut by a small buffer, and wide ones, are not what later steps refer to.
bool IsList(const Step& step) {
  return step.call.starts_with("JetGetLogInfo") && !step.Has("cb") && !Flag(step, "wide");
}

bool ReachesEnd(const Step& step) {
  if (step.call == "ReadAll") return true;
  return step.call.starts_with("JetReadFile") && OutNumber(step, "cbActual", -1) == 0;
}

}  // namespace

void LayoutWatch::Follow(const Step& step, Logs& logs) {
  if (step.call.starts_with("JetBeginExternalBackup")) logs = {};
  if (IsList(step) && step.out.contains("names")) logs.listed = NamesIn(step);
  if (step.out.contains("genLow")) {
    ranges_.emplace_back(OutNumber(step, "genLow"), OutNumber(step, "genHigh"));
  }
  if (step.call.starts_with("JetOpenFile")) {
    const std::string name = step.Text("name");
    const auto index = static_cast<size_t>(name.starts_with("log:") ? name.back() - '0' : 0);
    const bool listed = name.starts_with("log:") && index < logs.listed.size();
    logs.open = listed ? logs.listed[index] : name;
    logs.at_end = false;
  }
  if (ReachesEnd(step)) logs.at_end = true;
  if (step.call.starts_with("JetCloseFile") && logs.at_end) logs.copied.insert(logs.open);
  if (step.call == "CopyLogs") {
    const auto files = std::clamp<int64_t>(OutNumber(step, "files"), 0, std::ssize(logs.listed));
    logs.copied.insert(logs.listed.begin(), logs.listed.begin() + files);
  }
}

bool LayoutWatch::IsPartOfWrite(const Step& count) const {
  const int64_t rows = OutNumber(count, "rows");
  return !written_.empty() && std::ranges::none_of(written_, [rows](const auto& database) {
    return rows == 0 || database.second.contains(rows);
  });
}

/// Whether a copy needs the logs that are left out depends on where it was made among them.
bool LayoutWatch::IsPartOfLogs(const Step& restore) const {
  const bool decided = restore.err >= 0 || restore.err == JET_errRequiredLogFilesMissing;
  const int64_t high = Number(restore, "high");
  return decided && std::ranges::any_of(ranges_, [high](const auto& range) {
           return range.first <= high && high < range.second;
         });
}

bool LayoutWatch::DependsOnLayout(const Step& step) {
  if (step.call == "WriteRows") {
    std::set<int64_t>& sums = written_[step.Text("db", "d1")];
    sums.insert((sums.empty() ? 0 : *sums.rbegin()) + OutNumber(step, "rows"));
  }
  if (step.call == "CountRows" && step.err >= 0) return restored_ && IsPartOfWrite(step);
  if (step.call.starts_with("JetExternalRestore") || step.call.starts_with("JetRestore")) {
    restored_ = restored_ || step.err >= 0;
    return IsPartOfLogs(step);
  }
  Logs& logs = logs_[step.Text("inst", "i1")];
  if (step.call.starts_with("JetTruncateLog")) {
    const bool decided = step.err >= 0 || step.err == JET_errLogFileNotCopied;
    const auto copied = std::ranges::count_if(
        logs.listed, [&](const std::string& name) { return logs.copied.contains(name); });
    return decided && copied > 0 && copied < std::ssize(logs.listed);
  }
  if (step.err >= 0) Follow(step, logs);
  return false;
}

}  // namespace backstop::observed
