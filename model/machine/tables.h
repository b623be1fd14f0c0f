// SPDX-License-Identifier: MIT
// All tables, in the order in which rows are numbered and chapters of clauses stand.
#pragma once

#include "model/machine/begin_table.h"
#include "model/machine/data_table.h"
#include "model/machine/database_table.h"
#include "model/machine/end_table.h"
#include "model/machine/external_restore_table.h"
#include "model/machine/gate_table.h"
#include "model/machine/instance_table.h"
#include "model/machine/log_table.h"
#include "model/machine/open_table.h"
#include "model/machine/parameter_table.h"
#include "model/machine/restore_table.h"
#include "model/machine/service_table.h"
#include "model/machine/session_gate_table.h"
#include "model/machine/session_table.h"
#include "model/machine/snapshot_end_table.h"
#include "model/machine/snapshot_table.h"
#include "model/machine/whole_table.h"

namespace backstop::model {

using AllTables =
    mp::mp_list<GateTable, SessionGateTable, InstanceTable, ServiceTable, ParameterTable,
                SessionTable, DatabaseTable, OpenTable, DataTable, LogTable, BeginTable, EndTable,
                WholeTable, SnapshotTable, SnapshotEndTable, RestoreTable, ExternalRestoreTable>;

}  // namespace backstop::model
