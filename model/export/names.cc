// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "model/export/calls.h"
#include "model/export/differences.h"
#include "model/export/lookup.h"

namespace backstop::model {

namespace {

void AddOnce(std::string name, std::vector<std::string>* names) {
  if (!name.empty() && std::ranges::find(*names, name) == names->end()) {
    names->push_back(std::move(name));
  }
}

}  // namespace

std::vector<std::string> CallNames(const Reference& reference) {
  std::vector<std::string> names;
  for (const CallEntry& call : CallsOf(reference)) {
    AddOnce(call.name, &names);
    AddOnce(call.legacy, &names);
  }
  return names;
}

std::vector<std::string> CodeNames(const Reference& reference) {
  std::vector<std::string> names;
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      if (row.kind == ResultKind::kReturns) AddOnce(DescribeCode(row.err).name, &names);
    }
  }
  return names;
}

std::vector<std::string> StateNames(const Reference& reference) {
  std::vector<std::string> names;
  for (const Section& section : reference.sections) {
    for (const std::string& state : section.table.states) AddOnce(state, &names);
  }
  return names;
}

std::vector<std::string> ConditionNames(const Reference& reference) {
  std::vector<std::string> names;
  for (const Section& section : reference.sections) {
    for (const auto& [name, definition] : section.table.glossary) AddOnce(name, &names);
  }
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> ClauseNames(const Reference& reference) {
  std::vector<std::string> names;
  for (const Section& section : reference.sections) {
    for (const Clause& clause : section.clauses) AddOnce(std::string(clause.id), &names);
  }
  return names;
}

std::vector<std::string> DifferenceNames() {
  std::vector<std::string> names;
  for (const DifferenceText& text : DifferenceTexts()) AddOnce(std::string(text.id), &names);
  return names;
}

}  // namespace backstop::model
