// SPDX-License-Identifier: MIT
#include "sim/harness/observed/generation_map.h"

#include <fmt/format.h>

#include <cstdlib>
#include <iterator>
#include <optional>

namespace backstop::observed {
namespace {

constexpr size_t kDigits = 8;
constexpr const char* kExtension = ".log";

/// Where the number of an archived log stands in a path.
std::optional<size_t> NumberIn(const std::string& path) {
  if (!path.ends_with(kExtension)) return std::nullopt;
  const size_t end = path.size() - 4;
  if (end < kDigits) return std::nullopt;
  const size_t at = end - kDigits;
  const bool hex = path.find_first_not_of("0123456789ABCDEF", at) >= end;
  return hex ? std::optional(at) : std::nullopt;
}

uint32_t GenerationOf(const std::string& path) {
  const std::optional<size_t> at = NumberIn(path);
  if (!at) return 0;
  return static_cast<uint32_t>(std::strtoul(path.substr(*at, kDigits).c_str(), nullptr, 16));
}

}  // namespace

void GenerationMap::Note(const std::vector<std::string>& recorded,
                         const std::vector<std::string>& listed) {
  if (recorded.empty() || listed.empty()) return;
  const uint32_t first = GenerationOf(recorded.front());
  const uint32_t last = GenerationOf(recorded.back());
  if (first == 0 || last == 0) return;
  known_[first] = GenerationOf(listed.front());
  known_[last] = GenerationOf(listed.back());
}

uint32_t GenerationMap::Map(uint32_t recorded) const {
  const auto above = known_.lower_bound(recorded);
  if (above != known_.end() && above->first == recorded) return above->second;
  if (above == known_.begin()) return recorded;
  const auto& [low, low_mapped] = *std::prev(above);
  if (above == known_.end()) return low_mapped + (recorded - low);
  const auto& [high, high_mapped] = *above;
  return low_mapped + (recorded - low) * (high_mapped - low_mapped) / (high - low);
}

std::string GenerationMap::MapPath(const std::string& path) const {
  const std::optional<size_t> at = NumberIn(path);
  if (!at) return path;
  return fmt::format("{}{:08X}{}", path.substr(0, *at), Map(GenerationOf(path)), kExtension);
}

}  // namespace backstop::observed
