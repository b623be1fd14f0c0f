// SPDX-License-Identifier: MIT
#include "sim/world/file_content.h"

#include <algorithm>
#include <cstring>

namespace backstop::world {
namespace {

size_t PagesFor(uint64_t bytes) {
  return static_cast<size_t>((bytes + kPageBytes - 1) / kPageBytes);
}

/// The part of a transfer that lies in one page.
struct Piece {
  size_t page;
  size_t from;  ///< within the page
  size_t bytes;
};

Piece PieceAt(uint64_t offset, size_t left) {
  const auto from = static_cast<size_t>(offset % kPageBytes);
  return {static_cast<size_t>(offset / kPageBytes), from, std::min(left, kPageBytes - from)};
}

}  // namespace

size_t FileContent::Read(uint64_t offset, std::span<std::byte> to) const {
  if (offset >= size_) return 0;
  const auto total = static_cast<size_t>(std::min<uint64_t>(to.size(), size_ - offset));
  for (size_t done = 0; done < total;) {
    const Piece piece = PieceAt(offset + done, total - done);
    if (const Page* page = pages_[piece.page].get()) {
      std::memcpy(&to[done], &page->bytes[piece.from], piece.bytes);
    } else {
      std::memset(&to[done], 0, piece.bytes);
    }
    done += piece.bytes;
  }
  return total;
}

void FileContent::Write(uint64_t offset, std::span<const std::byte> from) {
  if (from.empty()) return;
  if (offset + from.size() > size_) Resize(offset + from.size());
  for (size_t done = 0; done < from.size();) {
    const Piece piece = PieceAt(offset + done, from.size() - done);
    std::memcpy(&Own(piece.page).bytes[piece.from], &from[done], piece.bytes);
    done += piece.bytes;
  }
}

// The rest of a page cut in the middle is wiped: bytes beyond the end must read as zeros if the
// file grows again.
void FileContent::Resize(uint64_t bytes) {
  pages_.resize(PagesFor(bytes));
  const auto used = static_cast<size_t>(bytes % kPageBytes);
  if (bytes < size_ && used != 0 && pages_.back()) {
    Page& last = Own(pages_.size() - 1);
    std::memset(&last.bytes[used], 0, kPageBytes - used);
  }
  size_ = bytes;
}

Page& FileContent::Own(size_t index) {
  boost::intrusive_ptr<Page>& page = pages_[index];
  if (!page) {
    page = new Page;
  } else if (page->use_count() > 1) {
    page = new Page(*page);
  }
  return *page;
}

}  // namespace backstop::world
