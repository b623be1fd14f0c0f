// SPDX-License-Identifier: MIT
// The tables of the specification as rows that can be edited while a test runs, and that still run:
// a planted error is an edit. The parts of a row are those of its types, so an edit reaches what no
// wrapper around a table could: one effect of several, the check without the dialect.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/machine/family.h"
#include "model/machine/table_text.h"

namespace backstop::planted {

/// One row of one state and one event.
struct EditableRow {
  model::EventId event;
  uint8_t source;
  uint8_t target;  ///< the source if the row stays
  bool moves = false;
  bool (*dialect_has)(const model::Context&) = nullptr;
  bool (*holds)(const model::Context&) = nullptr;
  std::vector<void (*)(model::Context&)> effects;
  model::Err err = 0;
  model::Err strict_err = 0;
  model::ResultKind kind;
  bool waits = false;
  uint32_t faults = 0;
  bool asks_environment = false;
  size_t written = 0;  ///< index of the row in the table's text
};

/// A table: what runs and what is read, edited together.
struct EditableTable {
  model::TableText text;
  std::vector<EditableRow> rows;
  uint8_t (*get)(model::Context&) = nullptr;
  void (*put)(model::Context&, uint8_t) = nullptr;
};

/// All tables of the specification, unedited.
std::vector<EditableTable> EditableTables();

/// What runs the tables. They must outlive it.
std::vector<std::unique_ptr<model::Family>> Families(const std::vector<EditableTable>& tables);

/// The tables as text.
std::vector<model::TableText> Texts(const std::vector<EditableTable>& tables);

}  // namespace backstop::planted
