// SPDX-License-Identifier: MIT
// One data page: header, rows in the order of their keys, tags that grow from the end (contract
// section 8.5). A view over bytes that somebody else owns.
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"
#include "impl/engine/key.h"

namespace backstop::engine {

inline constexpr uint32_t kPageRoot = 0x1;
inline constexpr uint32_t kPageLeaf = 0x2;
inline constexpr uint32_t kPageParentOfLeaf = 0x4;
inline constexpr uint32_t kPageEmpty = 0x8;
inline constexpr uint32_t kPageSpaceTree = 0x20;
inline constexpr uint32_t kPageLongValue = 0x80;
inline constexpr uint32_t kPageNewRecords = 0x800;
inline constexpr uint32_t kPageNewChecksum = 0x2000;

inline constexpr size_t kTagBytes = 4;

/// Bytes of the page header: 40, or 80 above pages of 8192 bytes.
size_t PageHeaderBytes(size_t page_bytes);
/// What rows and their tags may take of a page.
size_t RowSpace(size_t page_bytes, bool root);
/// The largest row that fits into an empty page.
size_t RowBytesMax(size_t page_bytes);

/// A row is the size of its key (2 bytes, of which the upper three bits may be flags), its key, and
/// its record; in a branch the record is the number of a page, and all rows below that page have
/// keys below this one. The last key of a branch may be empty and then is above all others.
inline constexpr size_t kKeySizeBytes = sizeof(uint16_t);
constexpr size_t RowBytes(size_t key_bytes, size_t record_bytes) {
  return kKeySizeBytes + key_bytes + record_bytes;
}
std::vector<std::byte> MakeRow(KeyView key, ConstBytes record);
std::vector<std::byte> MakeBranchRow(KeyView key, uint32_t page);
/// Whether bytes can be a row of a leaf or of a branch.
bool IsRow(ConstBytes row, bool leaf);
KeyView RowKey(ConstBytes row);
ConstBytes RowRecord(ConstBytes row);
inline uint32_t RowChild(ConstBytes row) { return Load<uint32_t>(RowRecord(row), 0); }

class PageView {
 public:
  explicit PageView(Bytes page) : page_(page) {}

  /// Makes an empty page. A root page gets the 16 bytes of the space header.
  void Format(uint32_t object, uint32_t flags, uint32_t previous, uint32_t next, uint64_t dbtime);
  /// Whether rows and tags lie where they may: then no call below reaches out of the page.
  bool IsWellFormed() const;

  size_t bytes() const { return page_.size(); }
  uint64_t dbtime() const { return Load<uint64_t>(page_, 8); }
  void set_dbtime(uint64_t dbtime) { Store(page_, 8, dbtime); }
  uint32_t previous() const { return Load<uint32_t>(page_, 16); }
  void set_previous(uint32_t page) { Store(page_, 16, page); }
  uint32_t next() const { return Load<uint32_t>(page_, 20); }
  void set_next(uint32_t page) { Store(page_, 20, page); }
  uint32_t object() const { return Load<uint32_t>(page_, 24); }
  uint32_t flags() const { return Load<uint32_t>(page_, 36); }
  bool leaf() const { return (flags() & kPageLeaf) != 0; }

  unsigned row_count() const { return Load<uint16_t>(page_, 34) - 1u; }
  ConstBytes Row(unsigned slot) const;
  KeyView KeyOf(unsigned slot) const { return RowKey(Row(slot)); }
  /// The first slot whose key is not below `key`; row_count() if there is none.
  unsigned LowerBound(KeyView key) const;
  /// In a branch: the slot whose page may hold `key`.
  unsigned ChildSlot(KeyView key) const;
  bool Holds(unsigned slot, KeyView key) const { return slot < row_count() && KeyOf(slot) == key; }

  /// A deleted row stays until nobody needs it; other readers skip it.
  bool deleted(unsigned slot) const;
  void set_deleted(unsigned slot, bool deleted);

  /// Room for rows, their tags included.
  size_t FreeBytes() const { return Load<uint16_t>(page_, 28); }
  bool HasRoomFor(size_t row_bytes) const { return FreeBytes() >= row_bytes + kTagBytes; }
  /// The caller has checked HasRoomFor; rows from `slot` on move up by one.
  void InsertRow(unsigned slot, ConstBytes row);
  void DeleteRow(unsigned slot);

 private:
  struct Tag {
    uint16_t size;
    uint16_t offset;  ///< from the end of the page header
  };
  static_assert(sizeof(Tag) == kTagBytes);

  Bytes Data() const { return page_.subspan(PageHeaderBytes(page_.size())); }
  /// In large pages the flags of a row are in its own first bytes, else in its tag.
  bool large() const;
  unsigned tag_count() const { return Load<uint16_t>(page_, 34); }
  size_t TagAt(unsigned index) const { return page_.size() - sizeof(Tag) * (index + 1); }
  Tag GetTag(unsigned index) const;
  void SetTag(unsigned index, Tag tag) { Store(page_, TagAt(index), tag); }
  uint16_t FlagWord(unsigned slot) const;
  void SetFlagWord(unsigned slot, uint16_t word);
  size_t FirstFree() const { return Load<uint16_t>(page_, 32); }
  void SetFree(size_t first_free, size_t free_bytes);
  void MoveTogether();

  Bytes page_;
};

}  // namespace backstop::engine
