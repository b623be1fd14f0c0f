// SPDX-License-Identifier: MIT
// The tables as text, from the same types that run.
#pragma once

#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "model/machine/conditions.h"
#include "model/machine/events.h"

namespace backstop::model {

/// A row as it is written, before In<> and On<> are expanded.
struct WrittenRow {
  std::vector<std::string> sources;
  std::vector<std::string> events;
  std::string check;
  std::string effect;
  std::string target;  ///< empty when the state stays
  std::string clause;
  std::string internal;    ///< empty unless no public call can reach the row
  std::string waits;       ///< what the call waits for, empty if it returns at once
  std::string dialect;     ///< "strict" or "ese" if only one dialect has the row, else empty
  std::string difference;  ///< what tells the dialects apart: "D-01"; empty for both
  uint32_t faults = 0;     ///< bit f: the row asks for fault number f
  Err err = 0;
  ResultKind kind = ResultKind::kReturns;
};

struct TableText {
  std::string name;
  std::vector<std::string> states;
  std::vector<WrittenRow> rows;
  Glossary glossary;
};

/// Every table, in the order of row numbers.
const std::vector<TableText>& Tables();

/// The name and the meaning of a code; an unknown code has its number as its name.
struct CodeText {
  std::string name;
  std::string meaning;
};
CodeText DescribeCode(Err err);

}  // namespace backstop::model
