// SPDX-License-Identifier: MIT
// Little-endian fields at fixed offsets of pages, headers and records.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace backstop::engine {

static_assert(std::endian::native == std::endian::little, "files are written as memory holds them");

using Bytes = std::span<std::byte>;
using ConstBytes = std::span<const std::byte>;

template <class T>
T Load(ConstBytes from, size_t offset) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, from.subspan(offset, sizeof value).data(), sizeof value);
  return value;
}

template <class T>
void Store(Bytes to, size_t offset, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::memcpy(to.subspan(offset, sizeof value).data(), &value, sizeof value);
}

inline void StoreBytes(Bytes to, size_t offset, ConstBytes value) {
  if (!value.empty())
    std::memcpy(to.subspan(offset, value.size()).data(), value.data(), value.size());
}

inline void AppendBytes(std::vector<std::byte>* to, ConstBytes value) {
  to->insert(to->end(), value.begin(), value.end());
}

template <class T>
void AppendValue(std::vector<std::byte>* to, const T& value) {
  AppendBytes(to, std::as_bytes(std::span(&value, 1)));
}

}  // namespace backstop::engine
