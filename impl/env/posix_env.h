// SPDX-License-Identifier: MIT
// The real world: files of the operating system, its locks, its clock and its randomness.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "impl/env/env.h"

namespace backstop::env {

/// Env over POSIX. Thread-safe; keeps nothing but its clock, so any number may exist side by side.
class PosixEnv : public Env {
 public:
  /// The one a process needs; lives until the process ends.
  static PosixEnv& Get();

  IoStatus Open(const std::string& path, OpenMode mode, std::unique_ptr<File>* file) override;
  IoStatus Remove(const std::string& path) override;
  IoStatus Rename(const std::string& from, const std::string& to) override;
  IoStatus MakeDirectory(const std::string& path) override;
  IoStatus List(const std::string& directory, std::vector<std::string>* names) override;
  bool Exists(const std::string& path) override;
  IoStatus SyncDirectory(const std::string& directory) override;

  std::unique_ptr<MutexImpl> NewMutex(const char* name) override;
  std::unique_ptr<ConditionImpl> NewCondition(const char* name) override;
  CellId NewCell(const char* name) override;
  void Touch(CellId cell, Access access) override;

  uint64_t NowMicros() override;
  void SleepMicros(uint64_t micros) override;
  uint64_t Random64() override;

  /// Memory is tried for; the rest is found out where it is used.
  bool Grants(Need need) override;

 private:
  std::atomic<uint64_t> latest_{0};  ///< highest time handed out: the clock never goes back
};

}  // namespace backstop::env
