// SPDX-License-Identifier: MIT
#include "sim/harness/timeline_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace backstop::harness {
namespace {

using sched::Access;
using sched::PointKind;

/// Finds the history's clock at each step of a log: a call of a task lasts from its invocation to
/// the next one, and has returned as soon as another task runs in between.
class Clock {
 public:
  explicit Clock(const History& history) : history_(history) {}

  /// The step of this point begins; returns the time after which it happens.
  uint64_t Pass(const Access& point) {
    if (task_ != point.task) Leave();
    task_ = point.task;
    if (point.kind == PointKind::kInvoke) Invoke(point.task);
    return now_;
  }
  /// The task of the last step stands before this point when another one goes on.
  void StandsAt(PointKind next) {
    returned_ = next == PointKind::kInvoke || next == PointKind::kEnd;
  }

 private:
  void Leave() {
    const auto* call = task_ < open_.size() ? open_[task_] : nullptr;
    if (!returned_ || call == nullptr || call->returned == model::kPending) return;
    now_ = std::max(now_, call->returned);
  }
  void Invoke(sched::TaskId task) {
    Leave();
    const uint32_t index = invokes_[task]++;
    open_[task] = Find(task, index);
    if (open_[task] != nullptr) now_ = std::max(now_, open_[task]->invoked);
  }
  const model::HistoryCall* Find(sched::TaskId task, uint32_t index) const {
    for (size_t call = 0; call < history_.calls.size(); ++call) {
      if (history_.calls[call].thread == task && history_.index[call] == index) {
        return &history_.calls[call];
      }
    }
    return nullptr;
  }

  const History& history_;
  std::array<uint32_t, sched::kMaxTasks> invokes_{};
  std::array<const model::HistoryCall*, sched::kMaxTasks> open_{};
  sched::TaskId task_ = sched::kNoTask;
  bool returned_ = false;
  uint64_t now_ = 0;
};

/// For each step of the log the kind of the next point of its task; kEnd if there is none.
std::vector<PointKind> NextKinds(const std::vector<Access>& log) {
  std::vector<PointKind> next(log.size(), PointKind::kEnd);
  std::array<PointKind, sched::kMaxTasks> coming;
  coming.fill(PointKind::kEnd);
  for (size_t at = log.size(); at-- > 0;) {
    if (!log[at].begins_step || log[at].task >= coming.size()) continue;
    next[at] = coming[log[at].task];
    coming[log[at].task] = log[at].kind;
  }
  return next;
}

bool IsOnTheWay(PointKind kind) {
  return kind != PointKind::kStart && kind != PointKind::kInvoke && kind != PointKind::kReturn &&
         kind != PointKind::kEnd;
}

/// Counts points of one task in a row.
class Fold {
 public:
  explicit Fold(std::vector<PointLine>* lines) : lines_(lines) {}
  ~Fold() { Close(); }

  void Add(const PointNote& note) {
    if (note.task != line_.task || note.time != line_.time) Close();
    line_.task = note.task;
    line_.time = note.time;
    ++counts_[static_cast<size_t>(note.kind)];
  }

 private:
  void Close() {
    line_.text.clear();
    for (size_t kind = 0; kind < counts_.size(); ++kind) {
      if (counts_[kind] == 0) continue;
      if (!line_.text.empty()) line_.text += ", ";
      line_.text += sched::PointKindName(static_cast<PointKind>(kind));
      if (counts_[kind] > 1) line_.text += fmt::format(" x{}", counts_[kind]);
    }
    if (!line_.text.empty()) lines_->push_back(line_);
    counts_.fill(0);
  }

  std::vector<PointLine>* lines_;
  PointLine line_;
  std::array<unsigned, sched::kPointKinds> counts_{};
};

}  // namespace

std::vector<PointNote> PointsOf(const sched::Scheduler& scheduler, const History& history) {
  const std::vector<Access>& log = scheduler.accesses();
  const std::vector<PointKind> next = NextKinds(log);
  std::vector<PointNote> points;
  Clock clock(history);
  for (size_t at = 0; at < log.size(); ++at) {
    const Access& access = log[at];
    if (!access.begins_step || access.task >= sched::kMaxTasks) continue;
    const uint64_t time = clock.Pass(access);
    clock.StandsAt(next[at]);
    if (!IsOnTheWay(access.kind)) continue;
    const bool named = access.object != sched::kNoObject;
    points.push_back({.time = time,
                      .task = access.task,
                      .kind = access.kind,
                      .object = named ? scheduler.ObjectName(access.object) : ""});
  }
  return points;
}

std::vector<PointLine> PointLines(const std::vector<PointNote>& points, Points how) {
  std::vector<PointLine> lines;
  if (how == Points::kHidden) return lines;
  if (how == Points::kFolded) {
    Fold fold(&lines);
    for (const PointNote& point : points) fold.Add(point);
    return lines;
  }
  for (const PointNote& point : points) {
    lines.push_back({.time = point.time,
                     .task = point.task,
                     .text = fmt::format("{} {}", sched::PointKindName(point.kind), point.object)});
  }
  return lines;
}

}  // namespace backstop::harness
