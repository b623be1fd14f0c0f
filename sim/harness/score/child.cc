// SPDX-License-Identifier: MIT
#include "sim/harness/score/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace backstop::score {
namespace {

constexpr int kPollMillis = 5;
constexpr int kCannotStart = 126;

[[noreturn]] void BecomeChild(const std::vector<std::string>& arguments,
                              const std::string& directory, const std::string& log) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const bool ready = in >= 0 && out >= 0 && ::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 &&
                     ::dup2(out, 2) >= 0 && ::chdir(directory.c_str()) == 0;
  std::vector<char*> words;
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  if (ready) ::execvp(words[0], words.data());
  ::_exit(kCannotStart);
}

double SecondsIn(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

ChildEnd EndOf(int status, const rusage& usage) {
  const double seconds = SecondsIn(usage.ru_utime) + SecondsIn(usage.ru_stime);
  if (WIFSIGNALED(status)) return {ChildEnd::How::kSignal, WTERMSIG(status), seconds};
  const int code = WEXITSTATUS(status);
  const auto how = code == kCannotStart ? ChildEnd::How::kNotStarted : ChildEnd::How::kExited;
  return {how, code, seconds};
}

}  // namespace

ChildEnd RunChild(const std::vector<std::string>& arguments, const std::string& directory,
                  const std::string& log, double timeout_seconds) {
  const pid_t pid = ::fork();
  if (pid < 0) return {};
  if (pid == 0) BecomeChild(arguments, directory, log);
  ::setpgid(pid, pid);
  const auto polls = static_cast<uint64_t>(timeout_seconds * 1e3 / kPollMillis);
  int status = 0;
  rusage usage{};
  for (uint64_t i = 0; i <= polls; ++i) {
    if (::wait4(pid, &status, WNOHANG, &usage) == pid) return EndOf(status, usage);
    ::poll(nullptr, 0, kPollMillis);
  }
  ::kill(-pid, SIGKILL);
  ::wait4(pid, &status, 0, &usage);
  return {ChildEnd::How::kTimeout, SIGKILL, EndOf(status, usage).cpu_seconds};
}

std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> SplitCommand(const std::string& command) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (c == '\\' && quote != '\'' && i + 1 < command.size()) {
      word += command[++i];
      in_word = true;
    } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
      in_word = true;
    } else if (quote == 0 && c == ' ') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (in_word) words.push_back(std::move(word));
  return words;
}

std::string TellingLine(const std::string& log) {
  std::ifstream file(log);
  std::string telling;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    telling = line;
    if (line.find("error") != std::string::npos || line.find("FAILED") != std::string::npos) break;
  }
  std::ranges::replace(telling, '\t', ' ');
  return telling;
}

}  // namespace backstop::score
