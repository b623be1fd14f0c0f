// SPDX-License-Identifier: MIT
// How a list of names goes into the buffer of a caller.
#pragma once

#include <cstdint>
#include <string>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/esent.h"

namespace backstop::api {

/// Where a multi-string goes: `buffer` may be null, and so may `actual`. Sizes are in bytes.
struct ListBuffer {
  void* buffer;
  uint32_t bytes;
  uint32_t* actual;
  bool wide = false;  ///< UTF-16
};

/// Which list it is: that of the databases, or one of the logs. They differ in what is counted.
enum class ListKind : uint8_t { kDatabases, kLogs };

/// Gives as much of `list` as fits and always its whole size, but for what the dialect says (D-16,
/// D-17): JET_errBufferTooSmall.
engine::Err GiveList(const engine::Dialect& dialect, const std::string& list, ListKind kind,
                     const ListBuffer& to);

}  // namespace backstop::api
