// SPDX-License-Identifier: MIT
// The members of the state, listed so that they can be walked through.
#pragma once

#include <boost/describe.hpp>

#include "model/explore/position.h"
#include "model/snapshot.h"

namespace backstop::model {

BOOST_DESCRIBE_STRUCT(FileState, (),
                      (kind, handle, database, unused, generation, offset_pages, size_pages))
BOOST_DESCRIBE_STRUCT(BackupState, (),
                      (phase, full, stop, prepared, truncated, copied, early_log, whole, copy_low,
                       copy_end, logs_read, sum_read, file))
BOOST_DESCRIBE_STRUCT(Stamp, (), (low, high))
BOOST_DESCRIBE_STRUCT(Header, (), (full, incremental, copy, differential))
BOOST_DESCRIBE_STRUCT(SnapshotSession, (), (phase, flags, members, unused))
BOOST_DESCRIBE_STRUCT(InstanceState, (),
                      (life, stop_service, backup_allowed, logging, circular, attached, existing,
                       opened, transactions, sessions, full_backups, stopped_bits, unavailable,
                       unlogged, snapshot_fulls, log_held, levels, deleted_below, backup, headers))
BOOST_DESCRIBE_STRUCT(Snapshot, (), (mode, max_instances, last_file, snapshots, instances))
BOOST_DESCRIBE_STRUCT(Position, (), (state, whole, unused))

}  // namespace backstop::model
