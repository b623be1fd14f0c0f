// SPDX-License-Identifier: MIT
// The trees of a database: finding the leaf of a key, and splitting pages that are full.
#include <algorithm>

#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// More levels than any tree can have; a damaged one may lead in circles.
constexpr size_t kDepthMax = 16;

/// The largest row of a branch.
constexpr size_t kBranchRowMax = RowBytes(kKeyBytesMax + 1, sizeof(uint32_t));

std::vector<std::byte> RowsFrom(const PageView& page, unsigned slot) {
  std::vector<std::byte> rows;
  for (; slot < page.row_count(); ++slot) AppendPageRow(&rows, page, slot);
  return rows;
}

uint32_t KindFlags(const PageView& page) {
  return page.flags() & (kPageLeaf | kPageParentOfLeaf | kPageLongValue);
}

}  // namespace

Err Database::CheckInTree(uint32_t page, TreeId tree, size_t depth) {
  Frame& frame = At(page);
  const PageView view = frame.view();
  const bool branch_without_rows = frame.sound && !view.leaf() && view.row_count() == 0;
  const bool good = frame.sound && view.object() == tree.object && !branch_without_rows;
  return good && depth < kDepthMax ? JET_errSuccess : JET_errDatabaseCorrupted;
}

/// Without a key it finds the last leaf. All pages of the way are in memory together: when one had
/// to be loaded, the way is looked for again.
Err Database::Descend(env::MutexLock& lock, TreeId tree, const KeyView* key, Path* path) {
  for (bool released = true; released;) {
    released = false;
    path->clear();
    for (uint32_t number = tree.root; !released;) {
      if (const Err err = Load(lock, number, &released); err < 0) return err;
      if (released) break;
      if (const Err err = CheckInTree(number, tree, path->size()); err < 0) return err;
      const PageView page = At(number).view();
      path->push_back({number, 0});
      if (page.leaf()) break;
      const unsigned slot = key == nullptr ? page.row_count() - 1 : page.ChildSlot(*key);
      path->back().slot = slot;
      number = RowChild(page.Row(slot));
    }
  }
  return JET_errSuccess;
}

/// The lowest page on the way whose parent has room is split; the root gets a page below it first.
/// The caller looks for the way again until there is room.
Err Database::MakeRoom(env::MutexLock& lock, uint32_t transaction, TreeId tree, const Path& path,
                       unsigned slot) {
  bool purged = false;
  if (const Err err = Purge(transaction, tree, path.back().page, &purged); err < 0) return err;
  if (purged) return JET_errSuccess;
  size_t level = path.size() - 1;
  while (level > 0 && !At(path[level - 1].page).view().HasRoomFor(kBranchRowMax)) --level;
  const uint32_t number = path[level].page;
  const PageView page = At(number).view();
  bool released = false;
  if (level > 0 && page.next() != 0) {
    if (const Err err = Load(lock, page.next(), &released); err < 0 || released) return err;
  }
  uint32_t fresh = 0;
  if (const Err err = FindEmptyPage(lock, &fresh, &released); err < 0 || released) return err;
  if (level == 0) return DeepenTree(transaction, tree, fresh);
  const bool is_leaf = level == path.size() - 1;
  const unsigned at = is_leaf ? slot : path[level].slot + 1;
  return SplitPage(transaction, tree, path[level - 1], number, SplitPoint(page, at), fresh);
}

/// Rows that come in order fill their pages: then hardly anything moves. Otherwise half of the
/// bytes do. A branch is never without a row.
unsigned Database::SplitPoint(const PageView& page, unsigned slot) {
  const unsigned rows = page.row_count();
  if (page.leaf() && rows < 2) return slot;
  if (slot == rows && page.next() == 0) return page.leaf() ? rows : rows - 1;
  size_t total = 0, below = 0;
  for (unsigned i = 0; i < rows; ++i) total += page.Row(i).size();
  unsigned first = 0;
  for (; first < rows && below <= total / 2; ++first) below += page.Row(first).size();
  return std::clamp(first, 1u, rows - 1);
}

Err Database::DeepenTree(uint32_t transaction, TreeId tree, uint32_t fresh) {
  const PageView root = At(tree.root).view();
  const std::vector<std::byte> rows = RowsFrom(root, 0);
  std::vector<std::byte> child;
  AppendPageRow(&child, MakeBranchRow({}, fresh), false);
  const uint32_t kind = root.flags() & kPageLongValue;
  const uint32_t above = root.leaf() ? kPageParentOfLeaf : 0;
  std::vector<PageChange> changes = {{.page = fresh,
                                      .transaction = transaction,
                                      .tree = tree,
                                      .flags = KindFlags(root),
                                      .op = PageOp::kFormat,
                                      .data = rows},
                                     {.page = tree.root,
                                      .transaction = transaction,
                                      .tree = tree,
                                      .flags = kPageRoot | above | kind,
                                      .op = PageOp::kFormat,
                                      .data = child}};
  AddTaking(fresh, &changes);
  return Change(std::move(changes));
}

/// The rows from `first_moved` on go to a fresh page, which follows. The parent names both. Only
/// leaves know their neighbours: other readers do not expect it of branches.
Err Database::SplitPage(uint32_t transaction, TreeId tree, const Step& parent, uint32_t number,
                        unsigned first_moved, uint32_t fresh) {
  const PageView page = At(number).view(), above = At(parent.page).view();
  const std::vector<std::byte> moved = RowsFrom(page, first_moved);
  Key bound;
  if (first_moved > 0) {
    const KeyView last = page.KeyOf(first_moved - 1);
    bound = page.leaf() ? KeyAfter(last) : Key(last);
  } else {
    bound = Key(page.KeyOf(0));
  }
  const auto lower = MakeBranchRow(bound, number);
  const auto upper = MakeBranchRow(above.KeyOf(parent.slot), fresh);
  const PageChange base{.transaction = transaction, .tree = tree};
  std::vector<PageChange> changes(4, base);
  changes[0].page = fresh;
  changes[0].flags = KindFlags(page);
  changes[0].previous = page.leaf() ? number : 0;
  changes[0].next = page.next();
  changes[0].data = moved;
  changes[1].page = number;
  changes[1].op = PageOp::kTruncate;
  changes[1].slot = static_cast<uint16_t>(first_moved);
  changes[1].next = page.leaf() ? fresh : 0;
  changes[2].page = changes[3].page = parent.page;
  changes[2].op = PageOp::kReplace;
  changes[2].slot = changes[3].slot = static_cast<uint16_t>(parent.slot);
  changes[2].data = upper;
  changes[3].op = PageOp::kInsert;
  changes[3].data = lower;
  if (page.next() != 0) {
    changes.push_back(base);
    changes.back().page = page.next();
    changes.back().op = PageOp::kSetPrevious;
    changes.back().previous = fresh;
  }
  AddTaking(fresh, &changes);
  return Change(std::move(changes));
}

}  // namespace backstop::engine
