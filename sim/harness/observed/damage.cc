// SPDX-License-Identifier: MIT
#include "sim/harness/observed/damage.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "impl/esent.h"

namespace backstop::observed {
namespace {

constexpr uint64_t kPage = 4096;
constexpr uint64_t kHeaderPages = 2;
constexpr uint64_t kCatalogPage = 5;  ///< from the start of the file
constexpr uint64_t kSegmentHeader = 40;
bool IsRestore(const Step& step) {
  return step.call.starts_with("JetRestore") || step.call.starts_with("JetExternalRestore");
}
bool ReadsFilesAgain(const Step& step) {
  return IsRestore(step) || step.call.starts_with("JetInit");
}

bool Shows(const Step& step, std::initializer_list<JET_ERR> codes) {
  return std::ranges::find(codes, step.err) != codes.end();
}

/// The steps of a sequence that come after one of them.
std::span<const Step> After(const Sequence& sequence, const Step& step) {
  const auto index = static_cast<size_t>(&step - sequence.steps.data());
  return std::span(sequence.steps).subspan(index + 1);
}

bool IsLog(const std::string& path) { return path.ends_with(".log"); }
bool IsDatabase(const std::string& path) { return path.ends_with(".edb"); }

/// The size that every recorded database has: none outgrew the one it is made with.
constexpr uint64_t kRecordedDatabaseBytes = 256 * kPage;

/// The size of the databases' copies as recorded; 0 if no database was copied.
uint64_t RecordedCopySize(const Sequence& sequence) {
  int64_t size = 0;
  for (const Step& step : sequence.steps) {
    const bool opens = step.call.starts_with("JetOpenFile") && step.Text("name").ends_with(".edb");
    if (opens && step.err >= 0) size = std::max(size, OutNumber(step, "size"));
    if (step.call != "ls" || !step.out.contains("files")) continue;
    for (const auto& file : step.out.at("files")) {
      const std::string text = file.is_string() ? file.get<std::string>() : "";
      const size_t colon = text.find(".edb:");
      if (colon == std::string::npos) continue;
      size = std::max<int64_t>(size, std::strtoll(text.c_str() + colon + 5, nullptr, 10));
    }
  }
  return static_cast<uint64_t>(size);
}

/// The end of what was ever written into a file.
uint64_t UsedEnd(std::span<const std::byte> bytes) {
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(),
                                 [](std::byte byte) { return byte != std::byte{0}; });
  return static_cast<uint64_t>(bytes.rend() - last);
}

/// Header, records, or what lies behind them.
ByteRange InLog(const ByteRange& recorded, uint64_t recorded_size,
                std::span<const std::byte> bytes) {
  if (recorded.at < kPage) return recorded;
  const uint64_t used = UsedEnd(bytes);
  const bool tail = recorded.at + recorded.size == recorded_size && recorded.size < kPage;
  if (tail) {
    const uint64_t at = bytes.size() - recorded.size;
    return at >= used ? ByteRange{at, recorded.size} : ByteRange{};
  }
  if (used <= kPage + kSegmentHeader) return {};
  if (recorded.at + recorded.size >= recorded_size) return {kPage, used - kPage};
  // Behind the first segment stays behind it: that one holds what was logged first of all.
  const uint64_t segments = (used - 1) / kPage;
  const uint64_t before = recorded.at / kPage - 1;
  const uint64_t scaled = before * segments / (recorded_size / kPage - 1);
  const uint64_t index = std::min(std::max(scaled, std::min<uint64_t>(before, 1)), segments - 1);
  const uint64_t at = (index + 1) * kPage + kSegmentHeader;
  return {at, std::min(recorded.size, used - std::min(at, used))};
}

uint32_t Load(std::span<const std::byte> bytes, size_t at) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// The leaves of the table that has most of them, in order.
std::vector<uint64_t> RowPages(std::span<const std::byte> bytes) {
  constexpr size_t kObject = 24, kFlags = 36;
  constexpr uint32_t kRoot = 1, kLeaf = 2;
  std::map<uint32_t, std::vector<uint64_t>> leaves;
  for (uint64_t at = kHeaderPages * kPage; at + kPage <= bytes.size(); at += kPage) {
    const auto page = bytes.subspan(at, kPage);
    if ((Load(page, kFlags) & (kRoot | kLeaf)) != kLeaf) continue;
    leaves[Load(page, kObject)].push_back(at);
  }
  std::vector<uint64_t> most;
  for (auto& [object, pages] : leaves) {
    if (pages.size() > most.size()) most = std::move(pages);
  }
  return most;
}

/// A data page. Which one it was to the original engine shows in who noticed: nobody, whoever reads
/// the rows, or redo, which goes on where the last rows were, or whoever attaches it.
ByteRange InPage(const Sequence& sequence, const Step& step, const ByteRange& recorded,
                 std::span<const std::byte> bytes) {
  const std::vector<uint64_t> pages = RowPages(bytes);
  if (pages.empty()) return {};
  for (const Step& later : After(sequence, step)) {
    if (!Shows(later, {JET_errReadVerifyFailure, JET_errDatabaseCorrupted})) continue;
    if (later.call.starts_with("JetAttachDatabase")) {
      return {kCatalogPage * kPage, std::min(recorded.size, kPage)};
    }
    const bool by_reader = later.call == "CountRows";
    return {by_reader ? pages[pages.size() / 4] : pages.back(), std::min(recorded.size, kPage)};
  }
  return {};
}

ByteRange InDatabase(const Sequence& sequence, const Step& step, const ByteRange& recorded,
                     std::span<const std::byte> bytes) {
  if (recorded.at + recorded.size <= kHeaderPages * kPage) return recorded;
  const uint64_t copy = RecordedCopySize(sequence);
  if (copy != 0 && recorded.at + kPage >= copy) {
    return {bytes.size() - kPage + recorded.at % kPage, recorded.size};
  }
  return InPage(sequence, step, recorded, bytes);
}

bool WasNoticed(const Sequence& sequence) {
  return std::ranges::any_of(sequence.steps, [](const Step& step) {
    return Shows(step,
                 {JET_errReadVerifyFailure, JET_errLogReadVerifyFailure, JET_errDatabaseCorrupted});
  });
}

/// The size of log files, which every sequence was recorded with unless it says otherwise.
uint64_t RecordedLogSize(const Sequence& sequence) {
  const auto setting = sequence.settings.find("JET_paramLogFileSize");
  const uint64_t kilobytes =
      setting == sequence.settings.end() ? 128 : std::strtoull(setting->second.c_str(), nullptr, 0);
  return kilobytes * 1024;
}

}  // namespace

