// SPDX-License-Identifier: MIT
// Making room: rows that nobody sees any more leave their pages, empty leaves leave their trees.
#include "impl/engine/database.h"

namespace backstop::engine {

Err Database::Tidy(TreeId tree, KeyView key) {
  env::MutexLock lock(mutex_);
  return TidyLeaf(lock, tree, key);
}

Err Database::TidyLeaf(env::MutexLock& lock, TreeId tree, KeyView key) {
  for (Path path;;) {
    if (const Err err = Descend(lock, tree, &key, &path); err < 0) return err;
    const uint32_t leaf = path.back().page;
    bool purged = false, released = false;
    if (const Err err = Purge(0, tree, leaf, &purged); err < 0) return err;
    if (path.size() == 1 || At(leaf).view().row_count() > 0) return JET_errSuccess;
    const Err err = RemoveLeaf(lock, tree, path, &released);
    if (err < 0 || !released) return err;
  }
}

/// Removes rows that nobody can see or bring back any more.
Err Database::Purge(uint32_t transaction, TreeId tree, uint32_t number, bool* purged) {
  const PageView page = At(number).view();
  std::vector<std::byte> slots;
  for (unsigned slot = page.row_count(); slot-- > 0;) {
    if (!page.deleted(slot)) continue;
    if (versions_.Count({id(), tree.object, Key(page.KeyOf(slot))}) > 0) continue;
    AppendValue(&slots, static_cast<uint16_t>(slot));
  }
  *purged = !slots.empty();
  if (slots.empty()) return JET_errSuccess;
  return Change({{.page = number,
                  .transaction = transaction,
                  .tree = tree,
                  .op = PageOp::kPurge,
                  .data = slots}});
}

/// The branches above that have no other child go with it; a tree that is empty then is one page.
Err Database::RemoveLeaf(env::MutexLock& lock, TreeId tree, const Path& path, bool* released) {
  const PageView leaf = At(path.back().page).view();
  for (const uint32_t near : {leaf.previous(), leaf.next(), kFreePagesPage}) {
    if (near == 0) continue;
    if (const Err err = Load(lock, near, released); err < 0 || *released) return err;
  }
  size_t top = path.size() - 2;
  while (top > 0 && At(path[top].page).view().row_count() == 1) --top;
  std::vector<PageChange> changes;
  std::vector<std::byte> last;
  std::vector<std::vector<std::byte>> listed;
  std::vector<uint32_t> freed;
  for (size_t level = top + 1; level < path.size(); ++level) freed.push_back(path[level].page);
  AddUnlinking(tree, path.back().page, &changes);
  AddRemoval(tree, path[top], &last, &changes);
  AddFreeing(std::move(freed), &listed, &changes);
  return Change(std::move(changes));
}

/// The last row of a branch keeps the bound of the branch.
void Database::AddRemoval(TreeId tree, const Step& above, std::vector<std::byte>* last,
                          std::vector<PageChange>* changes) {
  const PageView page = At(above.page).view();
  const unsigned rows = page.row_count();
  if (rows == 1) {
    const uint32_t kind = page.flags() & kPageLongValue;
    changes->push_back({.page = above.page,
                        .tree = tree,
                        .flags = kPageRoot | kPageLeaf | kind,
                        .op = PageOp::kFormat});
    return;
  }
  changes->push_back({.page = above.page,
                      .tree = tree,
                      .slot = static_cast<uint16_t>(above.slot),
                      .op = PageOp::kRemove});
  if (above.slot + 1 < rows) return;
  *last = MakeBranchRow(page.KeyOf(above.slot), RowChild(page.Row(above.slot - 1)));
  changes->push_back({.page = above.page,
                      .tree = tree,
                      .slot = static_cast<uint16_t>(above.slot - 1),
                      .op = PageOp::kReplace,
                      .data = *last});
}

void Database::AddUnlinking(TreeId tree, uint32_t number, std::vector<PageChange>* changes) {
  const PageView leaf = At(number).view();
  if (leaf.previous() != 0) {
    const unsigned rows = At(leaf.previous()).view().row_count();
    changes->push_back({.page = leaf.previous(),
                        .tree = tree,
                        .next = leaf.next(),
                        .slot = static_cast<uint16_t>(rows),
                        .op = PageOp::kTruncate});
  }
  if (leaf.next() != 0) {
    changes->push_back({.page = leaf.next(),
                        .tree = tree,
                        .previous = leaf.previous(),
                        .op = PageOp::kSetPrevious});
  }
}

}  // namespace backstop::engine
