// SPDX-License-Identifier: MIT
// The bytes of one file, in pages that several contents may share.
#pragma once

#include <array>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace backstop::world {

/// Reference counts without atomics: everything that shares lives on one thread.
template <class T>
using Shared = boost::intrusive_ref_counter<T, boost::thread_unsafe_counter>;

inline constexpr size_t kPageBytes = 4096;

struct Page : Shared<Page> {
  std::array<std::byte, kPageBytes> bytes{};
};

/// Bytes never written read as zeros and take no memory. Copying copies references to pages.
class FileContent : public Shared<FileContent> {
 public:
  uint64_t size() const { return size_; }
  /// Returns the number of bytes read: less than asked at the end of the file.
  size_t Read(uint64_t offset, std::span<std::byte> to) const;
  /// Grows the file as needed.
  void Write(uint64_t offset, std::span<const std::byte> from);
  void Resize(uint64_t bytes);

 private:
  /// Page `index` for writing: created or copied as needed.
  Page& Own(size_t index);

  uint64_t size_ = 0;
  std::vector<boost::intrusive_ptr<Page>> pages_;  ///< null where nothing was written
};

}  // namespace backstop::world
