// SPDX-License-Identifier: MIT
#include "sim/harness/observed/process_replay.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <sstream>
#include <thread>

namespace backstop::observed {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path BaseDirectory() {
  constexpr const char* kMemory = "/dev/shm";
  const char* chosen = std::getenv("TMPDIR");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  return ::access(kMemory, W_OK) == 0 ? fs::path(kMemory) : fs::temp_directory_path();
}

void WriteAll(int to, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t some = ::write(to, text.data() + done, text.size() - done);
    if (some <= 0) ::_exit(1);
    done += static_cast<size_t>(some);
  }
}

std::string ReadAll(int from) {
  std::string text;
  std::string chunk(1 << 16, '\0');
  for (ssize_t some; (some = ::read(from, chunk.data(), chunk.size())) > 0;) {
    text.append(chunk, 0, static_cast<size_t>(some));
  }
  return text;
}

/// What the child does: makes the steps and writes a line for each that has returned.
void RunChild(const harness::JetApi& api, const Sequence& sequence, size_t count, int to) {
  std::mutex writing;
  const auto sink = [&](size_t index, const StepResult& result) {
    const json line{index, result.err, result.out, result.missing};
    const std::lock_guard guard(writing);
    WriteAll(to, line.dump() + "\n");
  };
  SequenceRun run(api, engine::Process::Current().env(), sequence, count, sink);
  std::thread other;
  if (run.NeedsOther()) other = std::thread([&] { run.RunOther(); });
  run.RunMain();
  if (other.joinable()) other.join();
  WriteAll(to, json(run.failure()).dump() + "\n");
}

/// How a child ended that did not come to its last line.
std::string EndText(int status, unsigned deadline_seconds) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    return fmt::format("no end after {} s", deadline_seconds);
  }
  if (WIFSIGNALED(status)) return fmt::format("ended by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit code {}", WEXITSTATUS(status));
}

EngineRun Collect(const std::string& text, size_t steps, std::string otherwise) {
  EngineRun run;
  run.results.resize(steps);
  run.stopped = std::move(otherwise);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const json value = json::parse(line, nullptr, false);
    if (value.is_string()) run.stopped = value.get<std::string>();
    if (!value.is_array()) continue;
    run.results[value[0].get<size_t>()] = {value[1], value[2], value[3]};
  }
  return run;
}

}  // namespace

ProcessReplay::ProcessReplay(const harness::JetApi& api, unsigned deadline_seconds)
    : api_(api), deadline_seconds_(deadline_seconds), base_(BaseDirectory()) {}

EngineRun ProcessReplay::Run(const Sequence& sequence, size_t count) {
  const fs::path directory = base_ / fmt::format("backstop-{}-{}", ::getpid(), runs_++);
  std::error_code ignored;
  fs::create_directory(directory, ignored);
  int ends[2];
  if (::pipe(ends) != 0) return Collect({}, sequence.steps.size(), "no pipe can be made");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    ::alarm(deadline_seconds_);
    if (::chdir(directory.c_str()) != 0) ::_exit(1);
    RunChild(api_, sequence, count, ends[1]);
    ::_exit(0);
  }
  ::close(ends[1]);
  const std::string text = ReadAll(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  fs::remove_all(directory, ignored);
  return Collect(text, sequence.steps.size(), EndText(status, deadline_seconds_));
}

}  // namespace backstop::observed
