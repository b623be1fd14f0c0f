// SPDX-License-Identifier: MIT
// Words for people: codes by name, calls with what they returned, waits of a deadlock.
#pragma once

#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/history.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::harness {

/// "JET_errNoBackup (-520)".
std::string CodeText(model::Err err);
/// "T0", "setup" or "epilogue".
std::string ThreadText(uint8_t thread);
/// The call with its resolved arguments: "JetReadFileInstance(file 1, 4 pages)".
std::string CallText(const model::Call& call);
/// What it returned: "JET_errSuccess, 4 pages from 0", or "never returned".
std::string OutcomeText(const model::HistoryCall& call);
/// "JET_errNoBackup (READ-1) or JET_errSuccess (READ-9)".
std::string AllowedText(const std::vector<model::Reaction>& allowed);
/// "T0 waits for lock 'backup' held by T1; T1 waits for ...".
std::string WaitsText(const sched::Scheduler& scheduler);

}  // namespace backstop::harness
