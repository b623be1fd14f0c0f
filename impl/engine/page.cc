// SPDX-License-Identifier: MIT
#include "impl/engine/page.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr size_t kSpaceHeaderBytes = 16;
constexpr size_t kLargePage = 8192;
constexpr uint16_t kFlagMask = 0xe000;
constexpr uint16_t kDeletedFlag = 0x4000;

}  // namespace

size_t PageHeaderBytes(size_t page_bytes) { return page_bytes > kLargePage ? 80 : 40; }

size_t RowSpace(size_t page_bytes, bool root) {
  const size_t external = root ? kSpaceHeaderBytes : 0;
  return page_bytes - PageHeaderBytes(page_bytes) - external - kTagBytes;
}

size_t RowBytesMax(size_t page_bytes) { return RowSpace(page_bytes, true) - kTagBytes; }

std::vector<std::byte> MakeRow(KeyView key, ConstBytes record) {
  std::vector<std::byte> row;
  row.reserve(RowBytes(key.size(), record.size()));
  AppendValue(&row, static_cast<uint16_t>(key.size()));
  AppendBytes(&row, BytesOf(key));
  AppendBytes(&row, record);
  return row;
}

std::vector<std::byte> MakeBranchRow(KeyView key, uint32_t page) {
  return MakeRow(key, std::as_bytes(std::span(&page, 1)));
}

bool IsRow(ConstBytes row, bool leaf) {
  if (row.size() < kKeySizeBytes) return false;
  const size_t key = Load<uint16_t>(row, 0) & ~kFlagMask;
  const size_t least = kKeySizeBytes + key + (leaf ? 0 : sizeof(uint32_t));
  return key <= kKeyBytesMax + 1 && row.size() >= least;
}

KeyView RowKey(ConstBytes row) {
  const size_t size = Load<uint16_t>(row, 0) & ~kFlagMask;
  const ConstBytes key = row.subspan(kKeySizeBytes, size);
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

ConstBytes RowRecord(ConstBytes row) { return row.subspan(kKeySizeBytes + RowKey(row).size()); }

bool PageView::large() const { return page_.size() > kLargePage; }

void PageView::Format(uint32_t object, uint32_t flags, uint32_t previous, uint32_t next,
                      uint64_t dbtime) {
  std::fill(page_.begin(), page_.end(), std::byte{0});
  const size_t external = (flags & kPageRoot) != 0 ? kSpaceHeaderBytes : 0;
  set_dbtime(dbtime);
  set_previous(previous);
  set_next(next);
  Store(page_, 24, object);
  Store<uint16_t>(page_, 34, 1);
  Store(page_, 36, flags | kPageNewRecords | kPageNewChecksum);
  SetTag(0, {static_cast<uint16_t>(external), 0});
  if (external != 0) Store<uint32_t>(Data(), 0, 1);  // initial extent: one page
  SetFree(external, Data().size() - external - kTagBytes);
}

bool PageView::IsWellFormed() const {
  const size_t tags = tag_count(), data = Data().size();
  if (tags == 0 || tags * kTagBytes > data) return false;
  const size_t end = data - tags * kTagBytes;
  size_t used = 0;
  for (unsigned index = 0; index < tags; ++index) {
    const Tag tag = GetTag(index);
    if (size_t{tag.offset} + tag.size > end) return false;
    used += tag.size;
    if (index == 0) continue;
    if (!IsRow(Data().subspan(tag.offset, tag.size), leaf())) return false;
  }
  return used <= FirstFree() && FirstFree() <= end && FreeBytes() == end - used;
}

PageView::Tag PageView::GetTag(unsigned index) const {
  Tag tag = Load<Tag>(page_, TagAt(index));
  if (!large()) tag.offset &= static_cast<uint16_t>(~kFlagMask);
  return tag;
}

uint16_t PageView::FlagWord(unsigned slot) const {
  if (large()) return Load<uint16_t>(Row(slot), 0);
  return Load<Tag>(page_, TagAt(slot + 1)).offset;
}

void PageView::SetFlagWord(unsigned slot, uint16_t word) {
  if (large()) return Store(Data(), GetTag(slot + 1).offset, word);
  SetTag(slot + 1, {GetTag(slot + 1).size, word});
}

bool PageView::deleted(unsigned slot) const { return (FlagWord(slot) & kDeletedFlag) != 0; }

void PageView::set_deleted(unsigned slot, bool deleted) {
  const uint16_t word = FlagWord(slot);
  const unsigned with = word | kDeletedFlag, without = word & ~unsigned{kDeletedFlag};
  SetFlagWord(slot, static_cast<uint16_t>(deleted ? with : without));
}

ConstBytes PageView::Row(unsigned slot) const {
  const Tag tag = GetTag(slot + 1);
  return Data().subspan(tag.offset, tag.size);
}

unsigned PageView::LowerBound(KeyView key) const {
  unsigned low = 0, high = row_count();
  while (low < high) {
    const unsigned middle = (low + high) / 2;
    if (KeyOf(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Keys of a branch are upper bounds that are not reached.
unsigned PageView::ChildSlot(KeyView key) const {
  unsigned low = 0, high = row_count() - 1;
  while (low < high) {
    const unsigned middle = (low + high) / 2;
    if (KeyOf(middle) <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void PageView::InsertRow(unsigned slot, ConstBytes row) {
  const unsigned tags = tag_count();
  if (FirstFree() + row.size() + kTagBytes * (tags + 1) > Data().size()) MoveTogether();
  const size_t at = FirstFree();
  StoreBytes(Data(), at, row);
  for (unsigned tag = tags; tag > slot + 1; --tag) SetTag(tag, Load<Tag>(page_, TagAt(tag - 1)));
  SetTag(slot + 1, {static_cast<uint16_t>(row.size()), static_cast<uint16_t>(at)});
  Store<uint16_t>(page_, 34, static_cast<uint16_t>(tags + 1));
  SetFree(at + row.size(), FreeBytes() - row.size() - kTagBytes);
}

void PageView::DeleteRow(unsigned slot) {
  const unsigned tags = tag_count();
  const size_t freed = GetTag(slot + 1).size;
  for (unsigned tag = slot + 1; tag + 1 < tags; ++tag) {
    SetTag(tag, Load<Tag>(page_, TagAt(tag + 1)));
  }
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
    const auto stored = Load<Tag>(page_, TagAt(index));
    const Tag tag = GetTag(index);
    const unsigned flags = large() ? 0u : stored.offset & kFlagMask;
    SetTag(index, {tag.size, static_cast<uint16_t>(packed.size() | flags)});
    AppendBytes(&packed, Data().subspan(tag.offset, tag.size));
  }
  StoreBytes(Data(), 0, packed);
  SetFree(packed.size(), FreeBytes());
}

}  // namespace backstop::engine