ByteRange MapDamage(const Sequence& sequence, const Step& step, std::span<const std::byte> bytes) {
  const ByteRange recorded{static_cast<uint64_t>(Number(step, "at")),
                           static_cast<uint64_t>(Number(step, "n"))};
  const std::string path = step.Text("path");
  const bool read_again = std::ranges::any_of(After(sequence, step), ReadsFilesAgain);
  if (!read_again) return WasNoticed(sequence) ? recorded : ByteRange{};
  if (IsLog(path)) return InLog(recorded, RecordedLogSize(sequence), bytes);
  return IsDatabase(path) ? InDatabase(sequence, step, recorded, bytes) : recorded;
}

uint64_t MapSize(const Sequence& sequence, const Step& step, uint64_t bytes) {
  const auto recorded = static_cast<uint64_t>(Number(step, "size"));
  const uint64_t copy = std::max(RecordedCopySize(sequence), kRecordedDatabaseBytes);
  if (!IsDatabase(step.Text("path")) || recorded <= kHeaderPages * kPage) return recorded;
  const bool noticed = std::ranges::any_of(After(sequence, step), [](const Step& later) {
    return Shows(later, {JET_errReadVerifyFailure, JET_errDatabaseCorrupted, JET_errBadPatchPage,
                         JET_errFileIOBeyondEOF, JET_errReadLostFlushVerifyFailure});
  });
  if (!noticed) return bytes;  // no page that was in use
  const bool by_redo = std::ranges::any_of(After(sequence, step), [](const Step& later) {
    return later.call.starts_with("JetInit") && Shows(later, {JET_errFileIOBeyondEOF});
  });
  // What redo missed was there before the log began.
  if (by_redo) return bytes / kPage / 4 * kPage;
  if (recorded + kPage == copy) return bytes - kPage;
  return recorded * (bytes / kPage) / copy * kPage;
}

}  // namespace backstop::observed
