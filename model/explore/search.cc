// SPDX-License-Identifier: MIT
#include "model/explore/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/addressing.h"

namespace backstop::model {

namespace {

constexpr uint32_t kProgressEvery = 1u << 14;

}  // namespace

size_t SceneSearch::StateHash::operator()(const Position& state) const {
  return XXH3_64bits(&state, sizeof state);
}

bool SceneSearch::StateEqual::operator()(const Position& a, uint32_t b) const {
  return std::memcmp(&a, &(*states)[b], sizeof a) == 0;
}

SceneSearch::SceneSearch(const ExploreOptions& options, const Scene& scene, Lifecycle& lifecycle,
                         ExploreResult* result)
    : options_(options),
      scene_(scene),
      lifecycle_(lifecycle),
      result_(result),
      index_(0, StateHash{&states_}, StateEqual{&states_}) {
  summary_.name = scene.name;
  summary_.letters = scene.letters.size();
  for (const Letter& letter : scene.letters) outcomes_.push_back(Reported(options, letter.call));
}

void SceneSearch::Run() {
  for (const Snapshot& root : scene_.roots) Discover({.state = root}, {kRoot, 0, 0});
  for (uint32_t from = 0; from < states_.size(); ++from) {
    if (from % kProgressEvery == 0 && options_.progress) {
      options_.progress(
          {scene_.name.c_str(), states_.size(), states_.size() - from, summary_.pairs});
    }
    if (states_.size() > options_.max_states) {
      summary_.complete = false;
      break;
    }
    if (result_->findings.size() >= options_.max_findings) break;
    Expand(from);
  }
  summary_.states = states_.size();
  summary_.depth = origins_.back().depth;
  result_->scenes.push_back(summary_);
}

void SceneSearch::Discover(const Position& state, Origin origin) {
  if (index_.find(state) != index_.end()) return;
  states_.push_back(state);
  origins_.push_back(origin);
  const auto number = static_cast<uint32_t>(states_.size() - 1);
  index_.insert(number);
  if (const StateInvariant* broken = BrokenBy(state.state)) {
    Report(broken->id, broken->sentence, number, nullptr);
  }
}

void SceneSearch::Expand(uint32_t from) {
  for (size_t letter = 0; letter < scene_.letters.size(); ++letter) {
    if (CanHappen(states_[from], scene_.letters[letter])) {
      Try(from, static_cast<uint16_t>(letter));
    }
  }
}

void SceneSearch::Try(uint32_t from, uint16_t number) {
  const Letter& letter = scene_.letters[number];
  const unsigned slot = SlotOf(states_[from].state, letter.call);
  Position next = states_[from];
  const Reaction reaction =
      lifecycle_.Apply(next.state, letter.call, letter.stage, letter.failing, &outcomes_[number]);
  ++summary_.pairs;
  CountRows(reaction);
  if (!reaction.handled) {
    Report("unhandled", "no row for " + LetterText(letter), from, &letter);
    return;
  }
  const bool changed = std::memcmp(&next, &states_[from], sizeof next) != 0;
  const StepView step{states_[from].state, letter.call, letter.stage, reaction,
                      next.state,          slot,        changed};
  if (const StepInvariant* broken = BrokenBy(step)) {
    Report(broken->id, fmt::format("{} It gave {}.", broken->sentence, reaction.err), from,
           &letter);
  }
  Advance(letter, slot, reaction, &next);
  if (std::memcmp(&next, &states_[from], sizeof next) == 0) return;
  ++summary_.moves;
  Merge(scene_.keeps, lifecycle_.dialect(), &next.state);
  Discover(next, {from, number, static_cast<uint16_t>(origins_[from].depth + 1)});
}

void SceneSearch::CountRows(const Reaction& reaction) {
  if (reaction.gate_row != kNoRow) ++result_->row_hits[reaction.gate_row];
  if (reaction.row != kNoRow) ++result_->row_hits[reaction.row];
}

void SceneSearch::Report(std::string rule, std::string text, uint32_t state,
                         const Letter* last_letter) {
  for (const ExploreFinding& known : result_->findings) {
    // The first finding of a kind has the shortest way.
    if (known.rule == rule && known.text == text) return;
  }
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
