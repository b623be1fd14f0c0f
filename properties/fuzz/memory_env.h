// SPDX-License-Identifier: MIT
// A world of files in memory, for parsers that read files. Nobody waits and no time goes by in it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "impl/env/env.h"

namespace backstop::fuzz {

class MemoryEnv final : public env::Env {
 public:
  using Bytes = std::vector<std::byte>;

  void Put(const std::string& path, Bytes bytes) {
    files_[path] = std::make_shared<Bytes>(std::move(bytes));
  }

  env::IoStatus Open(const std::string& path, env::OpenMode mode,
                     std::unique_ptr<env::File>* file) override {
    const bool creates =
        mode == env::OpenMode::kCreateNew || mode == env::OpenMode::kCreateOrTruncate;
    if (creates) files_[path] = std::make_shared<Bytes>();
    const auto found = files_.find(path);
    if (found == files_.end()) return env::IoStatus::kNotFound;
    *file = std::make_unique<MemoryFile>(found->second);
    return env::IoStatus::kOk;
  }
  env::IoStatus Remove(const std::string& path) override {
    return files_.erase(path) > 0 ? env::IoStatus::kOk : env::IoStatus::kNotFound;
  }
  env::IoStatus Rename(const std::string& from, const std::string& to) override {
    const auto found = files_.find(from);
    if (found == files_.end()) return env::IoStatus::kNotFound;
    files_[to] = found->second;
    files_.erase(from);
    return env::IoStatus::kOk;
  }
  env::IoStatus MakeDirectory(const std::string&) override { return env::IoStatus::kOk; }
  env::IoStatus List(const std::string& directory, std::vector<std::string>* names) override {
    for (const auto& [path, bytes] : files_) {
      if (path.starts_with(directory)) names->push_back(path.substr(directory.size()));
    }
    return env::IoStatus::kOk;
  }
  bool Exists(const std::string& path) override { return files_.contains(path); }
  env::IoStatus SyncDirectory(const std::string&) override { return env::IoStatus::kOk; }

  std::unique_ptr<env::MutexImpl> NewMutex(const char*) override {
    return std::make_unique<NoMutex>();
  }
  std::unique_ptr<env::ConditionImpl> NewCondition(const char*) override {
    return std::make_unique<NoCondition>();
  }
  env::CellId NewCell(const char*) override { return 0; }
  void Touch(env::CellId, env::Access) override {}
  uint64_t NowMicros() override { return ++now_; }
  void SleepMicros(uint64_t) override {}
  uint64_t Random64() override { return ++random_ * 0x9e3779b97f4a7c15u; }

 private:
  class MemoryFile final : public env::File {
   public:
    explicit MemoryFile(std::shared_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}
    env::IoResult ReadAt(uint64_t offset, std::span<std::byte> to) override {
      if (offset >= bytes_->size()) return {env::IoStatus::kOk, 0};
      const size_t count = std::min<size_t>(to.size(), bytes_->size() - offset);
      std::copy_n(bytes_->begin() + static_cast<ptrdiff_t>(offset), count, to.begin());
      return {env::IoStatus::kOk, count};
    }
    env::IoResult WriteAt(uint64_t offset, std::span<const std::byte> from) override {
      if (bytes_->size() < offset + from.size()) bytes_->resize(offset + from.size());
      std::copy(from.begin(), from.end(), bytes_->begin() + static_cast<ptrdiff_t>(offset));
      return {env::IoStatus::kOk, from.size()};
    }
    env::IoStatus Sync() override { return env::IoStatus::kOk; }
    env::IoStatus SetSize(uint64_t bytes) override {
      bytes_->resize(bytes);
      return env::IoStatus::kOk;
    }
    uint64_t Size() override { return bytes_->size(); }

   private:
    std::shared_ptr<Bytes> bytes_;
  };
  class NoMutex final : public env::MutexImpl {
    void Lock() override {}
    void Unlock() override {}
  };
  class NoCondition final : public env::ConditionImpl {
    void Wait(env::MutexImpl&) override {}
    void WaitFor(env::MutexImpl&, uint64_t) override {}
    void NotifyAll() override {}
  };

  std::map<std::string, std::shared_ptr<Bytes>> files_;
  uint64_t now_ = 0, random_ = 0;
};

}  // namespace backstop::fuzz
