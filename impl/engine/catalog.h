// SPDX-License-Identifier: MIT
// The catalog of a database: a table (MSysObjects) of tables and columns, at its known page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "impl/engine/database.h"
#include "impl/engine/record.h"

namespace backstop::engine {

/// The index that rows are sorted by.
struct PrimaryIndex {
  std::string name;
  JET_GRBIT grbit = 0;
  std::vector<JET_COLUMNID> columns;
};

struct TableDefinition {
  TreeId tree;
  std::string name;
  std::vector<Column> columns;
  std::optional<PrimaryIndex> index;  ///< without one, rows are in the order of their insertion
  TreeId long_values;                 ///< once a column may hold such

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
/// Makes the primary index within `transaction`. JET_errIndexDuplicate, JET_errIndexHasPrimary,
/// JET_errTableNotEmpty.
Err AddIndex(Database& database, Transaction& transaction, TableDefinition* table,
             const PrimaryIndex& index);
/// Whether names are the same: case does not count.
bool SameName(const std::string& a, const std::string& b);

}  // namespace backstop::engine
