// SPDX-License-Identifier: MIT
// Values that are too long for a record: kept in a tree of their table, in segments of about a
// page.
#pragma once

#include <cstdint>

#include "impl/engine/database.h"

namespace backstop::engine {

inline constexpr size_t kLongValueIdBytes = sizeof(uint32_t);

/// Adds a value within `transaction`; `*id` is what a record keeps of it.
Err WriteLongValue(Database& database, Transaction& transaction, TreeId tree, ConstBytes value,
                   uint32_t* id);
/// JET_errRecordDeleted if `transaction` sees no such value, JET_errDatabaseCorrupted if parts of
/// it are missing.
Err ReadLongValue(Database& database, const Transaction& transaction, TreeId tree, uint32_t id,
                  std::vector<std::byte>* value);
Err DeleteLongValue(Database& database, Transaction& transaction, TreeId tree, uint32_t id);

}  // namespace backstop::engine
