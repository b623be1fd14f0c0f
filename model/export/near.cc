// SPDX-License-Identifier: MIT
#include "model/export/near.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

namespace backstop::model {

namespace {

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool ContainsName(std::string_view whole, std::string_view part) {
  return !std::ranges::search(whole, part, {}, Lower, Lower).empty();
}

}  // namespace

bool SameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t changed = diagonal + (Lower(a[i]) != Lower(b[j]));
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::vector<std::string> NearNames(std::string_view name, const std::vector<std::string>& known) {
  constexpr size_t kMost = 3;
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : known) {
    const size_t distance = EditDistance(name, candidate);
    // What contains the name comes after typing errors of it.
    const bool contains = name.size() >= 3 && ContainsName(candidate, name);
    if (distance <= 1 + name.size() / 4) {
      near.emplace_back(distance, candidate);
    } else if (contains) {
      near.emplace_back(name.size() + candidate.size(), candidate);
    }
  }
  std::ranges::stable_sort(near, {}, [](const auto& entry) { return entry.first; });
  std::vector<std::string> names;
  for (const auto& [distance, candidate] : near) {
    if (names.size() < kMost && std::ranges::find(names, candidate) == names.end()) {
      names.push_back(candidate);
    }
  }
  return names;
}

}  // namespace backstop::model
