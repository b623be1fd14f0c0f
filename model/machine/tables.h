// SPDX-License-Identifier: MIT
// All tables, in the order in which rows are numbered and chapters of clauses stand.
#pragma once

#include "model/machine/backup_table.h"
#include "model/machine/data_table.h"
#include "model/machine/gate_table.h"
#include "model/machine/instance_table.h"
#include "model/machine/log_table.h"
#include "model/machine/parameter_table.h"
#include "model/machine/service_table.h"
#include "model/machine/session_table.h"

namespace backstop::model {

using AllTables = mp::mp_list<GateTable, InstanceTable, ServiceTable, ParameterTable, SessionTable,
                              DataTable, LogTable, BackupTable>;

}  // namespace backstop::model
