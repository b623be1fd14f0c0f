// SPDX-License-Identifier: MIT
#include "impl/engine/long_value.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr size_t kSegmentKeyBytes = 2 * sizeof(uint32_t);

/// What the row with the key of the whole value says about it.
struct Root {
  uint32_t references = 1;
  uint32_t bytes = 0;
};

Key RootKey(uint32_t id) {
  Key key;
  AppendBigEndian(&key, id);
  return key;
}

Key SegmentKey(uint32_t id, size_t offset) {
  Key key = RootKey(id);
  AppendBigEndian(&key, static_cast<uint32_t>(offset));
  return key;
}

size_t SegmentBytes(const Database& database) {
  return RowBytesMax(database.page_bytes()) - RowBytes(kSegmentKeyBytes, 0);
}

/// Calls `visit(key, record)` for the rows of a value in their order, as long as it succeeds.
template <class Visit>
Err ForEachRow(Database& database, const Transaction& transaction, TreeId tree, uint32_t id,
               Visit visit) {
  const Key root = RootKey(id);
  std::vector<std::byte> record;
  for (Key key = root;; key = KeyAfter(key)) {
    const Err err = database.RowFrom(transaction, tree, &key, &record);
    if (err == JET_errNoCurrentRecord || (err >= 0 && !key.starts_with(root))) break;
    if (err < 0) return err;
    if (const Err visited = visit(key, record); visited < 0) return visited;
  }
  return JET_errSuccess;
}

}  // namespace

Err WriteLongValue(Database& database, Transaction& transaction, TreeId tree, ConstBytes value,
                   uint32_t* id) {
  uint64_t number = 0;
  if (const Err err = database.TakeNumber(tree, kLongValueIdBytes, &number); err < 0) return err;
  *id = static_cast<uint32_t>(number);
  const Root root{1, static_cast<uint32_t>(value.size())};
  Err err = database.InsertRow(transaction, tree, RootKey(*id), std::as_bytes(std::span(&root, 1)));
  const size_t most = SegmentBytes(database);
  for (size_t at = 0; at < value.size() && err >= 0; at += most) {
    const ConstBytes segment = value.subspan(at, std::min(most, value.size() - at));
    err = database.InsertRow(transaction, tree, SegmentKey(*id, at), segment);
  }
  return err;
}

Err ReadLongValue(Database& database, const Transaction& transaction, TreeId tree, uint32_t id,
                  std::vector<std::byte>* value) {
  value->clear();
  Root root;
  bool found = false;
  const Err err = ForEachRow(database, transaction, tree, id,
                             [&](const Key& key, const std::vector<std::byte>& record) {
                               if (key.size() == kSegmentKeyBytes) {
                                 if (key != SegmentKey(id, value->size()))
                                   return JET_errDatabaseCorrupted;
                                 AppendBytes(value, record);
                                 return JET_errSuccess;
                               }
                               if (record.size() != sizeof root) return JET_errDatabaseCorrupted;
                               root = engine::Load<Root>(record, 0);
                               found = true;
                               return JET_errSuccess;
                             });
  if (err < 0) return err;
  if (!found) return JET_errRecordDeleted;
  return value->size() == root.bytes ? JET_errSuccess : JET_errDatabaseCorrupted;
}

Err DeleteLongValue(Database& database, Transaction& transaction, TreeId tree, uint32_t id) {
  return ForEachRow(database, transaction, tree, id,
                    [&](const Key& key, const std::vector<std::byte>&) {
                      return database.DeleteRow(transaction, tree, key);
                    });
}

}  // namespace backstop::engine
