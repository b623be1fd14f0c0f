// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/generator.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "sim/harness/conformance/effect_book.h"
#include "sim/harness/conformance/item_writer.h"
#include "sim/harness/conformance/tail.h"

namespace backstop::conformance {
namespace {

/// Goals that no sequence says are tried this often.
constexpr size_t kMostTries = 40;

/// In the order of the tables: what is taken, before what it takes precedence over.
struct InOrder {
  bool operator()(const Goal& a, const Goal& b) const {
    return std::tie(a.row, a.shows, a.second) < std::tie(b.row, b.shows, b.second);
  }
};

/// A way that was found, in the scene of this number.
struct Found {
  Goal goal;
  size_t scene = 0;
  Way way;
};

/// Makes items of the ways: each goes on until it would have shown that the call did what it must
/// and no more.
class Finisher {
 public:
  Finisher(const std::vector<Scene>& scenes, model::Lifecycle& lifecycle, const ItemWriter& writer)
      : scenes_(scenes), walk_(lifecycle), tails_(lifecycle), writer_(writer) {}

  void Note(const Found& found) {
    Position before, after;
    if (Replay(found, &before, &after)) book_.Note(LastCall(found), before.state, after.state);
  }

  std::optional<Item> Finish(const Found& found) {
    const Scene& scene = scenes_[found.scene];
    std::string why;
    if (std::optional<Item> item = writer_.Write(scene, found.goal, found.way, Tail(found), &why)) {
      return item;
    }
    return writer_.Write(scene, found.goal, found.way, {}, &why);
  }

 private:
  static const model::Call& LastCall(const Found& found) { return found.way.back().call; }

  /// Where the way was before its last move, and after it.
  bool Replay(const Found& found, Position* before, Position* after) {
    *after = scenes_[found.scene].root;
    for (const Move& move : found.way) {
      *before = *after;
      if (!walk_.Make(after, move, PendingNumber(move), &events_)) return false;
    }
    return true;
  }

  Way Tail(const Found& found) {
    Position before, after;
    const Move& last = found.way.back();
    if (!Replay(found, &before, &after) || last.part != Part::kWhole) return {};
    // What a failing world leaves behind in an engine is more than the specification says.
    if (last.failing) return {};
    if (events_.back().reaction.waits || after.pending != Position().pending) return {};
    return tails_.Find(after, book_.Faults(last.call, before.state, after.state));
  }

  const std::vector<Scene>& scenes_;
  Walk walk_;
  TailSearch tails_;
  const ItemWriter& writer_;
  EffectBook book_;
  std::vector<Event> events_;
};

/// Identifiers are unique: what has the same gets a number.
void NumberIds(std::vector<Item>* items) {
  std::map<std::string, unsigned> seen;
  for (Item& item : *items) {
    const unsigned count = ++seen[item.sequence.id];
    if (count > 1) item.sequence.id += "/" + std::to_string(count);
  }
}

}  // namespace

Generated Generate(model::Lifecycle& lifecycle, const std::string& name,
                   const std::function<void(const std::string&)>& progress) {
  Generated generated;
  GoalBook book(lifecycle.dialect());
  const ItemWriter writer(lifecycle, name);
  const std::vector<Scene> scenes = MakeScenes(lifecycle);
  std::map<GoalKey, Found> found;
  for (size_t number = 0; number < scenes.size(); ++number) {
    const Scene& scene = scenes[number];
    if (progress) progress(scene.name);
    std::map<GoalKey, size_t> failed;
    SceneSearch search(scene, lifecycle, book, [&](GoalKey key, const Goal& goal, const Way& way) {
      if (failed[key] >= kMostTries) return false;
      std::string why;
      if (!writer.Write(scene, goal, way, {}, &why)) {
        ++failed[key];
        ++generated.misread[std::string(model::Rows()[goal.row].clause) + ": " + why];
        return false;
      }
      found[key] = {goal, number, way};
      return true;
    });
    generated.positions += search.Run();
  }
  std::vector<const Found*> ordered;
  for (const auto& [key, one] : found) ordered.push_back(&one);
  std::ranges::stable_sort(ordered, InOrder(),
                           [](const Found* one) -> const Goal& { return one->goal; });
  if (progress) progress("what comes after");
  Finisher finisher(scenes, lifecycle, writer);
  for (const Found* one : ordered) finisher.Note(*one);
  for (const Found* one : ordered) {
    if (auto item = finisher.Finish(*one)) generated.items.push_back(std::move(*item));
  }
  NumberIds(&generated.items);
  return generated;
}

std::vector<Item> Merge(std::vector<Item> strict, std::vector<Item> ese) {
  // What one line says but for its dialect.
  const auto same = [](Item item) {
    item.dialect = "both";
    return ToLine(item);
  };
  std::set<std::string> in_ese;
  for (const Item& item : ese) in_ese.insert(same(item));
  std::set<std::string> joined;
  std::vector<Item> all;
  for (Item& item : strict) {
    const std::string line = same(item);
    if (in_ese.contains(line)) {
      item.dialect = "both";
      joined.insert(line);
    }
    all.push_back(std::move(item));
  }
  for (Item& item : ese) {
    if (!joined.contains(same(item))) all.push_back(std::move(item));
  }
  return all;
}

}  // namespace backstop::conformance
