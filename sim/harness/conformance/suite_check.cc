// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/suite_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "model/explore/row_duty.h"
#include "sim/harness/observed/model_replay.h"

namespace backstop::conformance {
namespace {

/// "READ-2" of "READ-2 before READ-4".
std::string_view FirstClause(std::string_view clause) { return clause.substr(0, clause.find(' ')); }

}  // namespace

SuiteCheck::SuiteCheck(model::Lifecycle& strict, model::Lifecycle& ese)
    : lifecycles_({{"strict", &strict}, {"ese", &ese}}) {
  for (const auto& [dialect, lifecycle] : lifecycles_) {
    shown_[dialect].resize(model::Rows().size());
  }
}

void SuiteCheck::Add(const Item& item) {
  ++sequences_;
  steps_ += item.sequence.steps.size();
  for (const auto& [dialect, lifecycle] : lifecycles_) {
    if (item.dialect == dialect || item.dialect == "both") Replay(item, dialect, *lifecycle);
  }
}

void SuiteCheck::Replay(const Item& item, const std::string& dialect, model::Lifecycle& lifecycle) {
  observed::ModelReplay replay(item.sequence, lifecycle, observed::Outputs::kSmallestWorld);
  bool named = false;
  for (size_t i = 0; i < item.sequence.steps.size(); ++i) {
    const observed::ModelVerdict verdict = replay.Check(i);
    if (!verdict.agrees) {
      disagreements_.push_back(
          fmt::format("{} ({}), step {} {}: expected {}, the specification says {} ({})",
                      item.sequence.id, dialect, i, item.sequence.steps[i].call,
                      item.sequence.steps[i].err, verdict.expected, verdict.clause));
      return;
    }
    for (const model::RowId row : replay.rows()) {
      shown_[dialect][row] = true;
      named = named || (i == item.step && model::Rows()[row].clause == FirstClause(item.clause));
    }
  }
  if (named) return;
  disagreements_.push_back(fmt::format("{} ({}): step {} does not show {}", item.sequence.id,
                                       dialect, item.step, item.clause));
}

bool SuiteCheck::Shown(const std::string& dialect, model::RowId row) const {
  const auto found = shown_.find(dialect);
  return found != shown_.end() && row < found->second.size() && found->second[row];
}

std::string Unshown(const SuiteCheck& check) {
  std::string text;
  for (const auto& [dialect, fields] :
       {std::pair{"strict", &model::kStrict}, {"ese", &model::kEse}}) {
    const std::vector<model::RowDuty> duties = model::RowDuties(*fields);
    for (model::RowId row = 0; row < model::Rows().size(); ++row) {
      const model::RowInfo& info = model::Rows()[row];
      const bool wanted =
          duties[row] == model::RowDuty::kMust || duties[row] == model::RowDuty::kInternal;
      if (!wanted || check.Shown(dialect, row)) continue;
      text += fmt::format("{}: {}, {}, {}, {}{}{}\n", dialect, info.clause, info.source, info.event,
                          info.guard, info.internal == nullptr ? "" : "; internal: ",
                          info.internal == nullptr ? "" : info.internal);
    }
  }
  return text;
}

}  // namespace backstop::conformance
