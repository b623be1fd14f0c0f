// SPDX-License-Identifier: MIT
#include "model/export/promela_merge.h"

#include <fmt/format.h>

#include <cstring>
#include <map>
#include <numeric>

namespace backstop::model::promela {

namespace {

constexpr unsigned kMergingSamples = 64;

Variables Everything() {
  return {.first = {}, .variable = std::vector<bool>(Cells().size(), true)};
}

}  // namespace

Merging::Merging(const Scene& scene, const Dialect& dialect)
    : scene_(scene),
      dialect_(dialect),
      keeps_(Cells().size(), false),
      asked_(Cells().size(), std::vector<bool>(Cells().size(), false)) {
  FindAsked();
  for (size_t cell = 0; cell < Cells().size(); ++cell) {
    for (const bool asked : asked_[cell]) keeps_[cell] = keeps_[cell] || asked;
  }
}

void Merging::FindAsked() {
  const Variables all = Everything();
  uint32_t seed = 1;
  for (unsigned sample = 0; sample < kMergingSamples; ++sample) {
    const Position before = Sample(all, &seed);
    Position merged = before;
    Merge(scene_.keeps, dialect_, &merged.state);
    for (size_t in = 0; in < Cells().size(); ++in) {
      for (uint32_t value = 0; value < TriedValues(Cells()[in]); ++value) {
        Position other = before;
        Cells()[in].Write(&other, value);
        Merge(scene_.keeps, dialect_, &other.state);
        if (std::memcmp(&other, &merged, sizeof other) == 0) continue;
        for (size_t out = 0; out < Cells().size(); ++out) {
          if (Cells()[out].Read(other) != Cells()[out].Read(merged)) asked_[out][in] = true;
        }
      }
    }
  }
}

uint32_t Merging::After(Position position, size_t cell) const {
  Merge(scene_.keeps, dialect_, &position.state);
  return Cells()[cell].Read(position);
}

std::vector<uint32_t> Merging::Mapping(Position position, size_t cell) const {
  std::vector<uint32_t> after;
  for (uint32_t value = 0; value < TriedValues(Cells()[cell]); ++value) {
    Cells()[cell].Write(&position, value);
    after.push_back(After(position, cell));
  }
  return after;
}

bool Merging::IsIdentity(const Variables& variables, size_t cell) const {
  if (!variables.variable[cell]) return true;
  if (known_for_ != variables.variable) {
    known_for_ = variables.variable;
    identities_.assign(Cells().size(), std::nullopt);
  }
  if (!identities_[cell]) identities_[cell] = TryIdentity(variables, cell);
  return *identities_[cell];
}

bool Merging::TryIdentity(const Variables& variables, size_t cell) const {
  uint32_t seed = 1;
  for (unsigned sample = 0; sample < kMergingSamples; ++sample) {
    const std::vector<uint32_t> after = Mapping(Sample(variables, &seed), cell);
    for (uint32_t value = 0; value < after.size(); ++value) {
      if (after[value] != value) return false;
    }
  }
  return true;
}

bool Merging::MayAskFor(const Variables& variables, size_t cell) const {
  for (size_t out = 0; out < Cells().size(); ++out) {
    if (asked_[out][cell] && !IsIdentity(variables, out)) return true;
  }
  return false;
}

namespace {

/// "if the cell is one of the values that change, it becomes what the mapping says".
void AddMapping(const Variables& variables, size_t cell, const Expression& when,
                const std::vector<uint32_t>& after, std::vector<std::string>* lines) {
  std::map<uint32_t, std::vector<uint32_t>> from;
  for (uint32_t value = 0; value < after.size(); ++value) {
    if (after[value] != value) from[after[value]].push_back(value);
  }
  const Expression name = variables.ValueOf(cell);
  for (const auto& [result, values] : from) {
    const bool others = values.size() + 1 == after.size();
    const Expression moved = others ? Negation(Equal(name, Number(result))) : OneOf(name, values);
    lines->push_back(
        fmt::format("if :: {} -> {} = {} :: else fi;", Both(when, moved).text, name.text, result));
  }
}

}  // namespace

std::vector<std::string> Merging::Statements(const Variables& variables) const {
  std::vector<std::string> lines;
  for (size_t cell = 0; cell < Cells().size(); ++cell) {
    if (IsIdentity(variables, cell)) continue;
    std::vector<size_t> others;
    for (size_t in = 0; in < Cells().size(); ++in) {
      if (in != cell && variables.variable[in] && asked_[cell][in]) others.push_back(in);
    }
    std::vector<std::vector<uint32_t>> mappings;
    const Function which = [&](const Position& position) {
      const std::vector<uint32_t> after = Mapping(position, cell);
      const auto found = std::find(mappings.begin(), mappings.end(), after);
      if (found != mappings.end()) return static_cast<uint32_t>(found - mappings.begin());
      mappings.push_back(after);
      return static_cast<uint32_t>(mappings.size() - 1);
    };
    for (const Branch& branch : Branches(variables, others, which)) {
      AddMapping(variables, cell, branch.when, mappings[branch.value], &lines);
    }
  }
  return lines;
}

}  // namespace backstop::model::promela
