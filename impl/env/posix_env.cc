// SPDX-License-Identifier: MIT
#include "impl/env/posix_env.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <thread>

namespace backstop::env {
namespace {

/// More than a call needs for what it keeps in memory.
constexpr size_t kWorkingBytes = size_t{64} * 1024;

IoStatus FromErrno(int error) {
  switch (error) {
    case ENOENT:
      return IoStatus::kNotFound;
    case EEXIST:
      return IoStatus::kExists;
    case EACCES:
    case EPERM:
    case EROFS:
    case EBUSY:
      return IoStatus::kAccessDenied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return IoStatus::kNoSpace;
    case ENOTDIR:
    case EISDIR:
    case ENAMETOOLONG:
    case EINVAL:
    case ELOOP:
      return IoStatus::kInvalidPath;
    case EBADF:
      return IoStatus::kClosed;
    default:
      return IoStatus::kIoError;
  }
}

IoStatus FromResult(int result) { return result == 0 ? IoStatus::kOk : FromErrno(errno); }

IoStatus FromCode(const std::error_code& code) {
  return code ? FromErrno(code.value()) : IoStatus::kOk;
}

IoResult FromTransfer(ssize_t result) {
  if (result < 0) return {FromErrno(errno), 0};
  return {IoStatus::kOk, static_cast<size_t>(result)};
}

class PosixFile final : public File {
 public:
  explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
  ~PosixFile() override { ::close(descriptor_); }

  IoResult ReadAt(uint64_t offset, std::span<std::byte> to) override {
    ssize_t result;
    do {
      result = ::pread(descriptor_, to.data(), to.size(), static_cast<off_t>(offset));
    } while (result < 0 && errno == EINTR);
    return FromTransfer(result);
  }

  IoResult WriteAt(uint64_t offset, std::span<const std::byte> from) override {
    ssize_t result;
    do {
      result = ::pwrite(descriptor_, from.data(), from.size(), static_cast<off_t>(offset));
    } while (result < 0 && errno == EINTR);
    return FromTransfer(result);
  }

  IoStatus Sync() override { return FromResult(::fdatasync(descriptor_)); }
  IoStatus SetSize(uint64_t bytes) override {
    return FromResult(::ftruncate(descriptor_, static_cast<off_t>(bytes)));
  }
  uint64_t Size() override {
    struct stat status = {};
    return ::fstat(descriptor_, &status) == 0 ? static_cast<uint64_t>(status.st_size) : 0;
  }

 private:
  int descriptor_;
};

class PosixMutex final : public MutexImpl {
 public:
  void Lock() override { mutex_.lock(); }
  void Unlock() override { mutex_.unlock(); }
  std::mutex& mutex() { return mutex_; }

 private:
  std::mutex mutex_;
};

class PosixCondition final : public ConditionImpl {
 public:
  void Wait(MutexImpl& mutex) override {
    std::unique_lock lock(static_cast<PosixMutex&>(mutex).mutex(), std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  void WaitFor(MutexImpl& mutex, uint64_t micros) override {
    std::unique_lock lock(static_cast<PosixMutex&>(mutex).mutex(), std::adopt_lock);
    condition_.wait_for(lock, std::chrono::microseconds(micros));
    lock.release();
  }
  void NotifyAll() override { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

int OpenFlags(OpenMode mode) {
  switch (mode) {
    case OpenMode::kReadOnly:
      return O_RDONLY;
    case OpenMode::kReadWrite:
      return O_RDWR;
    case OpenMode::kCreateNew:
      return O_RDWR | O_CREAT | O_EXCL;
    case OpenMode::kCreateOrTruncate:
      return O_RDWR | O_CREAT | O_TRUNC;
  }
  return O_RDONLY;
}

}  // namespace

PosixEnv& PosixEnv::Get() {
  static PosixEnv* env = new PosixEnv;  // never destroyed: threads may outlive main
  return *env;
}

IoStatus PosixEnv::Open(const std::string& path, OpenMode mode, std::unique_ptr<File>* file) {
  int descriptor = ::open(path.c_str(), OpenFlags(mode) | O_CLOEXEC, 0666);
  if (descriptor < 0) return FromErrno(errno);
  *file = std::make_unique<PosixFile>(descriptor);
  return IoStatus::kOk;
}

IoStatus PosixEnv::Remove(const std::string& path) { return FromResult(::unlink(path.c_str())); }

IoStatus PosixEnv::Rename(const std::string& from, const std::string& to) {
  return FromResult(::rename(from.c_str(), to.c_str()));
}

IoStatus PosixEnv::MakeDirectory(const std::string& path) {
  return FromResult(::mkdir(path.c_str(), 0777));
}

IoStatus PosixEnv::List(const std::string& directory, std::vector<std::string>* names) {
  names->clear();
  std::error_code code;
  std::filesystem::directory_iterator entry(directory, code);
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    std::error_code ignored;  // the file may vanish between the listing and this question
    if (entry->is_regular_file(ignored)) names->push_back(entry->path().filename().string());
  }
  std::sort(names->begin(), names->end());
  return FromCode(code);
}

bool PosixEnv::Exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

bool PosixEnv::Grants(Need need) {
  if (need != Need::kMemory && need != Need::kMoreMemory) return true;
  void* volatile block = std::malloc(kWorkingBytes);
  const bool granted = block != nullptr;
  std::free(block);
  return granted;
}

IoStatus PosixEnv::SyncDirectory(const std::string& directory) {
  int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return FromErrno(errno);
  IoStatus status = FromResult(::fsync(descriptor));
  ::close(descriptor);
  return status;
}

std::unique_ptr<MutexImpl> PosixEnv::NewMutex(const char*) {
  return std::make_unique<PosixMutex>();
}

std::unique_ptr<ConditionImpl> PosixEnv::NewCondition(const char*) {
  return std::make_unique<PosixCondition>();
}

CellId PosixEnv::NewCell(const char*) { return 0; }

void PosixEnv::Touch(CellId, Access) {}

uint64_t PosixEnv::NowMicros() {
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  uint64_t micros = static_cast<uint64_t>(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
  uint64_t latest = latest_.load();
  while (latest < micros && !latest_.compare_exchange_weak(latest, micros)) {
  }
  return std::max(latest, micros);
}

void PosixEnv::SleepMicros(uint64_t micros) {
  std::this_thread::sleep_for(std::chrono::microseconds(micros));
}

uint64_t PosixEnv::Random64() {
  uint64_t value = 0;
  while (::getrandom(&value, sizeof value, 0) != sizeof value) {
  }
  return value;
}

}  // namespace backstop::env
