// SPDX-License-Identifier: MIT
// Keys of rows: bytes that sort as memory compares them, and the trees they are kept in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "impl/engine/bytes.h"

namespace backstop::engine {

using Key = std::string;
using KeyView = std::string_view;

inline constexpr size_t kKeyBytesMax = 255;

/// One B+ tree of a database: the object that its pages name, and its root page.
struct TreeId {
  uint32_t object = 0;
  uint32_t root = 0;
};

template <class T>
void AppendBigEndian(Key* key, T value) {
  for (int shift = 8 * (int{sizeof value} - 1); shift >= 0; shift -= 8) {
    key->push_back(static_cast<char>(value >> shift));
  }
}

/// The key of a row that is known by its place in the order of insertion.
inline Key NumberedKey(uint64_t number) {
  Key key;
  AppendBigEndian(&key, number);
  return key;
}

inline uint64_t NumberOf(KeyView key) {
  uint64_t number = 0;
  for (const char byte : key.substr(0, sizeof number)) {
    number = number << 8 | static_cast<uint8_t>(byte);
  }
  return number;
}

/// The lowest key above `key`.
inline Key KeyAfter(KeyView key) { return Key(key) + '\0'; }

inline ConstBytes BytesOf(KeyView key) { return std::as_bytes(std::span(key)); }

}  // namespace backstop::engine
