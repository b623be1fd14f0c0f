// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/random_program.h"

#include <array>

#include "sim/scheduler/random.h"

namespace backstop::sched {
namespace {

using Kind = RandomOp::Kind;

constexpr unsigned kObjects = 2;  // of each sort
constexpr unsigned kBytes = 4;

class Drawer {
 public:
  explicit Drawer(uint64_t seed) : random_(seed), flavour_(random_.Below(4)) {}

  RandomProgram Draw() {
    RandomProgram program;
    const uint32_t tasks = 2 + random_.Below(2);
    for (uint32_t i = 0; i < tasks; ++i) {
      ops_.clear();
      const uint32_t blocks = 1 + random_.Below(tasks == 2 ? 3 : 2);
      for (uint32_t k = 0; k < blocks; ++k) Block();
      program.tasks.push_back(ops_);
    }
    return program;
  }

 private:
  uint8_t Object() { return static_cast<uint8_t>(random_.Below(kObjects)); }
  void Add(Kind kind, uint8_t object = 0) { ops_.push_back({.kind = kind, .object = object}); }

  void AddRange(Kind kind) {
    const auto begin = static_cast<uint8_t>(random_.Below(kBytes));
    const auto end = static_cast<uint8_t>(begin + 1 + random_.Below(kBytes - begin));
    ops_.push_back({.kind = kind, .begin = begin, .end = end});
  }

  void Simple() {
    switch (random_.Below(8)) {
      case 0:
        return Add(Kind::kSkipIfOdd);
      case 1:
        return AddRange(Kind::kReadRange);
      case 2:
        return AddRange(Kind::kWriteRange);
      case 3:
      case 4:
        return Add(Kind::kLoad, Object());
      default:
        return Add(Kind::kStore, Object());
    }
  }

  void Locked() {
    const uint8_t lock = Object();
    Add(Kind::kLock, lock);
    for (uint32_t n = random_.Below(3); n > 0; --n) {
      if (random_.Below(4) == 0 && depth_ == 0) {
        ++depth_;
        Locked();
        --depth_;
      } else {
        Simple();
      }
    }
    Add(Kind::kUnlock, lock);
  }

  void Waits() {
    const uint8_t lock = Object();
    Add(Kind::kLock, lock);
    Add(Kind::kWaitUnless, lock);
    Add(Kind::kUnlock, lock);
  }

  void Notifies() {
    const uint8_t lock = Object();
    const bool locked = random_.Below(2) == 0;
    if (locked) Add(Kind::kLock, lock);
    Add(Kind::kStore, lock);
    if (locked && random_.Below(2) == 0) Add(Kind::kUnlock, lock);
    Add(Kind::kNotify, lock);
    if (locked && ops_[ops_.size() - 2].kind != Kind::kUnlock) Add(Kind::kUnlock, lock);
  }

  void Call() {
    Add(Kind::kCall);
    for (uint32_t n = random_.Below(3); n > 0; --n) {
      const uint32_t pick = random_.Below(4);
      if (pick == 0) {
        Locked();
      } else if (pick == 1) {
        Simple();
      } else {
        Add(Kind::kCount, Object());
      }
    }
    Add(Kind::kReturn);
  }

  // Each program has a flavour, so that rare things meet each other.
  void Block() {
    const uint32_t pick = random_.Below(8);
    if (flavour_ == 1 && pick < 5) return pick < 2 ? Waits() : Notifies();
    if (flavour_ == 2 && pick < 3) return Add(pick < 2 ? Kind::kSleep : Kind::kDraw, Object());
    if (flavour_ == 3) return Call();
    if (flavour_ == 0 && pick == 7) return Add(Kind::kCount, Object());
    pick < 4 ? Locked() : Simple();
  }

  Random random_;
  const uint32_t flavour_;
  int depth_ = 0;
  std::vector<RandomOp> ops_;
};

/// The objects of a run and the tasks' digests.
class World {
 public:
  explicit World(Scheduler& scheduler) : scheduler_(scheduler) {
    for (unsigned i = 0; i < kObjects; ++i) {
      locks_[i] = scheduler.NewObject("lock");
      cells_[i] = scheduler.NewObject("cell");
      conditions_[i] = scheduler.NewObject("condition");
    }
    file_ = scheduler.NewObject("file");
  }

  void RunTask(const std::vector<RandomOp>& ops, unsigned task) {
    digests_[task] = task + 1;
    bool skipping = false;
    for (const RandomOp& op : ops) {
      const bool simple = op.kind == Kind::kLoad || op.kind == Kind::kStore;
      if (op.kind == Kind::kSkipIfOdd) {
        skipping = (digests_[task] & 1) != 0;
      } else if (!simple || !skipping) {
        Make(op, task);
      }
    }
  }

