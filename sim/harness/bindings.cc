// SPDX-License-Identifier: MIT
#include "sim/harness/bindings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace backstop::harness {
namespace {

std::vector<std::string_view> Entries(const char* list, size_t bytes) {
  std::vector<std::string_view> entries;
  std::string_view rest(list, bytes);
  while (!rest.empty() && rest.front() != '\0') {
    const size_t length = std::min(rest.find('\0'), rest.size());
    entries.push_back(rest.substr(0, length));
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return entries;
}

}  // namespace

void Bindings::Clear() {
  instances.fill(JET_instanceNil);
  first = First::kNone;
  second_is_named_first = false;
  sessions.fill(JET_sesidNil);
  open_databases.fill(0);
  tables.fill(0);
  columns.fill(0);
  for (unsigned thread = 0; thread < kMaxThreads; ++thread) rows[thread] = MarkOf(thread, 0);
  files.clear();
  listed.clear();
}

model::FileRef Bindings::FileNumber(JET_HANDLE handle) {
  const auto found = std::find(files.begin(), files.end(), handle);
  const auto index = static_cast<size_t>(found - files.begin());
  if (found == files.end()) files.push_back(handle);
  return static_cast<model::FileRef>(index + 1);
}

std::string InstanceDirectory(unsigned slot) { return slot == 0 ? "i1/" : "i2/"; }

std::string DatabasePath(unsigned slot, unsigned database) {
  return fmt::format("{}db{}.edb", InstanceDirectory(slot), database + 1);
}

std::string ArchivedLogPath(unsigned slot, uint32_t generation) {
  return fmt::format("{}edb{:08X}.log", InstanceDirectory(slot), generation);
}

uint8_t DatabasesInList(const char* list, size_t bytes) {
  const bool ends =
      bytes >= 1 && list[bytes - 1] == '\0' && (bytes == 1 || list[bytes - 2] == '\0');
  uint8_t mask = ends ? 0 : kMalformedList;
  for (const std::string_view entry : Entries(list, bytes)) {
    const uint8_t before = mask;
    for (unsigned database = 0; database < model::kDatabaseSlots; ++database) {
      if (entry.ends_with(fmt::format("db{}.edb", database + 1))) mask |= 1u << database;
    }
    if (mask == before) mask |= kMalformedList;
  }
  return mask;
}

std::vector<uint32_t> GenerationsInList(const char* list, size_t bytes) {
  std::vector<uint32_t> generations;
  for (const std::string_view entry : Entries(list, bytes)) {
    if (entry.size() < 12 || !entry.ends_with(".log")) continue;
    const char* digits = entry.data() + entry.size() - 12;
    uint32_t generation = 0;
    const auto [end, error] = std::from_chars(digits, digits + 8, generation, 16);
    if (error == std::errc() && end == digits + 8) generations.push_back(generation);
  }
  return generations;
}

}  // namespace backstop::harness
