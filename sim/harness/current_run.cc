// SPDX-License-Identifier: MIT
#include "sim/harness/current_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace backstop::harness {
namespace {

std::string Problem(const std::string& path) {
  return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
}

/// One write of at most so many bytes at the beginning of a file is done as a whole or not at all,
/// even if the process is killed in it: it lies in one page of the page cache.
constexpr size_t kWholeWrite = 4096;

bool WriteAll(int file, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    done += static_cast<size_t>(written);
  }
  return true;
}

/// Opens a new file beside `path`, fills it and puts it in the place of `path`. The open file, or
/// -1 with errno set and nothing left behind.
int Replace(const std::string& path, const std::string& text) {
  const std::string beside = fmt::format("{}.{}.new", path, ::getpid());
  const int file = ::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return -1;
  if (WriteAll(file, text) && ::rename(beside.c_str(), path.c_str()) == 0) return file;
  const int problem = errno;
  ::close(file);
  ::unlink(beside.c_str());
  errno = problem;
  return -1;
}

bool WriteFile(const std::string& path, const std::string& text) {
  const int file = Replace(path, text);
  if (file >= 0) ::close(file);
  return file >= 0;
}

/// Whether there is something that is no file, such as a pipe or a device, which must not be
/// replaced by one.
bool IsNoFile(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode);
}

bool WriteInto(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = WriteAll(file, text);
  const int problem = errno;
  ::close(file);
  errno = problem;
  return written;
}

/// The file itself where `path` is a link to one, so that the link stays.
std::string Target(const std::string& path) {
  std::error_code problem;
  const auto real = std::filesystem::canonical(path, problem);
  return problem ? path : real.string();
}

}  // namespace

CurrentRun::~CurrentRun() { Close(); }

void CurrentRun::Close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

bool CurrentRun::Open(const std::string& directory, std::string* error) {
  std::error_code problem;
  std::filesystem::create_directories(directory, problem);
  if (problem) {
    *error = fmt::format("{}: cannot be made: {}; choose another directory with --save", directory,
                         problem.message());
    return false;
  }
  path_ = fmt::format("{}/current-{}.trace", directory, ::getpid());
  file_ = Replace(path_, "");
  if (file_ < 0) {
    *error = Problem(path_) + "; choose another directory with --save";
    return false;
  }
  return true;
}

bool CurrentRun::BeginProgram(const Provenance& made_by, const Program& program,
                              const ScheduleSpec& first) {
  const TraceParts parts = WriteRunningTrace(made_by, program, first);
  schedule_at_ = static_cast<int64_t>(parts.before.size());
  return Store(parts.before + parts.schedule + parts.after);
}

// To replace a file makes the file system write its content out, for each program. Where it can be
// overwritten instead, empty lines hide what was longer before.
bool CurrentRun::Store(std::string text) {
  if (std::max(text.size(), size_) <= kWholeWrite) {
    text.resize(kWholeWrite, '\n');
    size_ = text.size();
    return ::pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
  }
  Close();
  file_ = Replace(path_, text);
  size_ = text.size();
  return file_ >= 0;
}

bool CurrentRun::BeginSchedule(const ScheduleSpec& schedule) {
  const std::string line = fmt::format("schedule {}\n", ToText(schedule));
  return ::pwrite(file_, line.data(), line.size(), schedule_at_) ==
         static_cast<ssize_t>(line.size());
}

void CurrentRun::Remove() {
  Close();
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool PrepareWholeFile(const std::string& path, const std::string& text, std::string* error) {
  return IsNoFile(path) || WriteWholeFile(path, text, error);
}

bool WriteWholeFile(const std::string& path, const std::string& text, std::string* error) {
  const bool written = IsNoFile(path) ? WriteInto(path, text) : WriteFile(Target(path), text);
  if (!written) *error = Problem(path);
  return written;
}

}  // namespace backstop::harness
