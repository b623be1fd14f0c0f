// SPDX-License-Identifier: MIT
#include "impl/engine/index_key.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr char kNull = 0x00;
constexpr char kZeroLength = 0x40;
constexpr char kValue = 0x7f;
constexpr size_t kChunk = 8;
constexpr char kMoreChunks = kChunk + 1;

char At(ConstBytes value, size_t index) { return static_cast<char>(value[index]); }

/// The bytes from the highest down, so that memory compares numbers.
Key HighFirst(ConstBytes value) {
  Key bytes;
  for (size_t i = value.size(); i-- > 0;) bytes.push_back(At(value, i));
  return bytes;
}

Key Signed(ConstBytes value) {
  Key bytes = HighFirst(value);
  bytes[0] = static_cast<char>(bytes[0] ^ 0x80);
  return bytes;
}

/// Negative numbers sort the other way round.
Key Floating(ConstBytes value) {
  Key bytes = HighFirst(value);
  const bool negative = (bytes[0] & 0x80) != 0;
  if (!negative) {
    bytes[0] = static_cast<char>(bytes[0] ^ 0x80);
  } else {
    for (char& byte : bytes) byte = static_cast<char>(~byte);
  }
  return bytes;
}

Key Text(ConstBytes value) {
  Key bytes;
  for (size_t i = 0; i < value.size() && At(value, i) != '\0'; ++i) {
    const char c = At(value, i);
    bytes.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  bytes.push_back('\0');
  return bytes;
}

/// Chunks of eight bytes, each followed by a mark that another one comes or by how much of it
/// counts.
Key Binary(ConstBytes value) {
  Key bytes;
  for (size_t at = 0; at < value.size(); at += kChunk) {
    const size_t count = std::min(kChunk, value.size() - at);
    for (size_t i = 0; i < kChunk; ++i) bytes.push_back(i < count ? At(value, at + i) : '\0');
    bytes.push_back(at + count < value.size() ? kMoreChunks : static_cast<char>(count));
  }
  return bytes;
}

Key Normalized(const Column& column, ConstBytes value) {
  switch (column.type) {
    case JET_coltypBit:
      return Key(1, At(value, 0) != 0 ? '\xff' : '\0');
    case JET_coltypUnsignedByte:
    case JET_coltypUnsignedShort:
    case JET_coltypUnsignedLong:
    case JET_coltypGUID:
      return HighFirst(value);
    case JET_coltypShort:
    case JET_coltypLong:
    case JET_coltypLongLong:
    case JET_coltypCurrency:
      return Signed(value);
    case JET_coltypIEEESingle:
    case JET_coltypIEEEDouble:
    case JET_coltypDateTime:
      return Floating(value);
    case JET_coltypText:
    case JET_coltypLongText:
      return Text(value);
    default:
      return Binary(value);
  }
}

}  // namespace

void AppendToKey(const Column& column, std::optional<ConstBytes> value, Key* key) {
  if (!value.has_value()) {
    key->push_back(kNull);
  } else if (value->empty()) {
    key->push_back(kZeroLength);
  } else {
    key->push_back(kValue);
    key->append(Normalized(column, value->first(std::min(value->size(), kKeyBytesMax))));
  }
  if (key->size() > kKeyBytesMax) key->resize(kKeyBytesMax);
}

}  // namespace backstop::engine
