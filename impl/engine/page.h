// SPDX-License-Identifier: MIT
// One data page: header, rows in the order of their keys, tags that grow from the end (contract
// section 8.5). A view over bytes that somebody else owns.
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"

namespace backstop::engine {

inline constexpr uint32_t kPageRoot = 0x1;
inline constexpr uint32_t kPageLeaf = 0x2;
inline constexpr uint32_t kPageEmpty = 0x8;
inline constexpr uint32_t kPageSpaceTree = 0x20;
inline constexpr uint32_t kPageNewRecords = 0x800;
inline constexpr uint32_t kPageNewChecksum = 0x2000;

/// Bytes of the page header: 40, or 80 above pages of 8192 bytes.
size_t PageHeaderBytes(size_t page_bytes);
/// The largest row that fits into an empty page.
size_t RowBytesMax(size_t page_bytes);

/// A row is the size of its key (2 bytes), its key (8 bytes, big-endian) and its record.
inline constexpr size_t kRowOverhead = 2 + sizeof(uint64_t);
std::vector<std::byte> MakeRow(uint64_t key, ConstBytes record);
uint64_t RowKey(ConstBytes row);
inline ConstBytes RowRecord(ConstBytes row) { return row.subspan(kRowOverhead); }

class PageView {
 public:
  explicit PageView(Bytes page) : page_(page) {}

  /// Makes an empty page. A root page gets the 16 bytes of the space header.
  void Format(uint32_t object, uint32_t flags, uint32_t previous, uint64_t dbtime);

  uint64_t dbtime() const { return Load<uint64_t>(page_, 8); }
  void set_dbtime(uint64_t dbtime) { Store(page_, 8, dbtime); }
  uint32_t previous() const { return Load<uint32_t>(page_, 16); }
  uint32_t next() const { return Load<uint32_t>(page_, 20); }
  void set_next(uint32_t page) { Store(page_, 20, page); }
  uint32_t object() const { return Load<uint32_t>(page_, 24); }
  uint32_t flags() const { return Load<uint32_t>(page_, 36); }

  unsigned row_count() const { return Load<uint16_t>(page_, 34) - 1u; }
  ConstBytes Row(unsigned slot) const;
  /// The first slot whose key is not below `key`; row_count() if there is none.
  unsigned LowerBound(uint64_t key) const;
  bool HasRoomFor(size_t row_bytes) const;
  /// The caller has checked HasRoomFor; rows from `slot` on move up by one.
  void InsertRow(unsigned slot, ConstBytes row);
  void DeleteRow(unsigned slot);

 private:
  struct Tag {
    uint16_t size;
    uint16_t offset;  ///< from the end of the page header
  };
  static_assert(sizeof(Tag) == 4);

  unsigned tag_count() const { return Load<uint16_t>(page_, 34); }
  size_t TagAt(unsigned index) const { return page_.size() - sizeof(Tag) * (index + 1); }
  Tag GetTag(unsigned index) const { return Load<Tag>(page_, TagAt(index)); }
  void SetTag(unsigned index, Tag tag) { Store(page_, TagAt(index), tag); }
  Bytes Data() const { return page_.subspan(PageHeaderBytes(page_.size())); }
  size_t FirstFree() const { return Load<uint16_t>(page_, 32); }
  size_t FreeBytes() const { return Load<uint16_t>(page_, 28); }
  void SetFree(size_t first_free, size_t free_bytes);
  void MoveTogether();

  Bytes page_;
};

}  // namespace backstop::engine
