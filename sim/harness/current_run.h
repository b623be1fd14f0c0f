// SPDX-License-Identifier: MIT
// The trace of the run that is going on, kept in a file that is whole at every moment: a process
// killed in the middle of a run leaves behind what it was doing.
#pragma once

#include <cstdint>
#include <string>

#include "sim/harness/trace.h"

namespace backstop::harness {

class CurrentRun {
 public:
  CurrentRun() = default;
  ~CurrentRun();
  CurrentRun(const CurrentRun&) = delete;
  CurrentRun& operator=(const CurrentRun&) = delete;

  /// Makes the directory if need be and proves that it can be written. False with `*error` set to
  /// one line for the user.
  bool Open(const std::string& directory, std::string* error);
  /// A new program: all of the file is another at once. False if it cannot be written.
  bool BeginProgram(const Provenance& made_by, const Program& program, const ScheduleSpec& first);
  /// Another schedule of the same program: one write of a fixed number of bytes in place.
  bool BeginSchedule(const ScheduleSpec& schedule);
  /// The campaign is over and nothing is running.
  void Remove();

  const std::string& path() const { return path_; }

 private:
  bool Store(std::string text);
  void Close();

  std::string path_;
  int file_ = -1;
  size_t size_ = 0;
  int64_t schedule_at_ = 0;
};

/// Writes `text` to `path` so that the file holds all of it or does not change; a pipe or a device
/// is written to, not replaced. False with `*error` set to one line for the user.
bool WriteWholeFile(const std::string& path, const std::string& text, std::string* error);

/// Proves before long work that a result can be written to `path`: as WriteWholeFile, but nothing
/// goes into a pipe or a device, which would get two texts.
bool PrepareWholeFile(const std::string& path, const std::string& text, std::string* error);

}  // namespace backstop::harness
