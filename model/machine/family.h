// SPDX-License-Identifier: MIT
// The state machine of one table, as the rest of the model sees it.
#pragma once

#include <memory>

#include "model/machine/context.h"
#include "model/machine/events.h"

namespace backstop::model {

class Family {
 public:
  virtual ~Family() = default;
  /// Takes the first row of the event that holds in the state of `c.instance`: changes the state
  /// and fills `c.reaction`, with the row counted from this table's first. No such row: not
  /// handled.
  virtual void React(EventId event, Context& c) = 0;
  /// Whether the table has rows for the event.
  virtual bool Knows(EventId event) const = 0;
  /// Whether what the event does may depend on what the environment does.
  virtual bool AsksEnvironment(EventId event) const = 0;
  /// Bit f is set if what the event does may depend on fault number f.
  virtual uint32_t AskedFaults(EventId event) const = 0;
  virtual RowId RowCount() const = 0;
};

// The tables of the specification, each compiled by itself.
std::unique_ptr<Family> MakeGateFamily();
std::unique_ptr<Family> MakeSessionGateFamily();
std::unique_ptr<Family> MakeInstanceFamily();
std::unique_ptr<Family> MakeServiceFamily();
std::unique_ptr<Family> MakeParameterFamily();
std::unique_ptr<Family> MakeSessionFamily();
std::unique_ptr<Family> MakeDatabaseFamily();
std::unique_ptr<Family> MakeOpenFamily();
std::unique_ptr<Family> MakeDataFamily();
std::unique_ptr<Family> MakeLogFamily();
std::unique_ptr<Family> MakeBeginFamily();
std::unique_ptr<Family> MakeEndFamily();
std::unique_ptr<Family> MakeWholeFamily();
std::unique_ptr<Family> MakeSnapshotFamily();
std::unique_ptr<Family> MakeSnapshotEndFamily();
std::unique_ptr<Family> MakeRestoreFamily();
std::unique_ptr<Family> MakeExternalRestoreFamily();

}  // namespace backstop::model
