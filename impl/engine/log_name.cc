// SPDX-License-Identifier: MIT
#include "impl/engine/log_name.h"

#include <algorithm>
#include <charconv>

namespace backstop::engine {
namespace {

constexpr std::string_view kExtension = ".log";
constexpr std::string_view kNewExtension = ".jtx";

bool IsUpperHex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

}  // namespace

bool HasLogExtension(std::string_view file_name) {
  return file_name.ends_with(kExtension) || file_name.ends_with(kNewExtension);
}

std::optional<uint32_t> ArchivedGeneration(std::string_view file_name, std::string_view base_name) {
  if (!file_name.starts_with(base_name) || !file_name.ends_with(kExtension)) return std::nullopt;
  file_name.remove_prefix(base_name.size());
  if (file_name.size() < kExtension.size()) return std::nullopt;
  file_name.remove_suffix(kExtension.size());
  const bool digits = std::all_of(file_name.begin(), file_name.end(), IsUpperHex);
  if (!digits || (file_name.size() != 5 && file_name.size() != 8)) return std::nullopt;
  uint32_t generation = 0;
  std::from_chars(file_name.data(), file_name.data() + file_name.size(), generation, 16);
  return generation == 0 ? std::nullopt : std::optional(generation);
}

}  // namespace backstop::engine
