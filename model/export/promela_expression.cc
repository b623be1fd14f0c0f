// SPDX-License-Identifier: MIT
#include "model/export/promela_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace backstop::model::promela {

namespace {

constexpr uint32_t kLargestSigned = 0x7fffffff;

/// All bits up to the highest one of the number.
uint32_t Filled(uint32_t value) { return value == 0 ? 0 : ~uint32_t{0} >> std::countl_zero(value); }

std::string Inside(const Expression& a) { return a.atom ? a.text : "(" + a.text + ")"; }

Expression Binary(const Expression& a, const char* sign, const Expression& b, uint32_t max) {
  return {.text = fmt::format("{} {} {}", Inside(a), sign, Inside(b)), .max = max, .atom = false};
}

/// A constant as it is written beside the other operand: by its name, if that is of an enumeration.
Expression Beside(const Expression& constant, const Expression& other) {
  if (!constant.known || *constant.known >= other.names.size()) return constant;
  Expression named = constant;
  named.text = other.names[*constant.known];
  named.atom = true;
  return named;
}

Expression TruthOf(bool value) {
  return {.text = value ? "true" : "false", .known = value ? 1u : 0u, .max = 1};
}

}  // namespace

Expression Number(uint32_t value) {
  // Numbers beyond the signed ones are what they are in two's complement.
  const bool negative = value > kLargestSigned;
  return {.text = fmt::format("{}", static_cast<int32_t>(value)),
          .known = value,
          .max = value,
          .atom = !negative};
}

Expression Bits(uint32_t value) {
  if (value < 10 || value > kLargestSigned) return Number(value);
  return {.text = fmt::format("0x{:x}", value), .known = value, .max = value};
}

Expression Truth(const Expression& a) {
  if (a.known) return TruthOf(*a.known != 0);
  if (a.max <= 1) return a;
  return Binary(a, "!=", Number(0), 1);
}

Expression Negation(const Expression& a) {
  if (a.known) return TruthOf(*a.known == 0);
  if (a.max > 1) return Binary(a, "==", Number(0), 1);
  if (a.text.starts_with("!") && a.atom) return {.text = a.text.substr(1), .max = 1};
  return {.text = "!" + Inside(a), .max = 1};
}

Expression Both(const Expression& a, const Expression& b) {
  if (a.IsFalse() || b.IsTrue()) return Truth(a);
  if (b.IsFalse() || a.IsTrue()) return Truth(b);
  return Binary(Truth(a), "&&", Truth(b), 1);
}

Expression Either(const Expression& a, const Expression& b) {
  if (a.IsTrue() || b.IsFalse()) return Truth(a);
  if (b.IsTrue() || a.IsFalse()) return Truth(b);
  return Binary(Truth(a), "||", Truth(b), 1);
}

Expression Equal(const Expression& a, const Expression& b) {
  if (a.known && b.known) return TruthOf(*a.known == *b.known);
  if (a.known) return Equal(b, a);
  if (b.known && *b.known > a.max) return TruthOf(false);
  if (b.known && a.max <= 1) return *b.known != 0 ? Truth(a) : Negation(a);
  return Binary(a, "==", Beside(b, a), 1);
}

Expression Below(const Expression& a, const Expression& b) {
  if (a.known && b.known) return TruthOf(*a.known < *b.known);
  if (b.known == 0u) return TruthOf(false);
  if (b.known && a.max < *b.known) return TruthOf(true);
  if (a.max <= kLargestSigned && b.max <= kLargestSigned) return Binary(a, "<", b, 1);
  return {.text = fmt::format("BELOW({}, {})", a.text, b.text), .max = 1};
}

Expression OneOf(const Expression& a, const std::vector<uint32_t>& values) {
  Expression any = TruthOf(false);
  for (const uint32_t value : values) any = Either(any, Equal(a, Number(value)));
  return any;
}

Expression Sum(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Number(*a.known + *b.known);
  if (b.known == 0u) return a;
  const uint64_t max = uint64_t{a.max} + b.max;
  return Binary(a, "+", b, static_cast<uint32_t>(std::min<uint64_t>(max, ~uint32_t{0})));
}

Expression Difference(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Number(*a.known - *b.known);
  if (b.known == 0u) return a;
  return Binary(a, "-", b, ~uint32_t{0});
}

Expression Product(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Number(*a.known * *b.known);
  return Binary(a, "*", b, ~uint32_t{0});
}

Expression Half(const Expression& a) {
  if (a.known) return Number(*a.known / 2);
  return Binary(a, "/", Number(2), kLargestSigned);
}

Expression And(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Bits(*a.known & *b.known);
  if (a.known) return And(b, a);
  if (b.known && (*b.known & Filled(a.max)) == 0) return Number(0);
  return Binary(a, "&", b.known ? Bits(*b.known) : b, std::min(Filled(a.max), Filled(b.max)));
}

Expression Or(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Bits(*a.known | *b.known);
  if (a.known) return Or(b, a);
  if (b.known == 0u) return a;
  return Binary(a, "|", b.known ? Bits(*b.known) : b, Filled(a.max) | Filled(b.max));
}

Expression Without(const Expression& a, const Expression& b) {
  if (a.known && b.known) return Bits(*a.known & ~*b.known);
  if (b.known && (*b.known & Filled(a.max)) == 0) return a;
  if (a.known && (*a.known & Filled(b.max)) == 0) return a;
  const Expression bits = b.known ? Bits(*b.known) : b;
  return Binary(a, "&", {.text = "~" + Inside(bits)}, Filled(a.max));
}

Expression BitAt(const Expression& index) {
  if (index.known) return Bits(uint32_t{1} << (*index.known & 31));
  return Binary(Number(1), "<<", index, ~uint32_t{0});
}

Expression HasBit(const Expression& mask, const Expression& index) {
  if (index.known && *index.known >= 32) return TruthOf(false);
  if (index.known) return Truth(And(mask, BitAt(index)));
  const Expression shifted = Binary(mask, ">>", index, ~uint32_t{0});
  return Both(Below(index, Number(32)), Binary(shifted, "&", Number(1), 1));
}

Expression Choice(const Expression& condition, const Expression& yes, const Expression& no) {
  if (condition.known) return condition.IsTrue() ? yes : no;
  if (yes.known && yes.known == no.known) return yes;
  return {.text = fmt::format("({} -> {} : {})", condition.text, yes.text, no.text),
          .max = std::max(yes.max, no.max)};
}

}  // namespace backstop::model::promela
