// SPDX-License-Identifier: MIT
#include "model/export/differences.h"

#include <algorithm>
#include <utility>

#include "model/dialect.h"

namespace backstop::model {

namespace {

DifferenceText TextOf(const Finding& finding) {
  return {.id = finding.id,
          .topic = finding.topic,
          .documented = finding.documented,
          .page = finding.page,
          .original = finding.original,
          .cite = finding.cite,
          .strict = finding.strict,
          .ese = finding.original};
}

std::string_view FollowName(Follow follow) {
  constexpr std::string_view kNames[] = {"source", "document", "safety"};
  return kNames[static_cast<size_t>(follow)];
}

constexpr std::string_view kSame = "the same";

void Decide(const Difference& difference, std::vector<DifferenceText>* texts) {
  auto text = std::ranges::find(*texts, difference.id, &DifferenceText::id);
  if (text == texts->end()) {
    text = texts->insert(text, {.id = difference.id, .cite = "recorded"});
  }
  text->topic = difference.topic;
  text->follow = FollowName(difference.strict);
  text->strict = difference.strict_text;
  text->differs = difference.ese_text != kSame && !difference.ese_text.starts_with("the same:");
  text->ese = text->differs ? difference.ese_text : difference.strict_text;
}

std::vector<DifferenceText> MakeTexts() {
  std::vector<DifferenceText> texts;
  for (const Finding& finding : Findings()) texts.push_back(TextOf(finding));
  for (const Difference& difference : Differences()) Decide(difference, &texts);
  std::ranges::sort(texts, {}, [](const DifferenceText& text) {
    return std::pair(std::string_view("DCH").find(text.id.front()), text.id);
  });
  return texts;
}

}  // namespace

const std::vector<DifferenceText>& DifferenceTexts() {
  static const std::vector<DifferenceText> texts = MakeTexts();
  return texts;
}

const DifferenceText* FindDifference(std::string_view id) {
  const auto& texts = DifferenceTexts();
  const auto found = std::ranges::find(texts, id, &DifferenceText::id);
  return found == texts.end() ? nullptr : &*found;
}

std::vector<std::string_view> ClausesOf(const Reference& reference, std::string_view id) {
  std::vector<std::string_view> clauses;
  for (const Section& section : reference.sections) {
    for (const Clause& clause : section.clauses) {
      const bool by_row = std::ranges::any_of(section.table.rows, [&](const WrittenRow& row) {
        return row.clause == clause.id && row.difference == id;
      });
      const auto decided = DecidedBy(clause);
      if (by_row || std::ranges::find(decided, id) != decided.end()) clauses.push_back(clause.id);
    }
  }
  return clauses;
}

bool Decides(const WrittenRow& row, std::string_view id) {
  if (row.difference == id) return true;
  const Clause* clause = FindClause(row.clause);
  if (clause == nullptr) return false;
  const auto decided = DecidedBy(*clause);
  return std::ranges::find(decided, id) != decided.end();
}

}  // namespace backstop::model
