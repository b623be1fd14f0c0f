// SPDX-License-Identifier: MIT
#include "model/export/promela_rows.h"
#include "model/machine/tables.h"

namespace backstop::model::promela {

std::vector<TableWriter> TheTables() {
  std::vector<TableWriter> tables;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, AllTables>>(
      [&](auto table) { tables.push_back(MakeTableWriter<typename decltype(table)::type>()); });
  return tables;
}

}  // namespace backstop::model::promela
