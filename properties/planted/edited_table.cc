// SPDX-License-Identifier: MIT
#include "properties/planted/edited_table.h"

#include <array>

#include "model/machine/facts.h"
#include "model/machine/tables.h"

namespace backstop::planted {

namespace {

using namespace model;  // NOLINT(google-build-using-namespace): the tables' words

template <class R>
EditableRow Edit(size_t written) {
  EditableRow row{.event = R::Event::kId,
                  .source = static_cast<uint8_t>(R::Source::kValue),
                  .target = static_cast<uint8_t>(R::Source::kValue),
                  .dialect_has = &R::DialectPart::Holds,
                  .holds = &R::Condition::Holds,
                  .err = R::Result::kErr,
                  .strict_err = R::Result::kErr,
                  .kind = R::Result::kKind,
                  .waits = !std::is_void_v<typename R::WaitsPart>,
                  .faults = R::Condition::kFaults,
                  .asks_environment = R::Condition::template kAsks<Refusal>,
                  .written = written};
  mp::mp_for_each<typename R::Effects>(
      [&](auto effect) { row.effects.push_back(&decltype(effect)::Apply); });
  if constexpr (!std::is_same_v<typename R::Target, Stays>) {
    row.moves = true;
    row.target = static_cast<uint8_t>(R::Target::kValue);
  }
  return row;
}

template <class Table>
EditableTable EditTable(const TableText& text) {
  using Value = std::remove_reference_t<decltype(Table::Region::Of(std::declval<Context&>()))>;
  EditableTable table{
      .text = text,
      .get = [](Context& c) { return static_cast<uint8_t>(Table::Region::Of(c)); },
      .put = [](Context& c, uint8_t state) { Table::Region::Of(c) = static_cast<Value>(state); }};
  size_t written = 0;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Table::Rows>>([&](auto row) {
    using List = detail::ExpandedRow<typename decltype(row)::type>;
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>(
        [&](auto one) { table.rows.push_back(Edit<typename decltype(one)::type>(written)); });
    ++written;
  });
  return table;
}

/// Tries the rows from the top.
class EditedFamily final : public Family {
 public:
  explicit EditedFamily(const EditableTable& table) : table_(table) {
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const auto event = static_cast<size_t>(table.rows[row].event);
      rows_[event].push_back(row);
      faults_[event] |= table.rows[row].faults;
      asking_[event] |= table.rows[row].asks_environment || table.rows[row].faults != 0;
    }
  }

  void React(EventId event, Context& c) override {
    const uint8_t source = table_.get(c);
    for (const size_t index : rows_[static_cast<size_t>(event)]) {
      const EditableRow& row = table_.rows[index];
      if (row.source != source || !row.dialect_has(c) || !row.holds(c)) continue;
      Take(row, static_cast<RowId>(index), c);
      table_.put(c, row.moves ? row.target : source);
      return;
    }
  }
  bool Knows(EventId event) const override { return !rows_[static_cast<size_t>(event)].empty(); }
  bool AsksEnvironment(EventId event) const override { return asking_[static_cast<size_t>(event)]; }
  uint32_t AskedFaults(EventId event) const override { return faults_[static_cast<size_t>(event)]; }
  RowId RowCount() const override { return static_cast<RowId>(table_.rows.size()); }

 private:
  static void Take(const EditableRow& row, RowId id, Context& c) {
    for (const auto effect : row.effects) effect(c);
    c.reaction.err = c.dialect == &kStrict ? row.strict_err : row.err;
    c.reaction.pending = row.kind == ResultKind::kGoesOn;
    c.reaction.handled = true;
    c.reaction.touches = row.moves || !row.effects.empty();
    c.reaction.waits = row.waits;
    c.reaction.row = id;
    c.admitted = row.kind == ResultKind::kAdmits;
  }

  const EditableTable& table_;
  std::array<std::vector<size_t>, kEventCount> rows_;
  std::array<uint32_t, kEventCount> faults_{};
  std::array<bool, kEventCount> asking_{};
};

}  // namespace

std::vector<EditableTable> EditableTables() {
  std::vector<EditableTable> tables;
  mp::mp_for_each<AllTables>(
      [&](auto table) { tables.push_back(EditTable<decltype(table)>(Tables()[tables.size()])); });
  return tables;
}

std::vector<std::unique_ptr<Family>> Families(const std::vector<EditableTable>& tables) {
  std::vector<std::unique_ptr<Family>> families;
  for (const EditableTable& table : tables) {
    families.push_back(std::make_unique<EditedFamily>(table));
  }
  return families;
}

std::vector<TableText> Texts(const std::vector<EditableTable>& tables) {
  std::vector<TableText> texts;
  for (const EditableTable& table : tables) texts.push_back(table.text);
  return texts;
}

}  // namespace backstop::planted
