// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>

#include "properties/tidy/code_text.h"
#include "properties/tidy/rules.h"

namespace backstop::tidy {
namespace {

constexpr std::array<std::string_view, 3> kDeterministic = {"impl/", "model/", "sim/"};

/// Names that a run must not depend on, and what to use instead. "x(" means a call of the
/// function x, no member of that name; "x*" every name that begins with x.
struct Ban {
  std::string_view instead;
  std::array<std::string_view, 16> names;
};

constexpr std::array kBans = {
    Ban{"draw from the Env or the strategy",
        {"std::random_device", "std::random_shuffle", "std::shuffle", "std::uniform_*",
         "std::bernoulli_distribution", "std::discrete_distribution", "std::normal_distribution",
         "rand(", "srand(", "getrandom(", "getentropy("}},
    Ban{"ask the Env for the time",
        {"system_clock", "steady_clock", "high_resolution_clock", "time(", "clock(",
         "gettimeofday(", "clock_gettime(", "usleep(", "nanosleep("}},
    Ban{"tasks and shared fields belong to the Env",
        {"std::thread", "std::jthread", "std::this_thread", "std::async", "std::future",
         "std::promise", "std::atomic*", "std::barrier", "std::latch", "thread_local"}},
    Ban{"locks belong to the Env",
        {"std::mutex", "std::timed_mutex", "std::recursive_*", "std::condition_variable*",
         "std::once_flag", "std::call_once", "std::shared_mutex", "std::shared_timed_mutex"}},
    Ban{"the order of iteration is not defined", {"std::unordered_*"}},
};

/// Files, by the beginning of their path, that may use a banned name, or any when it is empty.
struct Exception {
  std::string_view path;
  std::string_view name;
  std::string_view reason;
};

constexpr std::array kExceptions = {
    Exception{"impl/env/posix_env", "", "the real world behind the Env"},
    Exception{"impl/engine/process.cc", "thread_local", "which simulated process a thread is in"},
    Exception{"sim/scheduler/fiber.", "thread_local", "the runtime's exceptions are a thread's"},
    Exception{"sim/scheduler/thread_baton", "", "tasks on threads that take turns"},
    Exception{"sim/cli/clock", "", "the time budget of a command"},
    Exception{"sim/harness/observed/process_replay", "", "a library under test runs in real time"},
};

bool IsExcepted(const SourceFile& file, std::string_view name) {
  return std::ranges::any_of(kExceptions, [&](const Exception& exception) {
    return file.path.starts_with(exception.path) &&
           (exception.name.empty() || exception.name == name);
  });
}

// The engine's own tests run over POSIX, where its locks meet real threads.
bool IsTestOverPosix(const SourceFile& file) {
  return file.path.starts_with("impl/") && file.path.ends_with("_test.cc");
}

bool IsDeterministic(const SourceFile& file) {
  return file.IsCode() && !IsTestOverPosix(file) &&
         std::ranges::any_of(kDeterministic, [&](std::string_view folder) {
           return file.path.starts_with(folder);
         });
}

// A member's name stands behind a point or an arrow; where a type stands in front the name is being
// declared.
bool IsOther(std::string_view before) {
  if (before.ends_with('.') || before.ends_with("->")) return true;
  before = before.substr(0, before.find_last_not_of(' ') + 1);
  return !before.empty() && IsWord(before.back()) && !before.ends_with("return") &&
         !before.ends_with("else");
}

bool IsCall(std::string_view line, size_t at, size_t end) {
  const size_t next = line.find_first_not_of(' ', end);
  return next != line.npos && line[next] == '(' && !IsOther(line.substr(0, at));
}

// Whether the name, with its last character telling its kind, stands in the line.
bool Stands(std::string_view line, std::string_view name) {
  const char kind = name.back();
  if (kind == '(' || kind == '*') name.remove_suffix(1);
  for (size_t at = line.find(name); at != line.npos; at = line.find(name, at + 1)) {
    const size_t end = at + name.size();
    if (at > 0 && IsWord(line[at - 1])) continue;
    if (kind != '*' && end < line.size() && IsWord(line[end])) continue;
    if (kind != '(' || IsCall(line, at, end)) return true;
  }
  return false;
}

void CheckLine(const SourceFile& file, size_t number, std::string_view line, Findings& found) {
  for (const Ban& ban : kBans) {
    for (std::string_view name : ban.names) {
      if (name.empty() || !Stands(line, name) || IsExcepted(file, name)) continue;
      found.push_back(
          {file.path, number, std::string(name) + " is banned: " + std::string(ban.instead)});
    }
  }
}

}  // namespace

Findings CheckBannedNames(const SourceTree& tree) {
  Findings found;
  for (const SourceFile& file : tree) {
    if (!IsDeterministic(file)) continue;
    const std::string code = CodeOnly(file.text);
    size_t number = 0;
    for (std::string_view line : Lines(code)) CheckLine(file, ++number, line, found);
  }
  return found;
}

}  // namespace backstop::tidy
