// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/scene_search.h"

#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/addressing.h"
#include "sim/harness/conformance/step_writer.h"

namespace backstop::conformance {
namespace {

constexpr uint32_t kRoot = ~uint32_t{0};
/// Beyond this, scenes only repeat themselves with other numbers.
constexpr size_t kMostPositions = 60'000;

}  // namespace

size_t SceneSearch::Hash::operator()(const Position& position) const {
  return XXH3_64bits(&position, sizeof position);
}

bool SceneSearch::Equal::operator()(const Position& a, uint32_t b) const {
  return std::memcmp(&a, &(*nodes)[b].position, sizeof a) == 0;
}

SceneSearch::SceneSearch(const Scene& scene, model::Lifecycle& lifecycle, GoalBook& book,
                         TakeWay take)
    : scene_(scene),
      dialect_(lifecycle.dialect()),
      walk_(lifecycle),
      book_(book),
      take_(std::move(take)),
      index_(0, Hash{&nodes_}, Equal{&nodes_}) {}

size_t SceneSearch::Run() {
  Position root = scene_.root;
  for (const Move& move : scene_.prefix) {
    if (!walk_.Make(&root, move, PendingNumber(move), &events_)) return 0;
  }
  nodes_.push_back({.position = root, .parent = kRoot, .move = 0, .depth = 0});
  index_.insert(0);
  for (uint32_t from = 0; from < nodes_.size(); ++from) {
    effective_.reset();
    refusals_.clear();
    for (const Move& move : scene_.probes) Look(from, move);
    for (size_t move = 0; move < scene_.walk.size(); ++move) Go(from, static_cast<uint16_t>(move));
    LookAtRefusals(from);
  }
  return nodes_.size();
}

bool SceneSearch::Make(uint32_t from, const Move& move, uint8_t number, Position* next) {
  const Position& here = nodes_[from].position;
  if (move.part == Part::kReturns && here.pending[ThreadOf(move.call)] != number) return false;
  if (!CanWrite(here, move, dialect_)) return false;
  *next = here;
  return walk_.Make(next, move, number, &events_);
}

void SceneSearch::Look(uint32_t from, const Move& move) {
  Position next;
  if (!Make(from, move, PendingNumber(move), &next)) return;
  goals_.clear();
  if (move.composite == Composite::kNone) {
    for (const Event& event : events_) book_.Reached(event, &goals_);
  }
  for (const auto& [key, goal] : std::vector(goals_)) Take(from, move, key, goal);
  if (move.composite == Composite::kNone && !move.failing) LookCloser(from, move, next);
}

bool SceneSearch::Take(uint32_t from, const Move& move, GoalKey key, const Goal& goal) {
  const size_t length = scene_.prefix.size() + nodes_[from].depth + 1;
  if (book_.Length(key) <= length) return false;
  Way way = WayTo(from);
  way.push_back(move);
  if (!take_(key, goal, way)) return false;
  book_.Note(key, static_cast<unsigned>(length));
  return true;
}

void SceneSearch::LookCloser(uint32_t from, const Move& move, const Position& next) {
  const Event& event = events_.back();
  const model::Reaction& reaction = event.reaction;
  if (reaction.waits || reaction.pending || move.part != Part::kWhole) return;
  const Position& here = nodes_[from].position;
  if (reaction.err < 0) {
    const auto [key, goal] = book_.Unchanged(event);
    if (book_.Length(key) != ~0u) return;
    refusals_.push_back({move.call.op, move, key, goal});
    return;
  }
  if (next.state != here.state) effective_.set(static_cast<size_t>(move.call.op));
  if (!model::IsStreaming(move.call) && move.call.op != model::Op::kStopBackup) return;
  const unsigned slot = model::SlotOf(here.state, move.call) % model::kInstances;
  const Circumstances circumstances = CircumstancesOf(here.state, slot);
  if (!book_.IsElsewhere(event, circumstances)) return;
  const auto [key, goal] = book_.Elsewhere(event, circumstances);
  if (Take(from, move, key, goal)) book_.NoteElsewhere(event, circumstances);
}

void SceneSearch::LookAtRefusals(uint32_t from) {
  for (const Refusal& refusal : refusals_) {
    if (!effective_[static_cast<size_t>(refusal.op)]) continue;
    Take(from, refusal.move, refusal.key, refusal.goal);
  }
}

void SceneSearch::Go(uint32_t from, uint16_t number) {
  const Move& move = scene_.walk[number];
  Look(from, move);
  if (nodes_[from].depth + 1u >= scene_.depth || nodes_.size() >= kMostPositions) return;
  Position next;
  if (!Make(from, move, PendingNumber(move), &next)) return;
  // A call that waits shows how it ends; what comes after it is shown without it.
  if (std::ranges::any_of(events_, [](const Event& event) { return event.reaction.waits; })) {
    return;
  }
  if (index_.find(next) != index_.end()) return;
  nodes_.push_back({.position = next,
                    .parent = from,
                    .move = number,
                    .depth = static_cast<uint16_t>(nodes_[from].depth + 1)});
  index_.insert(static_cast<uint32_t>(nodes_.size() - 1));
}

Way SceneSearch::WayTo(uint32_t node) const {
  Way way;
  for (uint32_t at = node; nodes_[at].parent != kRoot; at = nodes_[at].parent) {
    way.push_back(scene_.walk[nodes_[at].move]);
  }
  way.insert(way.end(), scene_.prefix.rbegin(), scene_.prefix.rend());
  std::ranges::reverse(way);
  return way;
}

}  // namespace backstop::conformance
