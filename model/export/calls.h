// SPDX-License-Identifier: MIT
// The calls of the reference: the events of the tables, put together by the function that a program
// calls, with the door of the entry gate through which it comes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/export/reference.h"

namespace backstop::model {

struct CallEntry {
  std::string name;    ///< "JetReadFileInstance"
  std::string legacy;  ///< "JetReadFile", empty if there is no twin without an instance
  std::string door;    ///< event of the entry gate, empty if the call has none
  std::string legacy_door;
  std::vector<std::string> events;  ///< one, or the stages of a call that is not atomic
};

/// Every call that the tables behind the entry gate name, in their order.
std::vector<CallEntry> CallsOf(const Reference& reference);

/// Whether the table is the entry gate: its events are doors, and its rows may let a call pass.
bool IsGate(const TableText& table);

/// The call that an event belongs to: "JetTerm decides" is part of JetTerm.
std::string_view CallOfEvent(std::string_view event);

/// The event without what every event has in common: "ReadFile", "Term decides".
std::string ShortEvent(std::string_view event);

}  // namespace backstop::model
