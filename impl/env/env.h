// SPDX-License-Identifier: MIT
// The world an engine lives in: files, locks, time and randomness. The engine reaches them only
// through these interfaces, so that the same object code runs on POSIX and inside the simulator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace backstop::env {

/// Outcome of a file operation; the engine maps it to a JET error.
enum class IoStatus : uint8_t {
  kOk,
  kNotFound,
  kExists,
  kAccessDenied,
  kNoSpace,
  kIoError,
  kInvalidPath,
  kClosed,  ///< the file was closed under the caller: always a bug of the engine
};

/// Outcome of a transfer. `bytes` may be smaller than asked without an error (a short transfer);
/// zero bytes on a read mean the end of the file.
struct IoResult {
  IoStatus status = IoStatus::kOk;
  size_t bytes = 0;
};

enum class OpenMode : uint8_t {
  kReadOnly,
  kReadWrite,
  kCreateNew,         ///< read-write; fails with kExists
  kCreateOrTruncate,  ///< read-write
};

/// An open file. Destruction closes it. Positional calls on one file may come from several threads.
class File {
 public:
  virtual ~File() = default;
  virtual IoResult ReadAt(uint64_t offset, std::span<std::byte> to) = 0;
  virtual IoResult WriteAt(uint64_t offset, std::span<const std::byte> from) = 0;
  /// Returns when everything written before the call is durable.
  virtual IoStatus Sync() = 0;
  virtual IoStatus SetSize(uint64_t bytes) = 0;
  virtual uint64_t Size() = 0;
};

class MutexImpl {
 public:
  virtual ~MutexImpl() = default;
  virtual void Lock() = 0;
  virtual void Unlock() = 0;
  /// Lock for a section that commutes with its like, see Section.
  virtual void LockCommuting() { Lock(); }
};

class ConditionImpl {
 public:
  virtual ~ConditionImpl() = default;
  /// Atomically releases `mutex` and waits; holds it again on return. May wake spuriously.
  virtual void Wait(MutexImpl& mutex) = 0;
  /// The same, but wakes after `micros` microseconds at the latest.
  virtual void WaitFor(MutexImpl& mutex, uint64_t micros) = 0;
  virtual void NotifyAll() = 0;
};

/// What a call needs of its surroundings beside its files.
enum class Need : uint8_t {
  kMemory,      ///< to begin its work
  kMoreMemory,  ///< later, when it has what it needs first
  kThread,
  kFullPath,  ///< the path of a file or directory completed to one that is unique
  kLogSpace,  ///< room for another log
};

enum class Access : uint8_t { kRead, kWrite };
using CellId = uint32_t;

/// Everything that blocks, stores or races. Thread-safe.
class Env {
 public:
  virtual ~Env() = default;

  /// `*file` is set only on kOk. Paths use '/' and are taken as they are.
  virtual IoStatus Open(const std::string& path, OpenMode mode, std::unique_ptr<File>* file) = 0;
  virtual IoStatus Remove(const std::string& path) = 0;
  /// Replaces `to` if it exists.
  virtual IoStatus Rename(const std::string& from, const std::string& to) = 0;
  virtual IoStatus MakeDirectory(const std::string& path) = 0;
  /// Names (without the directory) of the plain files in `directory`, in ascending order.
  virtual IoStatus List(const std::string& directory, std::vector<std::string>* names) = 0;
  virtual bool Exists(const std::string& path) = 0;
  /// Makes creations, renames and removals in `directory` durable.
  virtual IoStatus SyncDirectory(const std::string& directory) = 0;

  /// `name` must outlive the object; it appears in traces and deadlock reports.
  virtual std::unique_ptr<MutexImpl> NewMutex(const char* name) = 0;
  virtual std::unique_ptr<ConditionImpl> NewCondition(const char* name) = 0;
  virtual CellId NewCell(const char* name) = 0;
  /// Announces an access to a shared field: a scheduling point in simulation, nothing elsewhere.
  virtual void Touch(CellId cell, Access access) = 0;

  /// Microseconds since 1970-01-01 UTC; never goes back.
  virtual uint64_t NowMicros() = 0;
  virtual void SleepMicros(uint64_t micros) = 0;
  virtual uint64_t Random64() = 0;

  /// Whether a call gets what it is about to need; it fails at once if not, and not halfway.
  virtual bool Grants(Need) { return true; }
};

}  // namespace backstop::env
