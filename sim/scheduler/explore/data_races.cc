// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/data_races.h"

#include <algorithm>
#include <map>

#include "sim/scheduler/explore/happens_before.h"

namespace backstop::sched {
namespace {

/// When a task accessed a field last.
struct Last {
  uint32_t at = 0;  ///< the task's own clock; 0: never
  RaceSite site;
};

struct Field {
  std::array<Last, kMaxTasks> loads, stores;
};

class Detector {
 public:
  Detector() {
    for (unsigned i = 0; i < kMaxTasks; ++i) clocks_[i].steps[i] = 1;
  }

  void Take(const Access& access) {
    switch (access.mode) {
      case AccessMode::kAcquire:
        return Join(access.task, access.object);
      case AccessMode::kRelease:
        return Publish(access.task, access.object);
      case AccessMode::kCommute:
        Join(access.task, access.object);
        return Publish(access.task, access.object);
      case AccessMode::kWake:
        clocks_[access.object].Join(clocks_[access.task]);
        ++clocks_[access.task].steps[access.task];
        return;
      default:
        break;
    }
    if (!access.begins_step || access.mode == AccessMode::kJump) return;
    if (access.kind == PointKind::kInvoke) ++calls_[access.task];
    if (access.kind == PointKind::kLoad || access.kind == PointKind::kStore) Touch(access);
  }

  const std::vector<DataRace>& races() const { return races_; }

 private:
  void Join(TaskId task, ObjectId lock) { clocks_[task].Join(locks_[lock]); }

  void Publish(TaskId task, ObjectId lock) {
    locks_[lock].Join(clocks_[task]);
    ++clocks_[task].steps[task];
  }

  void Touch(const Access& access) {
    const TaskId task = access.task;
    Field& field = fields_[access.object];
    const uint32_t call = calls_[task] == 0 ? 0 : calls_[task] - 1;
    const RaceSite site{task, call, access.kind};
    const bool stores = access.kind == PointKind::kStore;
    for (unsigned other = 0; other < kMaxTasks; ++other) {
      if (other == task) continue;
      Compare(access.object, field.stores[other], site);
      if (stores) Compare(access.object, field.loads[other], site);
    }
    (stores ? field.stores : field.loads)[task] = {clocks_[task].steps[task], site};
  }

  void Compare(ObjectId object, const Last& last, const RaceSite& site) {
    const TaskId other = last.site.task;
    if (last.at == 0 || last.at <= clocks_[site.task].steps[other]) return;
    const bool known = std::ranges::any_of(races_, [&](const DataRace& race) {
      return race.object == object && race.first.task == other && race.second.task == site.task;
    });
    if (!known) races_.push_back({object, last.site, site});
  }

  std::array<Clock, kMaxTasks> clocks_;
  std::map<ObjectId, Clock> locks_;
  std::map<ObjectId, Field> fields_;
  std::array<uint32_t, kMaxTasks> calls_{};
  std::vector<DataRace> races_;
};

std::string ToText(const RaceSite& site, const Scheduler& scheduler) {
  return scheduler.TaskName(site.task) + " (call " + std::to_string(site.call) + ") " +
         PointKindName(site.kind);
}

}  // namespace

std::vector<DataRace> FindDataRaces(std::span<const Access> log) {
  Detector detector;
  for (const Access& access : log) detector.Take(access);
  return detector.races();
}

std::string ToText(const DataRace& race, const Scheduler& scheduler) {
  return std::string("data race on '") + scheduler.ObjectName(race.object) +
         "': " + ToText(race.first, scheduler) + ", " + ToText(race.second, scheduler);
}

}  // namespace backstop::sched
