// SPDX-License-Identifier: MIT
// An explanation as text: what matters, and two runs side by side.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sim/harness/trace_explain.h"
#include "sim/harness/trace_variations.h"

namespace backstop::harness {
namespace {

using Weight = ExplainedPart::Weight;

/// Longer runs are compared up to here.
constexpr size_t kMostLines = 600;

/// The lengths of the longest common subsequences of all ends of `a` and `b`.
std::vector<std::vector<uint16_t>> Common(const std::vector<std::string>& a,
                                          const std::vector<std::string>& b) {
  std::vector<std::vector<uint16_t>> common(a.size() + 1, std::vector<uint16_t>(b.size() + 1));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i][j] = a[i] == b[j] ? static_cast<uint16_t>(common[i + 1][j + 1] + 1)
                                  : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

std::vector<std::string> FirstLines(const Timeline& timeline) {
  std::vector<std::string> lines = PlainLines(timeline);
  if (lines.size() > kMostLines) lines.resize(kMostLines);
  return lines;
}

/// Lines that are on one side only stand beside each other as far as they go.
void Flush(std::vector<std::string>* left, std::vector<std::string>* right,
           std::vector<Beside>* rows) {
  for (size_t at = 0; at < std::max(left->size(), right->size()); ++at) {
    rows->push_back(
        {at < left->size() ? (*left)[at] : "", at < right->size() ? (*right)[at] : "", false});
  }
  left->clear();
  right->clear();
}

std::string Fit(const std::string& text, unsigned width) {
  if (text.size() <= width) return text + std::string(width - text.size(), ' ');
  return text.substr(0, width - 2) + "..";
}

/// "with pages=1, pages=8", "without it, or 1 point later".
std::string Among(const std::vector<std::string>& values) {
  const bool without = values.front().starts_with(kWithoutIt);
  if (without && values.size() == 1) return values.front();
  const auto rest = std::vector(values.begin() + (without ? 1 : 0), values.end());
  const bool place = rest.front().find(" point") != std::string::npos;
  return fmt::format("{}{}{}", without ? values.front() + ", or " : "", place ? "" : "with ",
                     fmt::join(rest, ", "));
}

std::string Told(const ExplainedPart& part) {
  if (part.goes.empty()) return "the same " + Among(part.stays);
  const std::string gone = "not " + Among(part.goes);
  return part.stays.empty() ? gone : fmt::format("{}; the same {}", gone, Among(part.stays));
}

std::string Parts(const Explanation& explanation, ExplainedPart::Weight weight) {
  std::string text;
  std::string place;
  for (const ExplainedPart& part : explanation.parts) {
    if (part.weight() != weight) continue;
    if (part.place != place) text += fmt::format("  {}\n", part.place);
    place = part.place;
    text += fmt::format("    {}: {}\n", part.what, Told(part));
  }
  return text.empty() ? "  nothing\n" : text;
}

}  // namespace

ExplainedPart::Weight ExplainedPart::weight() const {
  if (goes.empty()) return Weight::kNone;
  return stays.empty() || goes.front().starts_with(kWithoutIt) ? Weight::kMatters : Weight::kInPart;
}

std::vector<Beside> SideBySide(const Timeline& failing, const Timeline& passing) {
  const std::vector<std::string> a = FirstLines(failing);
  const std::vector<std::string> b = FirstLines(passing);
  const auto common = Common(a, b);
  std::vector<Beside> rows;
  std::vector<std::string> left;
  std::vector<std::string> right;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      Flush(&left, &right, &rows);
      rows.push_back({a[i++], b[j++], true});
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      left.push_back(a[i++]);
    } else {
      right.push_back(b[j++]);
    }
  }
  Flush(&left, &right, &rows);
  return rows;
}

std::string RenderExplanation(const Explanation& explanation, unsigned width) {
  std::string text = fmt::format(
      "What matters ({} runs with one thing changed in each; \"the same\" fails in the same "
      "way):\n{}",
      explanation.runs, Parts(explanation, Weight::kMatters));
  text += "\nWhat matters in part:\n" + Parts(explanation, Weight::kInPart);
  text += "\nWhat does not matter:\n" + Parts(explanation, Weight::kNone);
  if (!explanation.complete) text += "\nThere was more to vary: the trace is long.\n";
  if (!explanation.passing) {
    return text + "\nNo schedule with one decision changed passes.\n";
  }
  text += fmt::format("\nThe nearest schedule that passes: {}.\n  {} | passes\n",
                      explanation.passing->change, Fit("fails", width));
  for (const Beside& row : SideBySide(explanation.failing, explanation.passing->timeline)) {
    text += fmt::format("{} {} | {}\n", row.same ? ' ' : '!', Fit(row.fails, width), row.passes);
  }
  return text;
}

}  // namespace backstop::harness
