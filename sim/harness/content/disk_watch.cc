// SPDX-License-Identifier: MIT
#include "sim/harness/content/disk_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

using Page = std::array<std::byte, kPageBytes>;

constexpr std::string_view kBaseName = "edb";
constexpr std::string_view kLogSuffix = ".log";
constexpr size_t kDigits = 8;

/// Reads files of a disk without leaving a trace on it.
class Reader {
 public:
  explicit Reader(const world::SimDisk& disk) : disk_(disk.Clone()) {}

  std::vector<std::string> Names(const std::string& directory) const {
    std::vector<std::string> names;
    static_cast<void>(disk_.List(directory, &names));
    return names;
  }

  /// Page number `number` of the file; nothing if it is not there as a whole.
  std::optional<Page> Read(const std::string& path, uint64_t number) {
    world::SimDisk::FileId file = 0;
    if (disk_.Open(path, env::OpenMode::kReadOnly, &file) != env::IoStatus::kOk) return {};
    Page page;
    const env::IoResult result = disk_.Read(file, number * kPageBytes, page);
    disk_.Close(file);
    if (result.status != env::IoStatus::kOk || result.bytes != page.size()) return {};
    return page;
  }

 private:
  world::SimDisk disk_;
};

/// The generation in "edb0000000A.log"; nothing for other names.
std::optional<uint32_t> GenerationIn(std::string_view name) {
  if (name.size() != kBaseName.size() + kDigits + kLogSuffix.size()) return {};
  if (!name.starts_with(kBaseName) || !name.ends_with(kLogSuffix)) return {};
  const char* first = name.data() + kBaseName.size();
  uint32_t generation = 0;
  const auto [end, error] = std::from_chars(first, first + kDigits, generation, 16);
  if (error != std::errc{} || end != first + kDigits) return {};
  return generation;
}

Breach Broken(const char* rule, std::string text) { return {rule, std::move(text)}; }

}  // namespace

uint32_t LogFiles::lowest() const {
  if (!archived.empty()) return archived.front().generation;
  return current ? current->generation : 0;
}

LogFiles FindLogs(const world::SimDisk& disk, const std::string& directory) {
  Reader reader(disk);
  LogFiles logs;
  const auto header_of = [&](const std::string& name) -> std::optional<LogHeader> {
    const auto page = reader.Read(directory + name, 0);
    return page ? ReadLogHeader(*page) : std::nullopt;
  };
  for (const std::string& name : reader.Names(directory)) {
    const auto generation = GenerationIn(name);
    if (!generation) continue;
    const auto header = header_of(name);
    if (header && header->generation == *generation) {
      logs.archived.push_back(*header);
    } else if (!logs.breach) {
      logs.breach = Broken("INV-30", name + " does not hold the generation of its name");
    }
  }
  std::ranges::sort(logs.archived, {}, &LogHeader::generation);
  logs.current = header_of("edb.log");
  for (uint64_t copy = 0; copy < 2; ++copy) {
    const auto page = reader.Read(directory + "edb.chk", copy);
    const auto generation = page ? ReadCheckpoint(*page) : std::nullopt;
    logs.checkpoint = std::max(logs.checkpoint, generation);
  }
  return logs;
}

DatabaseHeaders FindDatabases(const world::SimDisk& disk, const std::string& directory) {
  Reader reader(disk);
  DatabaseHeaders headers;
  for (const std::string& name : reader.Names(directory)) {
    if (!name.ends_with(".edb")) continue;
    const auto page = reader.Read(directory + name, 0);
    if (!page || !ClaimsToBeHeader(*page) || !HeaderSumIsRight(*page)) continue;
    headers.emplace(directory + name, ReadHeaderPage(*page));
  }
  return headers;
}

std::optional<Breach> JudgeLogs(const LogFiles& logs) {
  if (logs.breach) return logs.breach;
  std::vector<LogHeader> chain = logs.archived;
  if (logs.current) chain.push_back(*logs.current);
  for (size_t i = 1; i < chain.size(); ++i) {
    if (chain[i].generation != chain[i - 1].generation + 1) {
      return Broken("INV-30", fmt::format("after log generation {} comes {}",
                                          chain[i - 1].generation, chain[i].generation));
    }
    if (chain[i].created_before != chain[i - 1].created) {
      return Broken("INV-30", fmt::format("log generation {} does not continue the one before it",
                                          chain[i].generation));
    }
  }
  if (logs.checkpoint && !chain.empty() && *logs.checkpoint < chain.front().generation) {
    return Broken("INV-30",
                  fmt::format("recovery begins in log generation {}, but {} is the lowest there is",
                              *logs.checkpoint, chain.front().generation));
  }
  return std::nullopt;
}

std::optional<Breach> JudgeTruncation(uint32_t lowest_before, const LogFiles& after,
                                      const DatabaseHeaders& before, const DatabaseHeaders& now,
                                      const std::set<std::string>& copied) {
  if (after.lowest() <= lowest_before) return std::nullopt;
  for (const auto& [path, header] : now) {
    const auto then = before.find(path);
    const bool took_part = then != before.end() && then->second.attached && header.attached;
    if (!took_part || copied.contains(path)) continue;
    const uint32_t needed = header.full_previous().high;
    if (after.lowest() > needed) {
      return Broken("INV-31",
                    fmt::format("logs below {} were truncated, but {}, which the backup did not "
                                "copy, needs those from {} on",
                                after.lowest(), path, needed));
    }
  }
  return std::nullopt;
}

std::optional<Breach> JudgeHeaders(const DatabaseHeaders& before, const DatabaseHeaders& now,
                                   bool may_stamp) {
  for (const auto& [path, header] : now) {
    if (header.full_current != BackupMark{}) {
      return Broken("INV-36", "the header of " + path + " names a backup as current");
    }
    const auto then = before.find(path);
    if (may_stamp || then == before.end()) continue;
    if (header.previous != then->second.previous) {
      return Broken("INV-14", "the header of " + path + " remembers a backup that did not end");
    }
  }
  return std::nullopt;
}

std::optional<Breach> JudgeOverlap(const DatabaseHeaders& begun, const DatabaseHeaders& now) {
  for (const auto& [path, header] : now) {
    const auto then = begun.find(path);
    if (then == begun.end() || header.previous == then->second.previous) continue;
    return Broken("INV-17", "an end stamped the header of " + path +
                                " when the next backup had begun already");
  }
  return std::nullopt;
}

}  // namespace backstop::harness
