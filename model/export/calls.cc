// SPDX-License-Identifier: MIT
#include "model/export/calls.h"

#include <algorithm>
#include <optional>

#include "model/addressing.h"
#include "model/machine/tables.h"

namespace backstop::model {

namespace {

template <class Table>
void FindDoor(EventId door, std::string* name) {
  using Rows = mp::mp_transform<mp::mp_identity, Expanded<typename Table::Rows>>;
  mp::mp_for_each<Rows>([&](auto row) {
    using Event = typename decltype(row)::type::Event;
    if (Event::kId == door) *name = Event::kName;
  });
}

std::string DoorName(const Call& call) {
  std::string name;
  mp::mp_for_each<AllTables>([&](auto table) { FindDoor<decltype(table)>(DoorOf(call), &name); });
  return name;
}

std::optional<Op> OpOf(std::string_view call) {
  if (call == "JetTerm") return Op::kTerm;
  for (unsigned op = 0; op < kOpCount; ++op) {
    if (OpName(static_cast<Op>(op)) == call) return static_cast<Op>(op);
  }
  return std::nullopt;
}

CallEntry MakeEntry(std::string_view name) {
  CallEntry entry{.name = std::string(name)};
  const std::optional<Op> op = OpOf(name);
  if (!op) return entry;
  entry.door = DoorName({.op = *op});
  if (op == Op::kTerm) entry.legacy = OpName(Op::kTerm);
  if (!HasLegacyTwin(*op)) return entry;
  entry.legacy = OpName(*op, true);
  entry.legacy_door = DoorName({.op = *op, .legacy = true});
  return entry;
}

void AddEvent(const std::string& event, std::vector<CallEntry>* calls) {
  const std::string_view name = CallOfEvent(event);
  auto entry = std::ranges::find(*calls, name, &CallEntry::name);
  if (entry == calls->end()) entry = calls->insert(entry, MakeEntry(name));
  if (std::ranges::find(entry->events, event) == entry->events.end()) {
    entry->events.push_back(event);
  }
}

}  // namespace

bool IsGate(const TableText& table) {
  return std::ranges::any_of(table.rows,
                             [](const WrittenRow& row) { return row.kind == ResultKind::kAdmits; });
}

std::vector<CallEntry> CallsOf(const Reference& reference) {
  std::vector<CallEntry> calls;
  for (const Section& section : reference.sections) {
    if (IsGate(section.table)) continue;
    for (const std::string& event : EventsOf(section.table)) AddEvent(event, &calls);
  }
  return calls;
}

std::string_view CallOfEvent(std::string_view event) {
  return event.starts_with("Jet") ? event.substr(0, event.find(' ')) : event;
}

std::string ShortEvent(std::string_view event) {
  if (!event.starts_with("Jet")) return std::string(event);
  const std::string_view call = CallOfEvent(event);
  std::string text(call.substr(3));
  const size_t instance = text.rfind("Instance");
  const bool suffix = instance != text.npos && text.size() - instance <= 9;
  if (suffix && text != "CreateInstance" && instance > 0) text.erase(instance, 8);
  return text + std::string(event.substr(call.size()));
}

}  // namespace backstop::model
