// SPDX-License-Identifier: MIT
#include "sim/world/unsynced.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "sim/world/disk_image.h"

namespace backstop::world {

/// A write, or a new size where there are no bytes.
struct Unsynced::Change {
  uint64_t at = 0;
  std::vector<std::byte> bytes;
};

struct Unsynced::Inode {
  boost::intrusive_ptr<FileContent> durable;
  std::vector<Change> changes;  ///< in order
};

namespace {

std::string DirectoryOf(std::string_view path) {
  return std::string(path.substr(0, path.rfind('/') + 1));
}

}  // namespace

Unsynced::Unsynced(const DiskImage& image) {
  for (const DiskImage::File& file : image.files) {
    live_.push_back(std::make_shared<Inode>(Inode{file.content, {}}));
  }
  for (const DiskImage::Name& name : image.names) {
    if (name.file != DiskImage::kDirectory) durable_[name.path->text] = live_[name.file];
  }
}

Unsynced::~Unsynced() = default;

Unsynced::Inode& Unsynced::Live(FileId file) { return *live_[file]; }

void Unsynced::Write(FileId file, uint64_t offset, std::span<const std::byte> bytes) {
  if (!bytes.empty()) Live(file).changes.push_back({offset, {bytes.begin(), bytes.end()}});
}

void Unsynced::Resize(FileId file, uint64_t bytes) { Live(file).changes.push_back({bytes, {}}); }

void Unsynced::Sync(FileId file, const boost::intrusive_ptr<FileContent>& content) {
  Inode& inode = Live(file);
  if (inode.changes.empty()) return;
  inode.durable = content;
  inode.changes.clear();
}

void Unsynced::Create(FileId file, const std::string& path) {
  if (file >= live_.size()) live_.resize(file + 1);
  live_[file] = std::make_shared<Inode>(Inode{new FileContent, {}});
  changes_.push_back({DirectoryOf(path), {{path, live_[file]}}});
}

void Unsynced::Remove(const std::string& path) {
  changes_.push_back({DirectoryOf(path), {{path, nullptr}}});
}

void Unsynced::Rename(FileId file, const std::string& from, const std::string& to) {
  changes_.push_back({DirectoryOf(to), {{from, nullptr}, {to, live_[file]}}});
}

void Unsynced::Apply(const NameChange& change, Names& names) {
  for (const auto& [path, inode] : change.bindings) {
    if (inode) {
      names[path] = inode;
    } else {
      names.erase(path);
    }
  }
}

void Unsynced::SyncDirectory(const std::string& directory) {
  std::string prefix = directory == "." || directory == "./" ? "" : directory;
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  for (const NameChange& change : changes_) {
    if (change.directory == prefix) Apply(change, durable_);
  }
  std::erase_if(changes_, [&](const NameChange& change) { return change.directory == prefix; });
}

std::map<std::string, boost::intrusive_ptr<FileContent>> Unsynced::Survivors(
    const Keep& keep) const {
  Names names = durable_;
  std::set<std::string> cut;  // directories that have lost a change lose all later ones, too
  for (const NameChange& change : changes_) {
    if (cut.contains(change.directory)) continue;
    if (keep()) {
      Apply(change, names);
    } else {
      cut.insert(change.directory);
    }
  }
  std::map<std::string, boost::intrusive_ptr<FileContent>> files;
  for (const auto& [path, inode] : names) {
    boost::intrusive_ptr<FileContent>& content = files[path];
    content = inode->durable;
    if (inode->changes.empty()) continue;
    content = new FileContent(*content);
    for (const Change& change : inode->changes) {
      if (change.bytes.empty()) {
        if (keep()) content->Resize(change.at);
        continue;
      }
      const std::span<const std::byte> all(change.bytes);
      for (size_t done = 0; done < all.size();) {
        const size_t room = kSectorBytes - (change.at + done) % kSectorBytes;
        const size_t bytes = std::min(room, all.size() - done);
        if (keep()) content->Write(change.at + done, all.subspan(done, bytes));
        done += bytes;
      }
    }
  }
  return files;
}

}  // namespace backstop::world
