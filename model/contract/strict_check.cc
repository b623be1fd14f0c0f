// SPDX-License-Identifier: MIT
#include "model/contract/strict_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace backstop::model::contract {

namespace {

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string NameOf(const WrittenRow& row) { return DescribeCode(row.err).name; }

class Comparison {
 public:
  Comparison(const std::vector<TableText>& tables, const Facts& facts) : facts_(facts) {
    for (const TableText& table : tables) {
      for (const WrittenRow& row : table.rows) {
        if (row.dialect != "ese") rows_.push_back(&row);
      }
    }
  }

  std::vector<std::string> Run() {
    findings_ = facts_.errors;
    for (const Function& function : facts_.functions) {
      for (const Check& check : function.checks) CompareCheck(function, check);
      for (const Way& way : function.ways) CompareOrder(function, way);
      ReportUnused(function);
    }
    CompareRows();
    return std::move(findings_);
  }

 private:
  using Expected = std::pair<std::string, std::string>;  ///< clause and code

  /// The rows of a clause along a way.
  std::vector<const WrittenRow*> RowsOf(const Way& way, const std::string& clause) const {
    std::vector<const WrittenRow*> rows;
    for (const WrittenRow* row : rows_) {
      if (row->clause != clause) continue;
      const bool on_way = std::any_of(way.begin(), way.end(), [&](const std::string& event) {
        return Has(row->events, event);
      });
      if (on_way) rows.push_back(row);
    }
    return rows;
  }

  static bool Applies(const Cover& cover, const Way& way) {
    return cover.only.empty() || std::any_of(way.begin(), way.end(), [&](const std::string& event) {
             return Has(cover.only, event);
           });
  }

  const Cover* CoverOf(const Function& function, const Check& check) const {
    const auto found = function.covers.find(check.order);
    return found == function.covers.end() ? nullptr : &found->second;
  }

  void CompareCheck(const Function& function, const Check& check) {
    const Cover* cover = CoverOf(function, check);
    if (cover == nullptr || cover->clauses.empty()) return;
    std::vector<std::string> codes = cover->codes.empty() ? check.codes : cover->codes;
    std::erase_if(codes, [&](const std::string& code) {
      const bool left_out = function.without.contains(code);
      if (left_out) used_.insert(function.name + code);
      return left_out;
    });
    bool applies = false;
    for (const Way& way : function.ways) {
      if (!Applies(*cover, way)) continue;
      applies = !codes.empty();
      CompareOnWay(function, check, *cover, codes, way);
    }
    if (!applies) Find(function, check, "has no code, or no way that a call can take");
  }

  void CompareOnWay(const Function& function, const Check& check, const Cover& cover,
                    const std::vector<std::string>& codes, const Way& way) {
    std::set<std::string> given;
    for (const std::string& clause : cover.clauses) {
      for (const WrittenRow* row : RowsOf(way, clause)) given.insert(NameOf(*row));
      for (const std::string& event : way) {
        for (const std::string& code : codes) asked_[event].emplace(clause, code);
      }
    }
    for (const std::string& code : codes) {
      if (!given.contains(code)) {
        Find(function, check,
             fmt::format("no row of {} returns {} on the way {}", fmt::join(cover.clauses, ", "),
                         code, way.back()));
      }
    }
  }

  /// The number of the check that a row is, or -1.
  int OrderOf(const Function& function, const WrittenRow& row) const {
    int order = -1;
    for (const Check& check : function.checks) {
      const Cover* cover = CoverOf(function, check);
      if (cover == nullptr || !Has(cover->clauses, row.clause)) continue;
      const auto& codes = cover->codes.empty() ? check.codes : cover->codes;
      if (Has(codes, NameOf(row)) && (order == -1 || check.order < order)) order = check.order;
    }
    return order;
  }

  void CompareOrder(const Function& function, const Way& way) {
    for (const std::string& event : way) {
      std::map<std::string, std::pair<int, std::string>> last;  // by source state
      for (const WrittenRow* row : rows_) {
        if (!Has(row->events, event)) continue;
        const int order = OrderOf(function, *row);
        if (order == -1) continue;
        for (const std::string& source : row->sources) Follow(function, *row, order, &last[source]);
      }
    }
  }

  void Follow(const Function& function, const WrittenRow& row, int order,
              std::pair<int, std::string>* last) {
    if (last->second.empty() || last->first <= order) {
      *last = {order, row.clause};
      return;
    }
    for (const std::string& clause : {row.clause, last->second}) {
      if (!function.inversions.contains(clause)) continue;
      used_.insert(function.name + clause);
      return;
    }
    const std::string text =
        fmt::format("{}: {} (check {}) stands behind {} (check {})", function.name, row.clause,
                    order, last->second, last->first);
    if (!Has(findings_, text)) findings_.push_back(text);
  }

  void ReportUnused(const Function& function) {
    for (const auto* exceptions : {&function.without, &function.inversions}) {
      for (const auto& [name, why] : *exceptions) {
        if (used_.contains(function.name + name)) continue;
        findings_.push_back(
            fmt::format("{}: nothing needs the exception for {}", function.name, name));
      }
    }
  }

  /// From the rows to the checks.
  void CompareRows() {
    std::set<std::string> events;
    for (const Function& function : facts_.functions) {
      for (const Way& way : function.ways) events.insert(way.begin(), way.end());
    }
    std::set<Expected> used;
    for (const WrittenRow* row : rows_) {
      if (row->err == 0) continue;
      for (const std::string& event : row->events) CompareRow(*row, event, events, &used);
    }
    for (const auto& [clause, codes] : facts_.extra) {
      for (const auto& [code, why] : codes) {
        if (used.contains({clause, code})) continue;
        findings_.push_back(fmt::format("nothing needs the exception for {} of {}", code, clause));
      }
    }
  }

  void CompareRow(const WrittenRow& row, const std::string& event,
                  const std::set<std::string>& events, std::set<Expected>* used) {
    if (facts_.other_events.contains(event)) return;
    const std::string code = NameOf(row);
    const auto extra = facts_.extra.find(row.clause);
    if (extra != facts_.extra.end() && extra->second.contains(code)) {
      used->insert({row.clause, code});
    } else if (!events.contains(event)) {
      findings_.push_back(fmt::format("{}: is of no function of the contract", event));
    } else if (!asked_[event].contains({row.clause, code})) {
      findings_.push_back(fmt::format("{}: no check asks for {} of {}", event, code, row.clause));
    }
  }

  void Find(const Function& function, const Check& check, const std::string& what) {
    const std::string text = fmt::format("{}, check {}: {}", function.name, check.order, what);
    if (!Has(findings_, text)) findings_.push_back(text);
  }

  const Facts& facts_;
  std::vector<const WrittenRow*> rows_;
  std::map<std::string, std::set<Expected>> asked_;  ///< by event
  std::set<std::string> used_;                       ///< exceptions that something needed
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> CheckStrict(const std::vector<TableText>& tables, const Facts& facts) {
  return Comparison(tables, facts).Run();
}

}  // namespace backstop::model::contract
