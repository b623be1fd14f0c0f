// SPDX-License-Identifier: MIT
#include "model/export/promela_step.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/addressing.h"
#include "model/machine/table_text.h"

namespace backstop::model::promela {

namespace {

constexpr uint32_t kCannotHappen = ~uint32_t{0};

/// A row that may be taken, and what it does.
struct Link {
  Expression when;
  std::vector<std::string> lines;
};

void Indent(std::vector<std::string>* lines) {
  for (std::string& line : *lines) line = "   " + line;
}

std::vector<std::string> Chain(const std::vector<Link>& links) {
  if (links.size() == 1 && links.front().when.IsTrue()) return links.front().lines;
  std::vector<std::string> lines;
  std::string ends;
  for (const Link& link : links) {
    lines.emplace_back(lines.empty() ? "if" : ":: else -> if");
    ends += ends.empty() ? "fi" : " fi";
    if (link.when.IsTrue()) {
      lines.back() = ":: else ->";
      ends.resize(ends.size() - 3);
    } else {
      lines.push_back(fmt::format(":: {} ->", link.when.text));
    }
    std::vector<std::string> inner = link.lines;
    Indent(&inner);
    lines.insert(lines.end(), inner.begin(), inner.end());
  }
  if (links.empty() || !links.back().when.IsTrue()) {
    lines.emplace_back(links.empty() ? "assert(false);" : ":: else -> assert(false);");
  }
  if (!ends.empty()) lines.push_back(ends + ";");
  return lines;
}

class StepWriter {
 public:
  StepWriter(Model* model, const Letter& letter, uint32_t slot)
      : model_(model),
        letter_(letter),
        slot_(slot),
        observed_(Reported(*model->options, letter.call)) {
    Snapshot& world = model->variables.first.state;
    const unsigned snapshot = SnapshotOf(letter.call);
    context_ = {.world = &world,
                .instance = slot == kNoSlot ? &nobody_ : &world.instances[slot],
                .slot = slot % kInstances,
                .snapshot = snapshot == kNoSnapshot ? &nothing_ : &world.snapshots[snapshot],
                .dialect = model->dialect,
                .call = &letter.call,
                .observed = &observed_,
                .failing = letter.failing};
  }

  std::vector<std::string> Write() {
    if (letter_.stage == Stage::kOnly) return Events(DoorOf(letter_.call));
    return Events(EventOf(letter_.call, letter_.stage));
  }

 private:
  std::vector<std::string> Events(EventId event) {
    const TableWriter* table = nullptr;
    for (const TableWriter& each : *model_->tables) {
      if (each.Knows(event)) table = &each;
    }
    if (table == nullptr) return Chain({});
    std::vector<Link> links;
    for (const RowWriter& row : table->rows) {
      if (!row.SpeaksOf(event) || !row.in_dialect(context_)) continue;
      AddLinks(*table, row, &links);
      if (!links.empty() && links.back().when.IsTrue()) break;
    }
    return Chain(links);
  }

  void AddLinks(const TableWriter& table, const RowWriter& row, std::vector<Link>* links) {
    Body unused;
    const Scope scope(context_, &model_->variables, &model_->merging->keeps(), &unused);
    const bool any_state = row.sources.size() == table.states;
    const Expression source = any_state ? Truth(Number(1)) : OneOf(table.state(scope), row.sources);
    const Expression when = Both(source, row.holds(scope));
    const auto shadows = [&](const Link& above) { return above.when.text == when.text; };
    if (when.IsFalse() || std::any_of(links->begin(), links->end(), shadows)) return;
    if (row.kind == ResultKind::kAdmits) {
      links->push_back({.when = when, .lines = Events(EventOf(letter_.call, letter_.stage))});
      return;
    }
    if (row.moves || !ResetsState(table, row)) {
      links->push_back({.when = when, .lines = Taken(table, row, row.target)});
      return;
    }
    for (const uint32_t state : row.sources) {
      const Expression here = Equal(table.state(scope), Number(state));
      links->push_back({.when = Both(here, when), .lines = Taken(table, row, state)});
    }
  }

  /// Whether effects put the state of the region back, which the row then has to restore.
  bool ResetsState(const TableWriter& table, const RowWriter& row) {
    Body body;
    Scope scope(context_, &model_->variables, &model_->merging->keeps(), &body);
    row.apply(scope);
    return body.written.contains(CellAt(model_->variables.first, table.address(context_)));
  }

  std::vector<std::string> Taken(const TableWriter& table, const RowWriter& row, uint32_t target) {
    Body body;
    Scope scope(context_, &model_->variables, &model_->merging->keeps(), &body);
    const bool resets = ResetsState(table, row);
    row.apply(scope);
    if (row.moves || resets) table.move(scope, target);
    AdvanceCall(row.kind == ResultKind::kGoesOn, &scope);
    for (const size_t cell : body.written) {
      if (!model_->merging->MayAskFor(model_->variables, cell)) continue;
      body.lines.emplace_back("merge();");
      break;
    }
    body.lines.push_back(fmt::format("code = {}; /* {} */", CodeName(row), row.clause));
    return body.lines;
  }

  static std::string CodeName(const RowWriter& row) {
    return row.kind == ResultKind::kGoesOn ? "PENDING" : DescribeCode(row.err).name;
  }

  /// How far the call has come, as the search notes it.
  void AdvanceCall(bool pending, Scope* scope) {
    Position& first = model_->variables.first;
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      const Stage kept = After(pending, slot, Stage::kOnly);
      if (kept == After(pending, slot, Stage::kMiddle)) {
        scope->Write(first.whole[slot], Number(static_cast<uint32_t>(kept)));
      }
    }
  }

  Stage After(bool pending, unsigned slot, Stage before) const {
    Position position = model_->variables.first;
    position.whole[slot] = before;
    const Reaction reaction{.pending = pending};
    Advance(letter_, slot_, reaction, &position);
    return position.whole[slot];
  }

  Model* model_;
  const Letter& letter_;
  uint32_t slot_;
  InstanceState nobody_;
  SnapshotSession nothing_;
  Outcome observed_;
  Context context_;
};

std::string Option(const Expression& guard, const Letter& letter, std::vector<std::string> lines) {
  std::string text = fmt::format("   :: d_step {{ /* {} */\n", LetterText(letter));
  text += fmt::format("         {} ->\n", guard.text);
  for (const std::string& line : lines) text += "         " + line + "\n";
  return text + "      }\n";
}

}  // namespace

bool RowWriter::SpeaksOf(EventId event) const {
  return std::find(events.begin(), events.end(), event) != events.end();
}

bool TableWriter::Knows(EventId event) const {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const RowWriter& row) { return row.SpeaksOf(event); });
}

std::vector<std::string> WriteSteps(Model* model, const Letter& letter) {
  const Function slot = [&](const Position& position) {
    return CanHappen(position, letter) ? SlotOf(position.state, letter.call, letter.stage)
                                       : kCannotHappen;
  };
  const Variables variables = model->variables;
  std::vector<std::string> steps;
  for (const Branch& branch : Branches(variables, AskedCells(variables, slot), slot)) {
    if (branch.value == kCannotHappen) continue;
    const auto lines = StepWriter(model, letter, branch.value).Write();
    steps.push_back(Option(branch.when, letter, lines));
  }
  return steps;
}

}  // namespace backstop::model::promela
