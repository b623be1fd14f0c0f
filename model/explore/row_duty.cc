// SPDX-License-Identifier: MIT
#include "model/explore/row_duty.h"

#include <set>
#include <string_view>

namespace backstop::model {

namespace {

using State = std::pair<std::string_view, std::string_view>;  ///< table, state

bool IsAlways(const RowInfo& row) { return row.guard == std::string_view("otherwise"); }

/// States that are the target of a row, of any dialect or of `dialect` alone.
std::set<std::string_view> Targets(std::string_view dialect) {
  std::set<std::string_view> targets;
  for (const RowInfo& row : Rows()) {
    const std::string_view only = row.dialect;
    if (dialect.empty() || only.empty() || only == dialect) targets.insert(row.target);
  }
  return targets;
}

class Judge {
 public:
  explicit Judge(std::string_view dialect) : dialect_(dialect), entered_(Targets(dialect)) {}

  /// The rows must be given in their order.
  RowDuty operator()(const RowInfo& row) {
    const std::string_view only = row.dialect;
    if (!only.empty() && only != dialect_) return RowDuty::kForeign;
    if (row.internal != nullptr) return RowDuty::kInternal;
    if (IsNeverEntered(row.source)) return RowDuty::kNoState;
    const std::pair<State, std::string_view> event{{row.table, row.source}, row.event};
    if (closed_.contains(event)) return RowDuty::kHidden;
    if (!only.empty() && IsAlways(row)) closed_.insert(event);
    return RowDuty::kMust;
  }

 private:
  /// First states, and those that effects set, are the target of no row.
  bool IsNeverEntered(std::string_view state) const {
    return any_.contains(state) && !entered_.contains(state);
  }

  std::string_view dialect_;
  std::set<std::string_view> any_ = Targets("");
  std::set<std::string_view> entered_;
  std::set<std::pair<State, std::string_view>> closed_;
};

}  // namespace

std::vector<RowDuty> RowDuties(const Dialect& dialect) {
  const bool ese = dialect.end_after_stop == Follow::kSource;
  Judge judge(ese ? "ese" : "strict");
  std::vector<RowDuty> duties;
  for (const RowInfo& row : Rows()) duties.push_back(judge(row));
  return duties;
}

}  // namespace backstop::model
