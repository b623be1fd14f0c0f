// SPDX-License-Identifier: MIT
#include "sim/harness/explore/round_runner.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "sim/harness/explore/codec.h"

namespace backstop::harness {
namespace {

using Parts = std::vector<sched::SearchPart>;
using Stop = std::function<bool()>;

constexpr int kNotSetUpCode = 3;

SearchedRound SearchHere(PartSearch& search, const Parts& parts, const Stop& stop) {
  SearchedRound round;
  for (const sched::SearchPart& part : parts) {
    SearchedPart searched;
    if (!search.Search(part, stop, &searched)) {
      round.end = RoundEnd::kNotSetUp;
      break;
    }
    if (!searched.ended) {
      round.end = RoundEnd::kStopped;
      round.rest.push_back(std::move(searched));
      break;
    }
    round.parts.push_back(std::move(searched));
    if (round.parts.back().found) break;
  }
  return round;
}

/// One of the processes: takes every `jobs`-th part and leaves its results in a file without a
/// name.
class Worker {
 public:
  Worker(PartSearch& search, const Parts& parts, unsigned job, unsigned jobs, const Stop& stop)
      : file_(std::tmpfile()) {
    std::fflush(nullptr);
    process_ = file_ == nullptr ? -1 : fork();
    if (process_ == 0) _exit(Work(search, parts, job, jobs, stop));
  }
  ~Worker() {
    if (file_ != nullptr) std::fclose(file_);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  RoundEnd Wait() const {
    int status = 0;
    if (process_ < 0 || waitpid(process_, &status, 0) != process_) return RoundEnd::kCrashed;
    if (!WIFEXITED(status)) return RoundEnd::kCrashed;
    if (WEXITSTATUS(status) == kNotSetUpCode) return RoundEnd::kNotSetUp;
    return WEXITSTATUS(status) == 0 ? RoundEnd::kDone : RoundEnd::kCrashed;
  }

  std::vector<SearchedPart> Results() const {
    std::vector<SearchedPart> results;
    std::vector<uint8_t> bytes;
    SearchedPart part;
    std::rewind(file_);
    while (ReadFrame(file_, &bytes) && Decode(bytes, &part)) results.push_back(std::move(part));
    return results;
  }

 private:
  int Work(PartSearch& search, const Parts& parts, unsigned job, unsigned jobs,
           const Stop& stop) const {
    for (size_t i = job; i < parts.size(); i += jobs) {
      SearchedPart searched;
      if (!search.Search(parts[i], stop, &searched)) return kNotSetUpCode;
      if (!WriteFrame(file_, Encode(searched))) return 1;
      if (!searched.ended || searched.found) break;
    }
    return 0;
  }

  std::FILE* file_;
  pid_t process_ = -1;
};

RoundEnd Worst(RoundEnd a, RoundEnd b) { return std::max(a, b); }

/// Puts the results of the processes together in the order of the parts. What was searched after a
/// part in which a run failed is left out, as if one process had searched them all.
void Collect(std::vector<std::vector<SearchedPart>> of_job, size_t parts, SearchedRound* round) {
  bool gap = false;
  for (size_t i = 0; i < parts; ++i) {
    auto& done = of_job[i % of_job.size()];
    const size_t at = i / of_job.size();
    gap = gap || at >= done.size() || !done[at].ended;
    if (at < done.size()) (gap ? round->rest : round->parts).push_back(std::move(done[at]));
    if (!gap && round->parts.back().found) return;
  }
}

SearchedRound SearchForked(PartSearch& search, const Parts& parts, unsigned jobs,
                           const Stop& stop) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned job = 0; job < jobs; ++job) {
    workers.push_back(std::make_unique<Worker>(search, parts, job, jobs, stop));
  }
  SearchedRound round;
  std::vector<std::vector<SearchedPart>> of_job;
  for (const auto& worker : workers) {
    round.end = Worst(round.end, worker->Wait());
    of_job.push_back(worker->Results());
  }
  Collect(std::move(of_job), parts.size(), &round);
  const bool found = !round.parts.empty() && round.parts.back().found.has_value();
  if (round.end == RoundEnd::kDone && round.parts.size() < parts.size() && !found) {
    round.end = RoundEnd::kStopped;
  }
  return round;
}

}  // namespace

SearchedRound SearchRound(PartSearch& search, const Parts& parts, unsigned jobs, const Stop& stop) {
  const auto useful = static_cast<unsigned>(std::min<size_t>(jobs, parts.size()));
  return useful <= 1 ? SearchHere(search, parts, stop) : SearchForked(search, parts, useful, stop);
}

}  // namespace backstop::harness
