// SPDX-License-Identifier: MIT
#include "sim/world/sim_disk.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/world/disk_image.h"
#include "sim/world/unsynced.h"

namespace backstop::world {

using env::IoResult;
using env::IoStatus;
using env::OpenMode;

namespace {

using Names = std::vector<DiskImage::Name>;

Names::const_iterator LowerBound(const Names& names, std::string_view path) {
  return std::lower_bound(
      names.begin(), names.end(), path,
      [](const DiskImage::Name& name, std::string_view p) { return name.path->text < p; });
}

const DiskImage::Name* Find(const Names& names, std::string_view path) {
  const auto found = LowerBound(names, path);
  return found != names.end() && found->path->text == path ? &*found : nullptr;
}

/// Gives `path` to `file`, whoever had it before.
void Bind(Names& names, const std::string& path, SimDisk::FileId file) {
  const auto at = LowerBound(names, path) - names.cbegin();
  if (Find(names, path) != nullptr) {
    names[static_cast<size_t>(at)].file = file;
  } else {
    names.insert(names.begin() + at, {new SharedPath(path), file});
  }
}

void Unbind(Names& names, const std::string& path) { names.erase(LowerBound(names, path)); }

std::string_view WithoutSlash(std::string_view directory) {
  if (directory.size() > 1 && directory.ends_with('/')) directory.remove_suffix(1);
  return directory;
}

/// What all paths below `directory` begin with; the current directory is "." or nothing.
std::string PrefixOf(std::string_view directory) {
  directory = WithoutSlash(directory);
  if (directory.empty() || directory == ".") return {};
  return directory == "/" ? "/" : std::string(directory) + '/';
}

/// "./x" is the file "x".
bool IsDotted(const std::string& path) { return path.starts_with("./"); }
std::string Undotted(const std::string& path) { return IsDotted(path) ? path.substr(2) : path; }

}  // namespace

SimDisk::SimDisk() : image_(new DiskImage) {}
SimDisk::SimDisk(boost::intrusive_ptr<DiskImage> image) : image_(std::move(image)) {}
SimDisk::~SimDisk() = default;
SimDisk::SimDisk(SimDisk&&) noexcept = default;
SimDisk& SimDisk::operator=(SimDisk&&) noexcept = default;

SimDisk SimDisk::Clone() const { return SimDisk(image_); }

void SimDisk::TrackDurability() { unsynced_ = std::make_unique<Unsynced>(*image_); }

SimDisk SimDisk::AfterPowerLoss(const Keep& keep) const {
  SimDisk left;
  for (const DiskImage::Name& name : image_->names) {
    if (name.file == DiskImage::kDirectory) left.image_->names.push_back(name);
  }
  for (auto& [path, content] : unsynced_->Survivors(keep)) {
    Bind(left.image_->names, path, static_cast<FileId>(left.image_->files.size()));
    left.image_->files.push_back({std::move(content), true});
  }
  return left;
}

// The copy leaves behind files that only another disk still has open.
DiskImage& SimDisk::Own() {
  if (image_->use_count() > 1) {
    image_ = new DiskImage(*image_);
    opens_.resize(image_->files.size());
    for (FileId file = 0; file < image_->files.size(); ++file) DropIfUnused(file);
  }
  return *image_;
}

FileContent& SimDisk::OwnContent(FileId file) {
  boost::intrusive_ptr<FileContent>& content = Own().files[file].content;
  if (content->use_count() > 1) content = new FileContent(*content);
  return *content;
}

void SimDisk::DropIfUnused(FileId file) {
  DiskImage::File& slot = image_->files[file];
  if (!slot.named && opens_[file] == 0) slot.content = nullptr;
}

SimDisk::FileId SimDisk::AddFile(const std::string& path) {
  DiskImage& image = Own();
  const auto free = std::find_if(image.files.begin(), image.files.end(),
                                 [](const DiskImage::File& file) { return !file.content; });
  const auto file = static_cast<FileId>(free - image.files.begin());
  if (free == image.files.end()) image.files.emplace_back();
  image.files[file] = {new FileContent, true};
  Bind(image.names, path, file);
  if (unsynced_) unsynced_->Create(file, path);
  return file;
}

IoStatus SimDisk::Open(const std::string& path, OpenMode mode, FileId* file) {
  if (IsDotted(path)) return Open(Undotted(path), mode, file);
  if (path.empty()) return IoStatus::kInvalidPath;
  if (IsDirectory(path)) return IoStatus::kAccessDenied;
  const DiskImage::Name* name = Find(image_->names, path);
  const bool creates = mode == OpenMode::kCreateNew || mode == OpenMode::kCreateOrTruncate;
  if (name == nullptr && !creates) return IoStatus::kNotFound;
  if (name != nullptr && mode == OpenMode::kCreateNew) return IoStatus::kExists;
  *file = name != nullptr ? name->file : AddFile(path);
  if (mode == OpenMode::kCreateOrTruncate) SetSize(*file, 0);
  opens_.resize(image_->files.size());
  ++opens_[*file];
  return IoStatus::kOk;
}

void SimDisk::Close(FileId file) {
  --opens_[file];
  if (opens_[file] == 0 && !image_->files[file].named) {
    Own();
    DropIfUnused(file);
  }
}

IoResult SimDisk::Read(FileId file, uint64_t offset, std::span<std::byte> to) const {
  return {IoStatus::kOk, image_->files[file].content->Read(offset, to)};
}

IoResult SimDisk::Write(FileId file, uint64_t offset, std::span<const std::byte> from) {
  OwnContent(file).Write(offset, from);
  if (unsynced_) unsynced_->Write(file, offset, from);
  return {IoStatus::kOk, from.size()};
}

IoStatus SimDisk::SetSize(FileId file, uint64_t bytes) {
  if (bytes == Size(file)) return IoStatus::kOk;
  OwnContent(file).Resize(bytes);
  if (unsynced_) unsynced_->Resize(file, bytes);
  return IoStatus::kOk;
}

void SimDisk::Sync(FileId file) {
  if (unsynced_) unsynced_->Sync(file, image_->files[file].content);
}

uint64_t SimDisk::Size(FileId file) const { return image_->files[file].content->size(); }

IoStatus SimDisk::Remove(const std::string& path) {
  if (IsDotted(path)) return Remove(Undotted(path));
  if (IsDirectory(path)) return IoStatus::kAccessDenied;
  const DiskImage::Name* name = Find(image_->names, path);
  if (name == nullptr) return IoStatus::kNotFound;
  Unname(name->file, path);
  if (unsynced_) unsynced_->Remove(path);
  return IoStatus::kOk;
}

void SimDisk::Unname(FileId file, const std::string& path) {
  DiskImage& image = Own();
  Unbind(image.names, path);
  image.files[file].named = false;
  opens_.resize(image.files.size());
  DropIfUnused(file);
}

IoStatus SimDisk::Rename(const std::string& from, const std::string& to) {
  if (IsDotted(from) || IsDotted(to)) return Rename(Undotted(from), Undotted(to));
  if (to.empty()) return IoStatus::kInvalidPath;
  if (IsDirectory(from) || IsDirectory(to)) return IoStatus::kAccessDenied;
  const DiskImage::Name* name = Find(image_->names, from);
  if (name == nullptr) return IoStatus::kNotFound;
  if (from == to) return IoStatus::kOk;
  const FileId file = name->file;
  if (const DiskImage::Name* replaced = Find(image_->names, to)) Unname(replaced->file, to);
  DiskImage& image = Own();
  Unbind(image.names, from);
  Bind(image.names, to, file);
  if (unsynced_) unsynced_->Rename(file, from, to);
  return IoStatus::kOk;
}

IoStatus SimDisk::MakeDirectory(const std::string& path) {
  if (IsDotted(path)) return MakeDirectory(Undotted(path));
  if (path.empty()) return IoStatus::kInvalidPath;
  const std::string directory(WithoutSlash(path));
  if (Exists(directory)) return IoStatus::kExists;
  Bind(Own().names, directory, DiskImage::kDirectory);
  return IoStatus::kOk;
}

IoStatus SimDisk::List(const std::string& directory, std::vector<std::string>* names) const {
  if (IsDotted(directory)) return List(Undotted(directory), names);
  if (!IsDirectory(directory)) return IoStatus::kNotFound;
  names->clear();
  const std::string prefix = PrefixOf(directory);
  for (auto i = LowerBound(image_->names, prefix); i != image_->names.end(); ++i) {
    const std::string& path = i->path->text;
    if (!path.starts_with(prefix)) break;
    const bool direct = path.find('/', prefix.size()) == std::string::npos;
    if (direct && i->file != DiskImage::kDirectory) names->push_back(path.substr(prefix.size()));
  }
  return IoStatus::kOk;
}

bool SimDisk::IsDirectory(const std::string& path) const {
  const std::string prefix = PrefixOf(path);
  if (prefix.empty() || prefix == "/") return true;
  const DiskImage::Name* name = Find(image_->names, WithoutSlash(path));
  if (name != nullptr) return name->file == DiskImage::kDirectory;
  const auto below = LowerBound(image_->names, prefix);
  return below != image_->names.end() && below->path->text.starts_with(prefix);
}

bool SimDisk::Exists(const std::string& path) const {
  if (IsDotted(path)) return Exists(Undotted(path));
  return Find(image_->names, path) != nullptr || IsDirectory(path);
}

IoStatus SimDisk::SyncDirectory(const std::string& directory) {
  if (IsDotted(directory)) return SyncDirectory(Undotted(directory));
  if (!IsDirectory(directory)) return IoStatus::kNotFound;
  if (unsynced_) unsynced_->SyncDirectory(directory);
  return IoStatus::kOk;
}

std::optional<std::string> SimDisk::Peek(const std::string& path) const {
  const DiskImage::Name* name = Find(image_->names, path);
  if (name == nullptr || name->file == DiskImage::kDirectory) return std::nullopt;
  std::string bytes(static_cast<size_t>(Size(name->file)), '\0');
  Read(name->file, 0, std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

std::vector<std::string> SimDisk::Paths() const {
  std::vector<std::string> paths;
  for (const DiskImage::Name& name : image_->names) {
    if (name.file != DiskImage::kDirectory) paths.push_back(name.path->text);
  }
  return paths;
}

}  // namespace backstop::world
