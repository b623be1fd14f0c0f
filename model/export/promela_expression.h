// SPDX-License-Identifier: MIT
// Promela expressions over the 32-bit numbers of the specification. What is known when the text is
// made is computed then, so that a row without a say in a scene leaves nothing behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace backstop::model::promela {

struct Expression {
  std::string text;
  std::optional<uint32_t> known;        ///< its value, if it is always the same
  uint32_t max = ~uint32_t{0};          ///< no value is above this
  bool atom = true;                     ///< needs no parentheses
  std::vector<std::string> names = {};  ///< of its values, if it is of an enumeration

  bool IsTrue() const { return known.has_value() && *known != 0; }
  bool IsFalse() const { return known == 0u; }
};

/// A constant; `Bits` writes it in hexadecimal.
Expression Number(uint32_t value);
Expression Bits(uint32_t value);

// Truth values.
Expression Negation(const Expression& a);
Expression Both(const Expression& a, const Expression& b);
Expression Either(const Expression& a, const Expression& b);
Expression Truth(const Expression& a);

/// Numbers are compared as unsigned ones, which Promela does not know: BELOW is a macro of the
/// model.
Expression Equal(const Expression& a, const Expression& b);
Expression Below(const Expression& a, const Expression& b);
/// Whether the value is one of these.
Expression OneOf(const Expression& a, const std::vector<uint32_t>& values);

Expression Sum(const Expression& a, const Expression& b);
Expression Difference(const Expression& a, const Expression& b);
Expression Product(const Expression& a, const Expression& b);
Expression Half(const Expression& a);
Expression And(const Expression& a, const Expression& b);
Expression Or(const Expression& a, const Expression& b);
/// The bits of `a` that are not in `b`.
Expression Without(const Expression& a, const Expression& b);
/// The mask with bit number `index` alone; `index` is below 32.
Expression BitAt(const Expression& index);
/// Whether bit number `index` of the mask is set; no bit is beyond 31.
Expression HasBit(const Expression& mask, const Expression& index);
Expression Choice(const Expression& condition, const Expression& yes, const Expression& no);

}  // namespace backstop::model::promela
