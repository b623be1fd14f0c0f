// SPDX-License-Identifier: MIT
// Which rows of the tables `backstop conform` has shown on the engine, in each dialect.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/harness/conformance/suite_run.h"
#include "sim/harness/row_book.h"

namespace backstop::cli {

class ConformRows {
 public:
  /// Of "strict" and "ese".
  explicit ConformRows(const std::vector<std::string>& dialects);

  /// Counts what `run`, whose engine is of this dialect, shows from now on. This object must
  /// outlive it.
  void Count(const std::string& dialect, conformance::SuiteRun* run);
  /// Whether anything was asked to be counted.
  bool any() const { return any_; }
  std::string ToText() const;
  /// By dialect, as RowCoverageJson gives it.
  nlohmann::ordered_json ToJson() const;

 private:
  struct Book {
    explicit Book(const model::Dialect& dialect)
        : lifecycle(dialect), rows(harness::RowBook::OfAllCalls(dialect)) {}
    model::Lifecycle lifecycle;
    harness::RowBook rows;
  };

  std::vector<std::pair<std::string, std::unique_ptr<Book>>> books_;
  bool any_ = false;
};

}  // namespace backstop::cli
