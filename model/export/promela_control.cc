// SPDX-License-Identifier: MIT
#include "model/export/promela_control.h"

#include <algorithm>
#include <map>

namespace backstop::model::promela {

namespace {

constexpr unsigned kAskingSamples = 64;
constexpr uint32_t kTriedNumbers = 16;

/// A fixed sequence of numbers without a pattern.
uint32_t NextNumber(uint32_t* seed) {
  *seed = *seed * 1664525 + 1013904223;
  return *seed >> 16;
}

bool AsksFor(Position position, const Cell& cell, const Function& function) {
  const uint32_t before = function(position);
  for (uint32_t value = 0; value < TriedValues(cell); ++value) {
    cell.Write(&position, value);
    if (function(position) != before) return true;
  }
  return false;
}

/// The numbers below `count` in which the bit is set, or is not.
std::vector<uint32_t> WithBit(uint32_t bit, bool set, size_t count) {
  std::vector<uint32_t> values;
  for (uint32_t value = 0; value < count; ++value) {
    if ((value >> bit & 1) == (set ? 1u : 0u)) values.push_back(value);
  }
  return values;
}

class Tabulation {
 public:
  Tabulation(const Variables& variables, const std::vector<size_t>& asked, const Function& function)
      : variables_(variables), asked_(asked), function_(function) {}

  std::map<uint32_t, Expression> Split(Position position, size_t depth) const {
    if (depth == asked_.size()) return {{function_(position), Truth(Number(1))}};
    const Cell& cell = Cells()[asked_[depth]];
    std::map<uint32_t, std::vector<Expression>> below;  // by result, then by value of the cell
    for (uint32_t value = 0; value < TriedValues(cell); ++value) {
      cell.Write(&position, value);
      for (auto& [result, when] : Split(position, depth + 1)) {
        auto& row = below[result];
        row.resize(TriedValues(cell), Truth(Number(0)));
        row[value] = std::move(when);
      }
    }
    std::map<uint32_t, Expression> merged;
    for (const auto& [result, row] : below) merged.emplace(result, Merge(asked_[depth], row));
    return merged;
  }

 private:
  /// Values of the cell that lead to the same condition are named together.
  Expression Merge(size_t cell, const std::vector<Expression>& row) const {
    std::map<std::string, std::vector<uint32_t>> values;
    for (uint32_t value = 0; value < row.size(); ++value) {
      if (!row[value].IsFalse()) values[row[value].text].push_back(value);
    }
    Expression any = Truth(Number(0));
    for (const auto& [text, same] : values) {
      any = Either(any, Both(Among(cell, same, row.size()), row[same.front()]));
    }
    return any;
  }

  Expression Among(size_t cell, const std::vector<uint32_t>& values, size_t count) const {
    if (values.size() == count) return Truth(Number(1));
    const Expression expression = variables_.ValueOf(cell);
    for (uint32_t bit = 0; expression.names.empty() && count >> bit > 1; ++bit) {
      const Expression set = HasBit(expression, Number(bit));
      if (values == WithBit(bit, true, count)) return set;
      if (values == WithBit(bit, false, count)) return Negation(set);
    }
    if (values.size() * 2 <= count) return OneOf(expression, values);
    std::vector<uint32_t> others;
    for (uint32_t value = 0; value < count; ++value) {
      if (std::find(values.begin(), values.end(), value) == values.end()) others.push_back(value);
    }
    return Negation(OneOf(expression, others));
  }

  const Variables& variables_;
  const std::vector<size_t>& asked_;
  const Function& function_;
};

}  // namespace

std::string Variables::NameOf(size_t cell) const {
  const std::string& name = Cells()[cell].name;
  constexpr std::string_view kFirst = "first_";
  return !both_instances && name.starts_with(kFirst) ? name.substr(kFirst.size()) : name;
}

Expression Variables::ValueOf(size_t number) const {
  const Cell& cell = Cells()[number];
  if (!variable[number]) return Number(cell.Read(first));
  return {.text = NameOf(number), .max = LargestOf(cell), .names = cell.values};
}

uint32_t TriedValues(const Cell& cell) { return std::min(LargestOf(cell), kTriedNumbers - 1) + 1; }

Position Sample(const Variables& variables, uint32_t* seed) {
  Position position = variables.first;
  for (size_t cell = 0; cell < Cells().size(); ++cell) {
    if (!variables.variable[cell]) continue;
    Cells()[cell].Write(&position, NextNumber(seed) % TriedValues(Cells()[cell]));
  }
  return position;
}

std::vector<size_t> AskedCells(const Variables& variables, const Function& function) {
  std::vector<bool> asked(Cells().size(), false);
  uint32_t seed = 1;
  for (unsigned sample = 0; sample < kAskingSamples; ++sample) {
    const Position position = Sample(variables, &seed);
    for (size_t cell = 0; cell < Cells().size(); ++cell) {
      if (!variables.variable[cell] || asked[cell]) continue;
      asked[cell] = AsksFor(position, Cells()[cell], function);
    }
  }
  std::vector<size_t> cells;
  for (size_t cell = 0; cell < asked.size(); ++cell) {
    if (asked[cell]) cells.push_back(cell);
  }
  return cells;
}

std::vector<Branch> Branches(const Variables& variables, const std::vector<size_t>& asked,
                             const Function& function) {
  std::vector<Branch> branches;
  for (auto& [value, when] : Tabulation(variables, asked, function).Split(variables.first, 0)) {
    branches.push_back({.value = value, .when = std::move(when)});
  }
  return branches;
}

}  // namespace backstop::model::promela
