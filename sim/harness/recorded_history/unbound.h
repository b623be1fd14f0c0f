// SPDX-License-Identifier: MIT
// What of a recorded history binds nobody, because a call of another thread was under way that is
// not atomic in any engine, or because the original engine leaves it undefined.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/linearize/linearize.h"

namespace backstop::recorded {

/// Whether the refusal of `calls[call]` follows from a call that overlaps it, and changes nothing:
/// - a call of a session is refused with JET_errTermInProgress as soon as a termination begins,
///   which is before the calls of a backup are;
/// - JetTruncateLog returns JET_errLogFileNotCopied if a log list that is under way has rolled the
///   log, so that there is one more generation to copy.
bool IsExcused(const std::vector<model::HistoryCall>& calls, size_t call);

/// Whether headers bind: an end that a stop or a truncation overlaps may have decided about the
/// stamp before, and released the backup after it.
bool HeadersBind(const std::vector<model::HistoryCall>& calls);

/// When a read may first meet the slot of a database that was open when an earlier backup ended:
/// after an open, an end and a begin that may have come in this order. Nothing if none can.
/// `initial` is the state before the calls.
std::optional<uint64_t> StaleSlotFrom(const model::Snapshot& initial,
                                      const std::vector<model::HistoryCall>& calls);

/// Sizes of files do not bind: an open that reported none gets that of another open of the file.
void MendSizes(std::vector<model::HistoryCall>* calls);

/// Whether the specification took the call as a read of a free slot, which a stale one is.
bool ReadsAFreeSlot(const model::HistoryCall& call, const model::Reaction& reaction);

}  // namespace backstop::recorded
