// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/second_opinion.h"

#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/harness/observed/text_lines.h"

namespace backstop::recorded {
namespace {

/// More text than the verdicts of a million histories take is something else.
constexpr size_t kMostText = size_t{64} << 20;

bool IsNamedAsOneObject(std::string_view path) {
  if (path.ends_with(".zst")) path.remove_suffix(4);
  return path.ends_with(".json");
}

}  // namespace

bool SecondOpinion::Read(const std::string& path) {
  if (!IsNamedAsOneObject(path)) return false;
  std::string text;
  std::string error;
  const auto add = [&](const std::string& line, std::string*) {
    text += line;
    return text.size() <= kMostText;
  };
  if (!observed::ForEachLine(path, add, &error)) return false;
  try {
    said_ = nlohmann::json::parse(text).get<std::map<std::string, std::string>>();
  } catch (const std::exception&) {
    return false;
  }
  return true;
}

std::string_view SecondOpinion::Of(const std::string& id) const {
  const auto found = said_.find(id);
  return found == said_.end() ? std::string_view() : std::string_view(found->second);
}

Agreement SecondOpinion::Compare(const std::string& id, HistoryVerdict verdict) {
  const std::string_view said = Of(id);
  if (said.empty()) return Agreement::kUntold;
  // It judges no read of a free slot. That acts as an empty file (READ-16), if it is not stale.
  if (said == "not judged") {
    ++left_open_;
    return Agreement::kLeftOpen;
  }
  // "explained only if calls overlapping JetTerm2 may return -1000" is explained: a termination is
  // two events.
  const HistoryVerdict theirs = said.starts_with("explained") ? HistoryVerdict::kExplained
                                : said == "crashed"           ? HistoryVerdict::kCrashed
                                                              : HistoryVerdict::kNotExplained;
  ++(theirs == verdict ? agreed_ : disagreed_);
  return theirs == verdict ? Agreement::kAgrees : Agreement::kDisagrees;
}

}  // namespace backstop::recorded
