// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/generator.h"

#include <algorithm>
#include <set>

#include "sim/harness/conformance/item_writer.h"

namespace backstop::conformance {
namespace {

/// Goals that no sequence says are tried this often.
constexpr size_t kMostTries = 40;

/// In the order of the tables: what is taken, before what it takes precedence over.
struct InOrder {
  bool operator()(const Goal& a, const Goal& b) const {
    const bool a_pair = a.second != model::kNoRow;
    const bool b_pair = b.second != model::kNoRow;
    if (a.row != b.row) return a.row < b.row;
    return a_pair != b_pair ? b_pair : a.second < b.second;
  }
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
  std::map<GoalKey, std::pair<Goal, Item>> found;
  std::map<GoalKey, size_t> failed;
  for (const Scene& scene : MakeScenes(lifecycle)) {
    if (progress) progress(scene.name);
    SceneSearch search(scene, lifecycle, book, [&](GoalKey key, const Goal& goal, const Way& way) {
      if (failed[key] >= kMostTries) return false;
      std::string why;
      std::optional<Item> item = writer.Write(scene, goal, way, &why);
      if (!item) {
        ++failed[key];
        ++generated.misread[std::string(model::Rows()[goal.row].clause) + ": " + why];
        return false;
      }
      found[key] = {goal, std::move(*item)};
      return true;
    });
    generated.positions += search.Run();
    failed.clear();
  }
  std::vector<std::pair<Goal, Item>> ordered;
  for (auto& [key, entry] : found) {
    ordered.push_back(std::move(entry));
  }
  std::ranges::stable_sort(ordered, InOrder(), &std::pair<Goal, Item>::first);
  for (auto& [goal, item] : ordered) generated.items.push_back(std::move(item));
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
