// SPDX-License-Identifier: MIT
#include "model/explore/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "model/addressing.h"

namespace backstop::model {

namespace {

constexpr uint32_t kProgressEvery = 1u << 14;

bool IsStrict(const Lifecycle& lifecycle) {
  return lifecycle.dialect().end_after_stop != Follow::kSource;
}

bool AreEqual(const Position& a, const Position& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

SceneSearch::SceneSearch(const ExploreOptions& options, const Scene& scene, Lifecycle& lifecycle,
                         ExploreResult* result)
    : options_(options),
      scene_(scene),
      lifecycle_(lifecycle),
      result_(result),
      strict_(IsStrict(lifecycle)),
      doors_(MakeDoors(options, scene)),
      checks_(MakeChecks(strict_)),
      states_(scene.keeps.headers) {
  summary_.name = scene.name;
  summary_.letters = scene.letters.size();
}

void SceneSearch::Run() {
  for (const Snapshot& root : scene_.roots) Offer({.state = root}, {kRoot, 0, 0});
  Discover();
  for (uint32_t from = 0; from < states_.size(); ++from) {
    if (from % kProgressEvery == 0 && options_.progress) {
      options_.progress(
          {scene_.name.c_str(), states_.size(), states_.size() - from, summary_.pairs});
    }
    summary_.complete =
        states_.size() <= options_.max_states && result_->findings.size() < options_.max_findings;
    if (!summary_.complete) break;
    Expand(from);
  }
  summary_.states = states_.size();
  summary_.depth = origins_.back().depth;
  CountChecks();
  result_->scenes.push_back(summary_);
}

void SceneSearch::CountChecks() {
  for (size_t number = 0; number < StateInvariants().size(); ++number) {
    const bool asked = strict_ || StateInvariants()[number].dialects != HoldsIn::kStrict;
    if (asked) result_->invariants[number].checks += states_.size();
  }
  for (const Checks& checks : checks_) {
    for (const Asked* asked : {&checks.of_steps, &checks.of_changes}) AddChecks(*asked);
  }
}

void SceneSearch::AddChecks(const Asked& asked) {
  for (const size_t addressed : {0, 1}) {
    for (const StepInvariant* invariant : asked.invariants[addressed]) {
      const auto number = static_cast<size_t>(invariant - StepInvariants().data());
      result_->invariants[StateInvariants().size() + number].checks += asked.times[addressed];
    }
  }
}

void SceneSearch::Offer(const Position& state, Origin origin) {
  states_.Offer(state);
  offered_.push_back(origin);
}

void SceneSearch::Discover() {
  states_.TakeIn([&](size_t offered) {
    origins_.push_back(offered_[offered]);
    const auto number = static_cast<uint32_t>(states_.size() - 1);
    if (const StateInvariant* broken = BrokenBy(states_[number].state, strict_)) {
      Report(broken->id, broken->sentence, number, nullptr);
    }
  });
  offered_.clear();
}

void SceneSearch::Expand(uint32_t from) {
  from_ = from;
  here_ = next_ = states_[from];
  for (Door& door : doors_) {
    if (!options_.plain) {
      TryDoor(door);
      continue;
    }
    for (Key& key : door.keys) TryPlainly(key);
  }
  Discover();
}

void SceneSearch::TryDoor(Door& door) {
  const Letter& first = *door.keys.front().letter;
  const unsigned slot = SlotOf(here_.state, first.call, first.stage);
  RowId gate_row = kNoRow;
  if (door.gated) {
    const Reaction gate = lifecycle_.Enter(next_.state, first.call, slot);
    if (!gate.handled || gate.err != 0) return TryClosed(door, slot, gate);
    gate_row = gate.gate_row;
  }
  uint64_t tried = 0;
  for (Key& key : door.keys) {
    if (!key.always && !CanHappen(here_, *key.letter)) continue;
    TryKey(key, slot, gate_row);
    ++tried;
  }
  summary_.pairs += tried;
  if (gate_row != kNoRow) result_->row_hits[gate_row] += tried;
}

void SceneSearch::TryClosed(Door& door, unsigned slot, const Reaction& reaction) {
  uint64_t count = door.keys.size();
  if (!door.all_always) {
    count = static_cast<uint64_t>(
        std::count_if(door.keys.begin(), door.keys.end(),
                      [&](const Key& key) { return key.always || CanHappen(here_, *key.letter); }));
  }
  if (count == 0) return;
  summary_.pairs += count;
  if (reaction.gate_row != kNoRow) result_->row_hits[reaction.gate_row] += count;
  for (const size_t index : door.by_op) {
    Key& key = door.keys[index];
    if (key.always || CanHappen(here_, *key.letter)) Judge(key, slot, reaction, false);
  }
}

void SceneSearch::TryKey(Key& key, unsigned slot, RowId gate_row) {
  const Letter& letter = *key.letter;
  Reaction reaction = lifecycle_.Continue(next_.state, letter.call, letter.stage, letter.failing,
                                          key.outcome, slot);
  reaction.gate_row = gate_row;
  if (reaction.row != kNoRow) ++result_->row_hits[reaction.row];
  Judge(key, slot, reaction, reaction.touches);
}

void SceneSearch::TryPlainly(Key& key) {
  const Letter& letter = *key.letter;
  if (!CanHappen(here_, letter)) return;
  const unsigned slot = SlotOf(here_.state, letter.call, letter.stage);
  const Reaction reaction =
      lifecycle_.Apply(next_.state, letter.call, letter.stage, letter.failing, &key.outcome);
  ++summary_.pairs;
  if (reaction.gate_row != kNoRow) ++result_->row_hits[reaction.gate_row];
  if (reaction.row != kNoRow) ++result_->row_hits[reaction.row];
  Judge(key, slot, reaction, true);
}

void SceneSearch::Judge(Key& key, unsigned slot, const Reaction& reaction, bool touched) {
  if (!reaction.handled) {
    Report("unhandled", "no row for " + LetterText(*key.letter), from_, key.letter);
    next_ = here_;
    return;
  }
  const bool changed = touched && !AreEqual(next_, here_);
  const Letter& letter = *key.letter;
  const StepView step{here_.state, letter.call, letter.stage, reaction,
                      next_.state, slot,        changed,      strict_};
  Checks& checks = checks_[static_cast<size_t>(letter.call.op)];
  Ask(&checks.of_steps, step, letter);
  if (changed) Ask(&checks.of_changes, step, letter);
  if (changed || letter.call.op == Op::kBackup) Follow(key, slot, reaction);
}

void SceneSearch::Follow(const Key& key, unsigned slot, const Reaction& reaction) {
  Advance(*key.letter, slot, reaction, &next_);
  if (key.letter->call.op != Op::kBackup || !AreEqual(next_, here_)) {
    ++summary_.moves;
    Merge(scene_.keeps, lifecycle_.dialect(), &next_.state);
    Offer(next_, {from_, key.number, static_cast<uint16_t>(origins_[from_].depth + 1)});
  }
  next_ = here_;
}

void SceneSearch::Ask(Asked* asked, const StepView& step, const Letter& letter) {
  const size_t addressed = step.slot == kNoSlot ? 0 : 1;
  ++asked->times[addressed];
  for (const StepInvariant* invariant : asked->invariants[addressed]) {
    if (invariant->holds(step)) continue;
    Report(invariant->id, fmt::format("{} It gave {}.", invariant->sentence, step.reaction.err),
           from_, &letter);
    return;
  }
}

bool SceneSearch::IsFirstOfItsKind(const std::string& rule, const std::string& text) const {
  return std::none_of(
      result_->findings.begin(), result_->findings.end(),
      [&](const ExploreFinding& known) { return known.rule == rule && known.text == text; });
}

void SceneSearch::Report(std::string rule, std::string text, uint32_t state,
                         const Letter* last_letter) {
  // The first finding of a kind has the shortest way.
  if (!IsFirstOfItsKind(rule, text)) return;
  ExploreFinding finding{.rule = std::move(rule), .text = std::move(text)};
  char buffer[400];
  finding.state = Describe(states_[state].state, buffer, sizeof buffer);
  for (uint32_t at = state; origins_[at].parent != kRoot; at = origins_[at].parent) {
    finding.way.push_back(LetterText(scene_.letters[origins_[at].letter]));
  }
  std::reverse(finding.way.begin(), finding.way.end());
  if (last_letter != nullptr) finding.way.push_back(LetterText(*last_letter));
  result_->findings.push_back(std::move(finding));
}

}  // namespace backstop::model
