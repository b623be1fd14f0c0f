// SPDX-License-Identifier: MIT
// The real world with a tap on its transfers, for tests of what the engine does when they fail.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

#include "impl/env/posix_env.h"

namespace backstop::env {

/// Asks `before_read` and `before_write` about every transfer: they get path and offset and may cut
/// the number of bytes or fail. Sleeping costs no time, nor does syncing: no test pulls the plug.
class FailingEnv : public PosixEnv {
 public:
  using Tap = std::function<IoResult(const std::string& path, uint64_t offset, size_t bytes)>;
  static IoResult Pass(const std::string&, uint64_t, size_t bytes) {
    return {IoStatus::kOk, bytes};
  }

  Tap before_read = Pass;
  Tap before_write = Pass;
  int sleeps = 0;

  IoStatus Open(const std::string& path, OpenMode mode, std::unique_ptr<File>* file) override {
    std::unique_ptr<File> opened;
    const IoStatus status = PosixEnv::Open(path, mode, &opened);
    if (status != IoStatus::kOk) return status;
    *file = std::make_unique<TappedFile>(*this, path, std::move(opened));
    return status;
  }
  IoStatus SyncDirectory(const std::string&) override { return IoStatus::kOk; }
  void SleepMicros(uint64_t) override { ++sleeps; }

 private:
  class TappedFile final : public File {
   public:
    TappedFile(FailingEnv& env, std::string path, std::unique_ptr<File> file)
        : env_(env), path_(std::move(path)), file_(std::move(file)) {}

    IoResult ReadAt(uint64_t offset, std::span<std::byte> to) override {
      const IoResult allowed = env_.before_read(path_, offset, to.size());
      if (allowed.status != IoStatus::kOk) return allowed;
      return file_->ReadAt(offset, to.first(std::min(allowed.bytes, to.size())));
    }
    IoResult WriteAt(uint64_t offset, std::span<const std::byte> from) override {
      const IoResult allowed = env_.before_write(path_, offset, from.size());
      if (allowed.status != IoStatus::kOk) return allowed;
      return file_->WriteAt(offset, from.first(std::min(allowed.bytes, from.size())));
    }
    IoStatus Sync() override { return IoStatus::kOk; }
    IoStatus SetSize(uint64_t bytes) override { return file_->SetSize(bytes); }
    uint64_t Size() override { return file_->Size(); }

   private:
    FailingEnv& env_;
    const std::string path_;
    std::unique_ptr<File> file_;
  };
};

}  // namespace backstop::env
