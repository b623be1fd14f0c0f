// SPDX-License-Identifier: MIT
// Walking the rows of a tree as one transaction sees them.
#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// The state of a row that is seen; nothing: it is not there.
std::optional<ConstBytes> Visible(const Versions::View& view, const PageView& page, unsigned slot,
                                  const RowName& name) {
  const RowState* older = nullptr;
  if (!view.SeesNewest(name, &older)) {
    if (older->has_value()) return ConstBytes(**older);
    return std::nullopt;
  }
  if (page.deleted(slot)) return std::nullopt;
  return RowRecord(page.Row(slot));
}

}  // namespace

bool Database::ScanPage(const Transaction& transaction, TreeId tree, const PageView& page,
                        const Search& search, Key* key, std::vector<std::byte>* record) {
  const Versions::View view(versions_, transaction);
  const unsigned rows = page.row_count();
  const unsigned first = search.from_end ? rows : page.LowerBound(search.key);
  const unsigned count = search.forward ? rows - first : first;
  for (unsigned i = 0; i < count; ++i) {
    const unsigned slot = search.forward ? first + i : first - 1 - i;
    RowName name{id(), tree.object, {}};
    if (view.any()) name.key = page.KeyOf(slot);
    const std::optional<ConstBytes> seen = Visible(view, page, slot, name);
    if (!seen.has_value()) continue;
    *key = page.KeyOf(slot);
    record->assign(seen->begin(), seen->end());
    return true;
  }
  return false;
}

/// When a page had to be loaded the tree may have changed: the search goes on from the last key
/// that it passed.
Err Database::FindRow(const Transaction& transaction, TreeId tree, Search search, Key* key,
                      std::vector<std::byte>* record) {
  env::MutexLock lock(mutex_);
  Shrink();
  for (Path path;;) {
    const KeyView from = search.key;
    if (const Err err = Descend(lock, tree, search.from_end ? nullptr : &from, &path); err < 0) {
      return err;
    }
    uint32_t number = path.back().page;
    bool released = false;
    for (size_t pages = 0; !released; ++pages) {
      if (const Err err = CheckInTree(number, tree, 0); err < 0) return err;
      if (pages > frames_.size()) return JET_errDatabaseCorrupted;
      const PageView page = At(number).view();
      if (ScanPage(transaction, tree, page, search, key, record)) return JET_errSuccess;
      if (page.row_count() > 0) {
        search.from_end = false;
        search.key =
            search.forward ? KeyAfter(page.KeyOf(page.row_count() - 1)) : Key(page.KeyOf(0));
      }
      number = search.forward ? page.next() : page.previous();
      if (number == 0) return JET_errNoCurrentRecord;
      if (const Err err = Load(lock, number, &released); err < 0) return err;
    }
  }
}

Err Database::RowFrom(const Transaction& transaction, TreeId tree, Key* key,
                      std::vector<std::byte>* record) {
  return FindRow(transaction, tree, {.forward = true, .key = *key}, key, record);
}

Err Database::RowBelow(const Transaction& transaction, TreeId tree, Key* key,
                       std::vector<std::byte>* record) {
  return FindRow(transaction, tree, {.forward = false, .key = *key}, key, record);
}

Err Database::LastRow(const Transaction& transaction, TreeId tree, Key* key,
                      std::vector<std::byte>* record) {
  return FindRow(transaction, tree, {.forward = false, .from_end = true}, key, record);
}

}  // namespace backstop::engine
