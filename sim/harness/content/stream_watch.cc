// SPDX-License-Identifier: MIT
#include "sim/harness/content/stream_watch.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

constexpr unsigned kHeaders = 2;

bool IsBlank(PageBytes page) {
  // Each byte is like the one after it.
  return page[0] == std::byte{0} && std::memcmp(&page[0], &page[1], page.size() - 1) == 0;
}

}  // namespace

void StreamWatch::BeginRun() {
  streams_.clear();
  copied_.clear();
  breach_.reset();
}

StreamWatch::Stream& StreamWatch::Of(model::FileRef file) {
  if (streams_.size() <= file) streams_.resize(file + size_t{1});
  return streams_[file];
}

void StreamWatch::OpenedDatabase(model::FileRef file, std::string path, uint32_t size) {
  Of(file) = Stream{};
  Of(file).path = std::move(path);
  Of(file).size = size;
}

void StreamWatch::OpenedLog(model::FileRef file, uint32_t generation) {
  Of(file) = Stream{};
  Of(file).generation = generation;
}

void StreamWatch::Delivered(model::FileRef file, PageBytes pages) {
  Stream& stream = Of(file);
  stream.delivered += static_cast<uint32_t>(pages.size() / kPageBytes);
  for (size_t at = 0; at + kPageBytes <= pages.size(); at += kPageBytes) {
    const PageBytes page = pages.subspan(at, kPageBytes);
    if (!stream.path.empty()) LookAtDatabase(stream, page);
    if (stream.generation != 0) LookAtLog(stream, page);
  }
  if (!stream.path.empty() && stream.delivered == stream.size) copied_.insert(stream.path);
}

void StreamWatch::LookAtDatabase(Stream& stream, PageBytes page) {
  if (ClaimsToBeHeader(page)) return LookAtHeader(stream, page);
  if (IsDatabasePage(page) || IsBlank(page)) return;
  const auto trailer = ReadTrailerPage(page);
  if (!trailer) return Break("INV-37", stream, "a page fails its checksum");
  if (stream.trailer) return Break("INV-35", stream, "the trailer page comes twice");
  stream.trailer = trailer;
  CompareTrailer(stream);
}

void StreamWatch::LookAtHeader(Stream& stream, PageBytes page) {
  if (!HeaderSumIsRight(page)) return Break("INV-36", stream, "a header page fails its checksum");
  const BackupMark current = ReadHeaderPage(page).full_current;
  if (current.low == 0 || current.high != 0 || current.position == 0) {
    return Break("INV-36", stream, "a header page does not name the backup that copies it");
  }
  if (++stream.headers > kHeaders) {
    return Break("INV-35", stream, "there are more than two header pages");
  }
  if (stream.headers == 1) {
    stream.header.assign(page.begin(), page.end());
    return CompareTrailer(stream);
  }
  if (std::memcmp(stream.header.data(), page.data(), page.size()) != 0) {
    Break("INV-35", stream, "the two header pages differ");
  }
}

// Reads overlap, so the trailer may be seen before the header.
void StreamWatch::CompareTrailer(const Stream& stream) {
  if (!stream.trailer || stream.header.empty()) return;
  const BackupMark current = ReadHeaderPage(stream.header).full_current;
  if (stream.trailer->position != current.position || stream.trailer->low != current.low) {
    Break("INV-36", stream, "header and trailer name different backups");
  }
}

void StreamWatch::LookAtLog(const Stream& stream, PageBytes page) {
  if (IsBlank(page) || SegmentGeneration(page) == stream.generation) return;
  const auto header = ReadLogHeader(page);
  if (header && header->generation == stream.generation) return;
  Break("INV-39", stream, "a page belongs to no log, or to another one");
}

void StreamWatch::Break(const char* rule, const Stream& stream, const char* what) {
  if (breach_) return;
  const std::string name =
      stream.path.empty() ? fmt::format("generation {}", stream.generation) : stream.path;
  breach_ = Breach{.rule = rule, .text = fmt::format("in the stream of {}, {}", name, what)};
}

}  // namespace backstop::harness
