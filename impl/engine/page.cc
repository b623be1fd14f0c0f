// SPDX-License-Identifier: MIT
#include "impl/engine/page.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr size_t kTagBytes = 4;
constexpr size_t kSpaceHeaderBytes = 16;
constexpr size_t kLargePage = 8192;

}  // namespace

size_t PageHeaderBytes(size_t page_bytes) { return page_bytes > kLargePage ? 80 : 40; }

size_t RowBytesMax(size_t page_bytes) {
  return page_bytes - PageHeaderBytes(page_bytes) - kSpaceHeaderBytes - 2 * kTagBytes;
}

std::vector<std::byte> MakeRow(uint64_t key, ConstBytes record) {
  std::vector<std::byte> row;
  row.reserve(kRowOverhead + record.size());
  AppendValue<uint16_t>(&row, sizeof key);
  for (int shift = 56; shift >= 0; shift -= 8) row.push_back(static_cast<std::byte>(key >> shift));
  AppendBytes(&row, record);
  return row;
}

uint64_t RowKey(ConstBytes row) {
  uint64_t key = 0;
  for (std::byte b : row.subspan(2, sizeof key)) key = key << 8 | std::to_integer<uint64_t>(b);
  return key;
}

void PageView::Format(uint32_t object, uint32_t flags, uint32_t previous, uint64_t dbtime) {
  std::fill(page_.begin(), page_.end(), std::byte{0});
  const size_t external = (flags & kPageRoot) != 0 ? kSpaceHeaderBytes : 0;
  set_dbtime(dbtime);
  Store(page_, 16, previous);
  Store(page_, 24, object);
  Store<uint16_t>(page_, 34, 1);
  Store(page_, 36, flags | kPageNewRecords | kPageNewChecksum);
  SetTag(0, {static_cast<uint16_t>(external), 0});
  if (external != 0) Store<uint32_t>(Data(), 0, 1);  // initial extent: one page
  SetFree(external, Data().size() - external - kTagBytes);
}

ConstBytes PageView::Row(unsigned slot) const {
  const Tag tag = GetTag(slot + 1);
  return Data().subspan(tag.offset, tag.size);
}

unsigned PageView::LowerBound(uint64_t key) const {
  unsigned low = 0, high = row_count();
  while (low < high) {
    const unsigned middle = (low + high) / 2;
    if (RowKey(Row(middle)) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool PageView::HasRoomFor(size_t row_bytes) const { return FreeBytes() >= row_bytes + kTagBytes; }

void PageView::InsertRow(unsigned slot, ConstBytes row) {
  const unsigned tags = tag_count();
  if (FirstFree() + row.size() + kTagBytes * (tags + 1) > Data().size()) MoveTogether();
  const size_t at = FirstFree();
  StoreBytes(Data(), at, row);
  for (unsigned tag = tags; tag > slot + 1; --tag) SetTag(tag, GetTag(tag - 1));
  SetTag(slot + 1, {static_cast<uint16_t>(row.size()), static_cast<uint16_t>(at)});
  Store<uint16_t>(page_, 34, static_cast<uint16_t>(tags + 1));
  SetFree(at + row.size(), FreeBytes() - row.size() - kTagBytes);
}

void PageView::DeleteRow(unsigned slot) {
  const unsigned tags = tag_count();
  const size_t freed = GetTag(slot + 1).size;
  for (unsigned tag = slot + 1; tag + 1 < tags; ++tag) SetTag(tag, GetTag(tag + 1));
  SetTag(tags - 1, {0, 0});
  Store<uint16_t>(page_, 34, static_cast<uint16_t>(tags - 1));
  SetFree(FirstFree(), FreeBytes() + freed + kTagBytes);
}

void PageView::SetFree(size_t first_free, size_t free_bytes) {
  Store<uint16_t>(page_, 28, static_cast<uint16_t>(free_bytes));
  Store<uint16_t>(page_, 32, static_cast<uint16_t>(first_free));
}

/// Rows move down over the gaps that deleted ones left, in tag order.
void PageView::MoveTogether() {
  std::vector<std::byte> packed;
  packed.reserve(Data().size());
  for (unsigned index = 0; index < tag_count(); ++index) {
    const Tag tag = GetTag(index);
    SetTag(index, {tag.size, static_cast<uint16_t>(packed.size())});
    AppendBytes(&packed, Data().subspan(tag.offset, tag.size));
  }
  StoreBytes(Data(), 0, packed);
  SetFree(packed.size(), FreeBytes());
}

}  // namespace backstop::engine