  uint64_t Digest() const {
    uint64_t digest = 0;
    for (const uint64_t value : counts_) digest = MixSeed(digest, value);
    for (const uint64_t value : values_) digest = MixSeed(digest, value);
    for (const uint64_t value : bytes_) digest = MixSeed(digest, value);
    for (const uint64_t value : digests_) digest = MixSeed(digest, value);
    return digest;
  }

  const std::vector<RandomCall>& calls() const { return calls_; }

 private:
  void See(unsigned task, uint64_t value) { digests_[task] = MixSeed(digests_[task], value); }

  void Make(const RandomOp& op, unsigned task) {
    const Range range{op.begin, op.end};
    switch (op.kind) {
      case Kind::kLock:
        scheduler_.LockMutex(locks_[op.object]);
        return See(task, counts_[op.object]);
      case Kind::kCount:
        scheduler_.LockMutex(locks_[op.object], true);
        ++counts_[op.object];
        return scheduler_.UnlockMutex(locks_[op.object]);
      case Kind::kUnlock:
        return scheduler_.UnlockMutex(locks_[op.object]);
      case Kind::kLoad:
        scheduler_.At(PointKind::kLoad, cells_[op.object]);
        return See(task, values_[op.object]);
      case Kind::kStore:
        scheduler_.At(PointKind::kStore, cells_[op.object]);
        values_[op.object] = digests_[task];
        return;
      case Kind::kReadRange:
        scheduler_.At(PointKind::kRead, file_, AccessMode::kRead, range);
        for (unsigned i = op.begin; i < op.end; ++i) See(task, bytes_[i]);
        return;
      case Kind::kWriteRange:
        scheduler_.At(PointKind::kWrite, file_, AccessMode::kWrite, range);
        for (unsigned i = op.begin; i < op.end; ++i) bytes_[i] = digests_[task] + i;
        return;
      case Kind::kWaitUnless:
        scheduler_.At(PointKind::kLoad, cells_[op.object]);
        if (values_[op.object] == 0) {
          scheduler_.WaitCondition(conditions_[op.object], locks_[op.object]);
        }
        return;
      case Kind::kNotify:
        return scheduler_.NotifyAll(conditions_[op.object]);
      case Kind::kSleep:
        scheduler_.SleepMicros(10 * (op.object + 1u));
        return See(task, scheduler_.NowMicros());
      case Kind::kDraw:
        return See(task, scheduler_.Draw("draw", 2));
      case Kind::kCall:
        scheduler_.At(PointKind::kInvoke);
        scheduler_.BeginCall();
        open_[task] = calls_.size();
        calls_.push_back({.task = static_cast<TaskId>(task), .invoked = ++time_});
        return;
      case Kind::kReturn:
        scheduler_.EndCall();
        calls_[open_[task]].returned = ++time_;
        return;
      case Kind::kSkipIfOdd:
        return;
    }
  }

  Scheduler& scheduler_;
  std::array<ObjectId, kObjects> locks_{}, cells_{}, conditions_{};
  ObjectId file_ = kNoObject;
  std::array<uint64_t, kObjects> values_{};
  std::array<uint64_t, kBytes> bytes_{};
  std::array<uint64_t, kMaxTasks> digests_{};
  std::array<uint64_t, kObjects> counts_{};
  std::vector<RandomCall> calls_;
  std::array<size_t, kMaxTasks> open_{};
  uint32_t time_ = 0;
};

const char* KindName(Kind kind) {
  constexpr std::array<const char*, 14> kNames = {"lock",  "unlock", "load",   "store", "read",
                                                  "write", "wait",   "notify", "sleep", "draw",
                                                  "call",  "return", "count",  "skip"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace

RandomProgram DrawRandomProgram(uint64_t seed) { return Drawer(seed).Draw(); }

std::string ToText(const RandomProgram& program) {
  std::string text;
  for (const auto& task : program.tasks) {
    for (const RandomOp& op : task) {
      text += std::string(" ") + KindName(op.kind) + std::to_string(op.object);
      if (op.end != 0) text += "[" + std::to_string(op.begin) + "," + std::to_string(op.end) + ")";
    }
    text += "\n";
  }
  return text;
}

RandomResult RunRandomProgram(const RandomProgram& program, Scheduler& scheduler,
                              Strategy& strategy) {
  scheduler.Reset();
  World world(scheduler);
  for (unsigned i = 0; i < program.tasks.size(); ++i) {
    scheduler.Spawn(std::string(1, static_cast<char>('A' + i)),
                    [&, i] { world.RunTask(program.tasks[i], i); });
  }
  const RunStatus status = scheduler.Run(strategy);
  return {MixSeed(world.Digest(), static_cast<uint64_t>(status)), world.calls(),
          status == RunStatus::kCompleted};
}

}  // namespace backstop::sched
