// SPDX-License-Identifier: MIT
// Data pages: their rows, the records in them, and changes that redo makes to them.
#include <random>

#include "impl/engine/checksum.h"
#include "impl/engine/log_record.h"
#include "impl/engine/page.h"
#include "impl/engine/record.h"
#include "properties/fuzz/fuzz_target.h"

namespace backstop::fuzz {
namespace {

using namespace backstop::engine;

constexpr uint32_t kNumber = 7;

std::vector<Column> SomeColumns() {
  std::vector<Column> columns;
  for (const JET_COLTYP type : {JET_coltypLong, JET_coltypText, JET_coltypLongBinary}) {
    Column column{.type = type};
    PlaceColumn(columns, &column);
    columns.push_back(column);
  }
  return columns;
}

void ReadRows(const PageView& page, RecordFormat format) {
  const std::vector<Column> columns = SomeColumns();
  for (unsigned slot = 0; slot < page.row_count(); ++slot) {
    page.LowerBound(page.KeyOf(slot));
    page.deleted(slot);
    const ConstBytes record = RowRecord(page.Row(slot));
    if (!page.leaf()) {
      page.ChildSlot(page.KeyOf(slot));
      RowChild(page.Row(slot));
    } else if (IsRecord(record, columns, format)) {
      for (const Column& column : columns) GetColumn(record, column, format);
    }
  }
}

void TryChanges(PageView page, std::span<const std::byte> bytes) {
  std::mt19937 random(Load<uint32_t>(bytes, 0));
  for (int i = 0; i < 20; ++i) {
    const auto row = MakeRow(NumberedKey(random()), bytes.subspan(0, random() % 900));
    const PageChange change{.tree = {5, 9},
                            .flags = kPageLeaf,
                            .slot = static_cast<uint16_t>(random() % 40),
                            .op = static_cast<PageOp>(random() % 8),
                            .data = row};
    if (CanApply(change, page)) ApplyPageChange(change, page);
  }
}

}  // namespace

Input Sample(uint32_t seed) {
  seed %= 16;
  Input input(seed % 2 == 0 ? 4096 : 16384);
  PageView page(input);
  page.Format(5, seed % 3 == 0 ? kPageRoot : kPageLeaf, 0, 0, seed);
  const std::vector<Column> columns = SomeColumns();
  for (unsigned slot = 0; slot < 12; ++slot) {
    const RecordValues values = {
        {columns[0].id, Input(4)}, {columns[1].id, Input(seed)}, {columns[2].id, Input(slot * 10)}};
    const auto record = EncodeRecord(columns, values, RecordFormatFor(input.size()));
    page.InsertRow(slot, page.leaf() ? MakeRow(NumberedKey(slot), record)
                                     : MakeBranchRow(NumberedKey(slot), slot));
  }
  SealPage(input, kNumber);
  return input;
}

void Reseal(Input* input) {
  if (input->size() == 4096 || input->size() == 16384) SealPage(*input, kNumber);
}

void Parse(std::span<const std::byte> input) {
  if (input.size() != 4096 && input.size() != 16384) return;
  if (!PageIsSealed(input, kNumber)) return;
  Input bytes(input.begin(), input.end());
  PageView page(bytes);
  if (!page.IsWellFormed()) return;
  ReadRows(page, RecordFormatFor(bytes.size()));
  TryChanges(page, input);
}

}  // namespace backstop::fuzz
