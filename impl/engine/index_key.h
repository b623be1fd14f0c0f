// SPDX-License-Identifier: MIT
// Keys of a primary index: the values of its columns as bytes that sort as the values do.
#pragma once

#include <optional>

#include "impl/engine/key.h"
#include "impl/engine/record.h"

namespace backstop::engine {

/// Adds a column's value to a key; nothing: NULL, which sorts below all values. Text sorts without
/// case and up to its first NUL. What is beyond kKeyBytesMax bytes of a key does not count.
void AppendToKey(const Column& column, std::optional<ConstBytes> value, Key* key);

}  // namespace backstop::engine
