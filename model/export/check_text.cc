// SPDX-License-Identifier: MIT
#include "model/export/check_text.h"

#include <algorithm>

#include "model/machine/conditions.h"

namespace backstop::model {

namespace {

using Kind = Check::Kind;

/// all := operand { " and " operand }
/// operand := "not (" all ")" | "(" all " or " all { " or " all } ")" | atom
class Parser {
 public:
  Parser(std::string_view words, const Glossary& glossary) : rest_(words), glossary_(glossary) {}

  Check Parse() { return All(false); }
  bool AtEnd() const { return rest_.empty(); }

 private:
  bool Take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  Check All(bool in_any) {
    std::vector<Check> parts;
    do {
      parts.push_back(Operand(in_any));
    } while (Take(" and "));
    if (parts.size() == 1) return std::move(parts.front());
    return {.kind = Kind::kAll, .parts = std::move(parts)};
  }

  Check Any() {
    Check any{.kind = Kind::kAny};
    do {
      any.parts.push_back(All(true));
    } while (Take(" or "));
    Take(")");
    return any.parts.size() == 1 ? std::move(any.parts.front()) : any;
  }

  Check Operand(bool in_any) {
    if (const size_t name = NameLength(); name != 0) return Atom(name);
    if (Take("not (")) return {.kind = Kind::kNot, .parts = {Any()}};
    if (Take("(")) return Any();
    return Atom(AtomLength(in_any));
  }

  Check Atom(size_t length) {
    Check atom{.kind = Kind::kAtom, .text = std::string(rest_.substr(0, length))};
    rest_.remove_prefix(length);
    return atom;
  }

  static bool EndsOperand(std::string_view after) {
    return after.empty() || after.starts_with(" and ") || after.starts_with(" or ") ||
           after.starts_with(')');
  }

  /// The length of the longest name that stands here, 0 if none does.
  size_t NameLength() const {
    size_t longest = 0;
    for (const auto& [name, definition] : glossary_) {
      if (rest_.starts_with(name) && EndsOperand(rest_.substr(name.size()))) {
        longest = std::max(longest, name.size());
      }
    }
    return longest;
  }

  size_t AtomLength(bool in_any) const {
    int depth = 0;
    for (size_t at = 0; at < rest_.size(); ++at) {
      const std::string_view here = rest_.substr(at);
      if (depth == 0 && (here.starts_with(" and ") || (in_any && here.starts_with(" or ")))) {
        return at;
      }
      if (here.starts_with('(')) ++depth;
      if (here.starts_with(')') && depth-- == 0) return at;
    }
    return rest_.size();
  }

  std::string_view rest_;
  const Glossary& glossary_;
};

std::string Joined(const std::vector<Check>& parts, std::string_view word) {
  std::string text;
  for (const Check& part : parts) {
    if (!text.empty()) text += word;
    text += WordsOf(part);
  }
  return text;
}

Check Negated(Check check) {
  if (check.kind == Kind::kAlways) return {.kind = Kind::kNever};
  if (check.kind == Kind::kNever) return {};
  return {.kind = Kind::kNot, .parts = {std::move(check)}};
}

/// Joins what is left of the parts. `neutral` parts say nothing, a `decisive` one says it all.
Check Merged(Kind kind, std::vector<Check> parts, Kind neutral, Kind decisive) {
  std::erase_if(parts, [&](const Check& part) { return part.kind == neutral; });
  for (const Check& part : parts) {
    if (part.kind == decisive) return {.kind = decisive};
  }
  if (parts.empty()) return {.kind = neutral};
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = kind, .parts = std::move(parts)};
}

}  // namespace

Check ParseCheck(std::string_view words, const Glossary& glossary) {
  if (words.empty() || words == Otherwise::Words()) return {};
  Parser parser(words, glossary);
  Check check = parser.Parse();
  if (parser.AtEnd()) return check;
  return {.kind = Kind::kAtom, .text = std::string(words)};
}

std::string WordsOf(const Check& check) {
  switch (check.kind) {
    case Kind::kAlways:
      return {};
    case Kind::kNever:
      return "never";
    case Kind::kAtom:
      return check.text;
    case Kind::kNot:
      return "not (" + WordsOf(check.parts.front()) + ")";
    case Kind::kAll:
      return Joined(check.parts, " and ");
    case Kind::kAny:
      return "(" + Joined(check.parts, " or ") + ")";
  }
  return {};
}

Check Assuming(const Check& check, std::string_view name) {
  if (check.kind == Kind::kAtom) return check.text == name ? Check{} : check;
  std::vector<Check> parts;
  for (const Check& part : check.parts) parts.push_back(Assuming(part, name));
  switch (check.kind) {
    case Kind::kNot:
      return Negated(std::move(parts.front()));
    case Kind::kAll:
      return Merged(Kind::kAll, std::move(parts), Kind::kAlways, Kind::kNever);
    case Kind::kAny:
      return Merged(Kind::kAny, std::move(parts), Kind::kNever, Kind::kAlways);
    default:
      return check;
  }
}

bool Mentions(const Check& check, std::string_view name) {
  if (check.kind == Kind::kAtom) return check.text == name;
  return std::ranges::any_of(check.parts, [&](const Check& part) { return Mentions(part, name); });
}

}  // namespace backstop::model
