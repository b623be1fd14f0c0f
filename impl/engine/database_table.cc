// SPDX-License-Identifier: MIT
#include "impl/engine/database_table.h"

#include <algorithm>

namespace backstop::engine {

DatabaseTable::Change::Change(DatabaseTable& table) : table_(table) {
  env::MutexLock lock(table_.mutex_);
  while (table_.changing_) table_.changed_.Wait(lock);
  table_.changing_ = true;
}

DatabaseTable::Change::~Change() {
  env::MutexLock lock(table_.mutex_);
  table_.changing_ = false;
  table_.changed_.NotifyAll();
}

DatabaseTable::Entry* DatabaseTable::FindEntry(const std::string& path) {
  for (Entry& entry : entries_) {
    if (entry.database != nullptr && entry.database->path() == path) return &entry;
  }
  return nullptr;
}

DatabaseTable::Entry& DatabaseTable::AddEntry(AttachedDatabase& database) {
  const auto find = [this](const AttachedDatabase* wanted) {
    return std::find_if(entries_.begin(), entries_.end(),
                        [wanted](const Entry& entry) { return entry.database == wanted; });
  };
  auto entry = find(&database);
  if (entry == entries_.end()) entry = find(nullptr);
  if (entry == entries_.end()) entry = entries_.insert(entries_.end(), Entry{});
  entry->database = &database;
  return *entry;
}

JET_DBID DatabaseTable::IdOf(const Entry& entry) const {
  return static_cast<JET_DBID>(&entry - entries_.data() + 1);
}

JET_DBID DatabaseTable::Add(AttachedDatabase& database) {
  env::MutexLock lock(mutex_);
  return IdOf(AddEntry(database));
}

JET_DBID DatabaseTable::AddOpen(AttachedDatabase& database) {
  env::MutexLock lock(mutex_);
  Entry& entry = AddEntry(database);
  ++entry.openings;
  return IdOf(entry);
}

AttachedDatabase* DatabaseTable::Find(const std::string& path) {
  env::MutexLock lock(mutex_);
  const Entry* entry = FindEntry(path);
  return entry == nullptr ? nullptr : entry->database;
}

bool DatabaseTable::Attached(const std::string& path) { return Find(path) != nullptr; }

Err DatabaseTable::Open(const std::string& path, bool exclusive, JET_DBID* id,
                        AttachedDatabase** database) {
  env::MutexLock lock(mutex_);
  Entry* entry = FindEntry(path);
  if (entry == nullptr) return JET_errDatabaseNotFound;
  if (entry->openings > 0 && (exclusive || entry->exclusive)) return JET_errDatabaseLocked;
  ++entry->openings;
  entry->exclusive = exclusive;
  *id = IdOf(*entry);
  *database = entry->database;
  return JET_errSuccess;
}

void DatabaseTable::Close(JET_DBID id) {
  env::MutexLock lock(mutex_);
  --entries_[id - 1].openings;
}

Err DatabaseTable::Remove(const std::string& path) {
  env::MutexLock lock(mutex_);
  Entry* entry = FindEntry(path);
  if (entry == nullptr) return JET_errDatabaseNotFound;
  if (entry->openings > 0) return JET_errDatabaseInUse;
  *entry = Entry{};
  return JET_errSuccess;
}

bool DatabaseTable::Known(JET_DBID id) {
  env::MutexLock lock(mutex_);
  const bool given = id >= 1 && id <= entries_.size();
  return !given || entries_[id - 1].database != nullptr;
}

std::vector<AttachedDatabase*> DatabaseTable::All() {
  std::vector<AttachedDatabase*> databases;
  env::MutexLock lock(mutex_);
  for (const Entry& entry : entries_) {
    if (entry.database != nullptr) databases.push_back(entry.database);
  }
  return databases;
}

std::vector<AttachedDatabase*> DatabaseTable::Logged() {
  std::vector<AttachedDatabase*> databases = All();
  std::erase_if(databases, [](const AttachedDatabase* each) { return !each->logged(); });
  return databases;
}

std::vector<std::string> DatabaseTable::LoggedPaths() {
  std::vector<std::string> paths;
  env::MutexLock lock(mutex_);
  for (const Entry& entry : entries_) {
    const AttachedDatabase* database = entry.database;
    if (database != nullptr && database->logged()) paths.push_back(database->path());
  }
  return paths;
}

void DatabaseTable::Clear() {
  env::MutexLock lock(mutex_);
  entries_.clear();
}

}  // namespace backstop::engine
