// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/item_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/clauses/clauses.h"
#include "model/machine/table_text.h"
#include "sim/harness/conformance/step_writer.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/stream_position.h"

namespace backstop::conformance {
namespace {

using observed::Step;

using harness::kPageBytes;

/// The outputs that follow from the state, whatever world the engine lives in.
void WriteOutputs(const Event& event, const Move& move, Step* step) {
  const model::Reaction& reaction = event.reaction;
  if (reaction.err < 0 || move.composite != Composite::kNone) return;
  const bool whole_list = event.call.buffer == model::BufferKind::kLarge;
  if (event.call.op == model::Op::kGetAttachInfo && whole_list) {
    step->out["n"] = __builtin_popcount(reaction.databases);
  }
  // Files are larger than any single read of the suite but ReadAll's.
  if (event.call.op == model::Op::kReadFile && event.call.pages == reaction.pages) {
    step->out["cbActual"] = reaction.pages * kPageBytes;
  }
  if (event.call.op == model::Op::kGetInstanceInfo) step->out["n"] = reaction.instances;
}

bool AnyFreeze(const model::Snapshot& state) {
  return std::ranges::any_of(state.snapshots, [](const model::SnapshotSession& session) {
    return session.phase == model::SnapshotPhase::kFrozen;
  });
}

std::string CallName(const Move& move) {
  return model::OpName(move.call.op, move.call.legacy && model::HasLegacyTwin(move.call.op));
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c == ' ') c = '-';
  }
  return text;
}

std::string Misread(const Item& item, size_t step, const observed::ModelVerdict& verdict) {
  return fmt::format("step {} {}: {} {}, written {}", step, item.sequence.steps[step].call,
                     verdict.clause, verdict.expected, item.sequence.steps[step].err);
}

}  // namespace

bool ItemWriter::Steps(const Scene& scene, const Way& way, const Way& tail, Item* item,
                       std::vector<size_t>* moves) const {
  StepWriter writer;
  Walk walk(lifecycle_);
  Position position = scene.root;
  std::vector<Event> events;
  std::vector<std::pair<size_t, Step>> results;  // by step: its code and outputs
  size_t count = 0;
  std::array<std::optional<Move>, model::kInstances> begun;
  const auto make = [&](const Move& move) {
    const Position before = position;
    if (move.part == Part::kWhole && !CanWrite(before, move, lifecycle_.dialect())) return false;
    if (!walk.Make(&position, move, PendingNumber(move), &events)) return false;
    count += writer.Write(before, move);
    const bool meets_term = move.under_term && move.call.op == model::Op::kBackup;
    std::optional<Move>& other = begun[ThreadOf(move.call)];
    if (move.part == Part::kStarts) other = move;
    if (move.part == Part::kReturns) other.reset();
    if (meets_term) other = TermOf(move);
    const bool joins = move.part == Part::kReturns && !meets_term;
    const size_t call = count - (joins ? 2 : 1);
    Step result{.err = move.part == Part::kStarts ? 0 : events.back().reaction.err};
    result.out = nlohmann::json::object();
    WriteOutputs(events.back(), move, &result);
    results.push_back({call, result});
    // Nothing but a freeze ends by itself.
    if (events.back().reaction.waits && !AnyFreeze(events.back().before)) item->endless = call;
    return true;
  };
  for (const Move& move : way) {
    if (!make(move)) return false;
  }
  const size_t goal = results.back().first;
  for (const Move& move : tail) {
    if (!make(move)) return false;
  }
  for (const std::optional<Move>& other : begun) {
    if (!other) continue;
    Move end = *other;
    end.part = Part::kReturns;
    if (!make(end)) return false;
  }
  item->sequence.steps = writer.Take();
  const size_t first = item->sequence.steps.size() - count;
  for (const auto& [step, result] : results) {
    item->sequence.steps[first + step].err = result.err;
    item->sequence.steps[first + step].out = result.out;
    if (moves != nullptr) moves->push_back(first + step);
  }
  item->step = first + goal;
  if (item->endless) *item->endless += first;
  return true;
}

void ItemWriter::Name(const Goal& goal, const Way& way, Item* item) const {
  const model::RowInfo& row = model::Rows()[goal.row];
  const std::string code = model::DescribeCode(row.err).name;
  const std::string call = CallName(way.back());
  item->table = row.table;
  item->clause = row.clause;
  const bool first_event = std::string_view(row.event).ends_with(" begins");
  item->expects = fmt::format("{} ({}){}: {}", call, row.source,
                              first_event && row.succeeds    ? " goes on"
                              : row.succeeds && row.err == 0 ? " succeeds"
                                                             : " returns " + code,
                              model::FindClause(row.clause)->sentence);
  item->sequence.id = fmt::format("{}/{}/{}", row.clause, Lower(row.source), call);
  if (goal.shows == Shows::kUnchanged) {
    item->sequence.id += "/unchanged";
    item->expects += " It changes nothing.";
  }
  if (goal.shows == Shows::kThroughout) {
    item->sequence.id += "/throughout";
    item->expects += fmt::format(" Also with: {}.", goal.circumstances);
  }
  if (goal.shows != Shows::kPrecedence) return;
  const model::RowInfo& other = model::Rows()[goal.second];
  item->clause = fmt::format("{} before {}", row.clause, other.clause);
  item->sequence.id = fmt::format("{}/before/{}/{}", row.clause, other.clause, call);
  item->expects += fmt::format(" It is checked before {}, which would give {}.", other.clause,
                               model::DescribeCode(other.err).name);
}

std::optional<Item> ItemWriter::Write(const Scene& scene, const Goal& goal, const Way& way,
                                      const Way& tail, std::string* why) const {
  Item item;
  item.dialect = dialect_;
  item.sequence.settings = scene.settings;
  if (!Steps(scene, way, tail, &item)) {
    *why = "the other thread cannot end";
    return std::nullopt;
  }
  Name(goal, way, &item);
  if (!ReadsBack(item, goal, lifecycle_, why)) return std::nullopt;
  return item;
}

std::optional<Item> ItemWriter::WriteUnnamed(const Scene& scene, const Way& way,
                                             const std::string& id, size_t* misread) const {
  Item item;
  item.dialect = dialect_;
  item.clause = item.expects = item.table = "random";
  item.sequence.settings = scene.settings;
  item.sequence.id = id;
  *misread = way.size();
  std::vector<size_t> calls;
  if (way.empty() || !Steps(scene, way, {}, &item, &calls)) return std::nullopt;
  observed::ModelReplay replay(item.sequence, lifecycle_, observed::Outputs::kSmallestWorld);
  for (size_t i = 0; i < item.sequence.steps.size(); ++i) {
    if (replay.Check(i).agrees) continue;
    *misread = static_cast<size_t>(std::ranges::lower_bound(calls, i) - calls.begin());
    return std::nullopt;
  }
  return item;
}

bool ReadsBack(const Item& item, const Goal& goal, model::Lifecycle& lifecycle, std::string* why) {
  observed::ModelReplay replay(item.sequence, lifecycle, observed::Outputs::kSmallestWorld);
  bool seen = false;
  for (size_t i = 0; i < item.sequence.steps.size(); ++i) {
    const observed::ModelVerdict verdict = replay.Check(i);
    if (!verdict.agrees) {
      *why = Misread(item, i, verdict);
      return false;
    }
    seen = seen ||
           (i == item.step && std::ranges::find(replay.rows(), goal.row) != replay.rows().end());
  }
  if (!seen) *why = fmt::format("step {} does not take the row", item.step);
  return seen;
}

}  // namespace backstop::conformance
