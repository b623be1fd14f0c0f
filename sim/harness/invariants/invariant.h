// SPDX-License-Identifier: MIT
// Laws that every history must keep, stated over codes and real time alone. They do not use the
// specification's state machine, so each is a second opinion on it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sim/harness/history.h"
#include "sim/harness/invariants/view.h"

namespace backstop::harness {

struct Invariant {
  const char* id;        ///< "INV-01", as in the contract
  const char* sentence;  ///< the law, for reports
  /// The index of a call that breaks the law, if one certainly does. Where overlapping calls leave
  /// doubt, the law holds: judging every possible order is the linearizability checker's work.
  std::optional<size_t> (*broken_by)(const View& view);
  /// Whether the original engine keeps it in sequences of calls, too. It has one file handle, opens
  /// any file among the logs, and lets no backup begin after a refused termination.
  bool in_ese = true;
};

/// In the order of their ids, without INV-52 (linearizability) and INV-53 (liveness), which need
/// more than a history.
const std::vector<Invariant>& Invariants();

/// The first law that `history` breaks.
struct BrokenInvariant {
  const Invariant* invariant;
  size_t call;
};
std::optional<BrokenInvariant> FirstBroken(const History& history);
/// Only the law with this id.
std::optional<BrokenInvariant> FirstBroken(const History& history, std::string_view id);

}  // namespace backstop::harness
