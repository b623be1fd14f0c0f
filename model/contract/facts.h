// SPDX-License-Identifier: MIT
// contract.json and coverage.json as values: what the contract says, check by check, and by which
// clauses of the specification each check is covered. See README.md.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace backstop::model::contract {

/// One check of one function, as the contract numbers it.
struct Check {
  int order = 0;
  std::string condition;
  std::vector<std::string> codes;  ///< the JET_ names in its error, in their order
};

/// How a check is covered. Either `clauses` or `excused` is set.
struct Cover {
  std::vector<std::string> clauses;
  std::vector<std::string> codes;  ///< what the clauses return; empty: what the check says
  std::vector<std::string> only;   ///< only ways with one of these events have it; empty: all
  std::string excused;             ///< why no row has it
};

/// A way that a call takes through the tables: its events in their order, the door first.
using Way = std::vector<std::string>;

struct Function {
  std::string name;
  std::vector<Check> checks;
  std::vector<Way> ways;
  std::map<int, Cover> covers;                    ///< by order
  std::map<std::string, std::string> without;     ///< codes of the checks that no row returns: why
  std::map<std::string, std::string> inversions;  ///< clauses that stand out of order: why
};

/// What differs between the documents and the original engine, as the contract tells it.
struct Discrepancy {
  std::string id;
  std::string follow;              ///< what a strict implementer does
  std::vector<std::string> named;  ///< the JET_ names in `follow`
};

struct Facts {
  std::vector<Function> functions;  ///< those in scope
  std::vector<Discrepancy> discrepancies;
  /// Codes of rows that are no check of the contract: why, by clause and code.
  std::map<std::string, std::map<std::string, std::string>> extra;
  std::map<std::string, std::string> other_events;  ///< events of no function: why
  std::vector<std::string> errors;                  ///< where the two files do not fit together
};

/// Reads both files from the directory. A file that cannot be read is one of `errors`.
Facts ReadFacts(const std::string& directory);

/// The JET_ names of errors and warnings in a text, in their order, each once.
std::vector<std::string> CodesIn(const std::string& text);

}  // namespace backstop::model::contract
