// SPDX-License-Identifier: MIT
// The catalog of a database: a table (MSysObjects) of tables and columns, at its known page.
#pragma once

#include <string>
#include <vector>

#include "impl/engine/database.h"
#include "impl/engine/record.h"

namespace backstop::engine {

struct TableDefinition {
  uint32_t object = 0;
  uint32_t root = 0;
  std::string name;
  std::vector<Column> columns;

  /// Null if there is none. Names compare without case.
  const Column* Find(const std::string& column) const;
  const Column* Find(JET_COLUMNID id) const;
};

/// What `transaction` sees of a table. JET_errObjectNotFound.
Err FindTable(Database& database, const Transaction& transaction, const std::string& name,
              TableDefinition* table);
/// Brings a definition up to date with what any transaction added. JET_errObjectNotFound.
Err RefreshTable(Database& database, TableDefinition* table);
/// Makes an empty table within `transaction`. JET_errTableDuplicate.
Err AddTable(Database& database, Transaction& transaction, const std::string& name,
             TableDefinition* table);
/// Adds a column within `transaction` and fills in its identifier and place. JET_errColumnDuplicate
/// and what PlaceColumn says. `table` becomes what is true now.
Err AddColumn(Database& database, Transaction& transaction, TableDefinition* table, Column* column);

}  // namespace backstop::engine
