// SPDX-License-Identifier: MIT
#include "model/export/promela_scope.h"

#include <fmt/format.h>

#include <cstring>

namespace backstop::model::promela {

namespace {

/// What the cell holds after the number was put into it.
Expression Stored(const Cell& cell, const Expression& value) {
  if (cell.type == CellType::kTruth) return Truth(value);
  if (!value.known) return value;
  Expression stored = Number(cell.type == CellType::kByte ? *value.known & 0xff : *value.known);
  if (*stored.known < cell.values.size()) stored.text = cell.values[*stored.known];
  return stored;
}

}  // namespace

Expression Scope::ReadAt(const void* member, uint32_t blank) const {
  const size_t cell = CellAt(variables_->first, member);
  return cell == kNoCell ? Number(blank) : variables_->ValueOf(cell);
}

void Scope::WriteAt(const void* member, const Expression& value) {
  const size_t cell = CellAt(variables_->first, member);
  if (cell != kNoCell && (*keeps_)[cell]) WriteCell(cell, value);
}

void Scope::WriteCell(size_t number, const Expression& value) {
  const Expression stored = Stored(Cells()[number], value);
  if (!variables_->variable[number]) {
    if (stored.known == Cells()[number].Read(variables_->first)) return;
    variables_->variable[number] = true;
  }
  body_->written.insert(number);
  body_->lines.push_back(fmt::format("{} = {};", variables_->NameOf(number), stored.text));
}

void Scope::CopyAt(const void* part, const void* other, size_t size) {
  for (size_t offset = 0; offset < size; ++offset) {
    const size_t number = CellAt(variables_->first, static_cast<const char*>(part) + offset);
    if (number == kNoCell || !(*keeps_)[number]) continue;
    uint32_t value = 0;
    std::memcpy(&value, static_cast<const char*>(other) + offset, Cells()[number].size);
    WriteCell(number, Number(value));
  }
}

void Scope::If(const Expression& condition, const std::function<void()>& statements) {
  if (condition.IsFalse()) return;
  if (condition.IsTrue()) return statements();
  std::vector<std::string> before;
  std::swap(before, body_->lines);
  statements();
  std::swap(before, body_->lines);
  if (before.empty()) return;
  body_->lines.push_back("if");
  body_->lines.push_back(fmt::format(":: {} ->", condition.text));
  for (const std::string& line : before) body_->lines.push_back("   " + line);
  body_->lines.push_back(":: else");
  body_->lines.push_back("fi;");
}

Scope Scope::Addressing(unsigned slot) const {
  Scope other = *this;
  other.context_.slot = slot;
  other.context_.instance = &variables_->first.state.instances[slot];
  return other;
}

}  // namespace backstop::model::promela
