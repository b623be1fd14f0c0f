// SPDX-License-Identifier: MIT
// The deterministic Env: a SimDisk, the locks and the clock of a Scheduler, seeded randomness.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "impl/env/env.h"
#include "sim/scheduler/random.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/fault_policy.h"
#include "sim/world/sim_disk.h"

namespace backstop::world {

struct OpenFile;

/// One world of one run: make it after Scheduler::Reset and drop it before the next. Every lock,
/// unlock, wait and notification, every file operation and every Touch is a scheduling point on an
/// object named like the lock or cell, or like the file without its directory; what the call does,
/// it does after the point. Closing a file is no point.
class SimEnv : public env::Env {
 public:
  /// 2025-01-01 00:00:00 UTC, when every world begins.
  static constexpr uint64_t kEpochMicros = 1'735'689'600'000'000;

  /// `scheduler` must outlive the world. `seed` drives Random64 only.
  SimEnv(sched::Scheduler& scheduler, SimDisk disk, uint64_t seed);
  ~SimEnv() override;

  /// Null means that nothing fails. The policy must outlive the world or be taken back.
  void SetFaults(FaultPolicy* faults) { faults_ = faults; }

  SimDisk& disk() { return disk_; }
  const SimDisk& disk() const { return disk_; }
  /// Whether a fault of kind kPowerLoss has struck. What is left is disk().AfterPowerLoss, if the
  /// disk tracked durability.
  bool power_lost() const { return power_lost_; }
  /// Paths, as they were opened, of the files not yet closed, oldest first.
  std::vector<std::string> OpenFiles() const;

  env::IoStatus Open(const std::string& path, env::OpenMode mode,
                     std::unique_ptr<env::File>* file) override;
  env::IoStatus Remove(const std::string& path) override;
  env::IoStatus Rename(const std::string& from, const std::string& to) override;
  env::IoStatus MakeDirectory(const std::string& path) override;
  env::IoStatus List(const std::string& directory, std::vector<std::string>* names) override;
  bool Exists(const std::string& path) override;
  env::IoStatus SyncDirectory(const std::string& directory) override;

  std::unique_ptr<env::MutexImpl> NewMutex(const char* name) override;
  std::unique_ptr<env::ConditionImpl> NewCondition(const char* name) override;
  env::CellId NewCell(const char* name) override;
  void Touch(env::CellId cell, env::Access access) override;

  /// Grows by one with each call, so that time stamps differ, and by what tasks sleep.
  uint64_t NowMicros() override;
  void SleepMicros(uint64_t micros) override;
  uint64_t Random64() override;

  /// No scheduling points: nothing that others do changes the answers.
  bool Grants(env::Need need) override;

 private:
  friend class SimFile;

  /// Says that the directory entry of `path` comes, goes or changes.
  void TouchEntry(const std::string& path);
  sched::ObjectId ObjectOf(const std::string& path);

  /// The point, then the fault, of an operation on a path, which touches that part of it.
  env::IoStatus Enter(sched::PointKind kind, const IoRequest& request, sched::AccessMode mode,
                      sched::Range part);
  /// Asks the policy. A delay has passed on return.
  IoFault FaultOf(IoRequest request);

  // For SimFile.
  void Reach(sched::PointKind kind, const OpenFile& file);
  void TouchFile(const OpenFile& file, sched::AccessMode mode, sched::Range range);
  void TouchGrowth(const OpenFile& file, uint64_t offset, uint64_t bytes);
  bool logging() const { return scheduler_.logging(); }
  void CloseFile(OpenFile& file);

  sched::Scheduler& scheduler_;
  SimDisk disk_;
  FaultPolicy* faults_ = nullptr;
  bool power_lost_ = false;
  sched::Random random_;
  uint64_t now_calls_ = 0;
  uint64_t handles_ = 0;
  std::map<std::string, sched::ObjectId, std::less<>> objects_;  ///< of paths
  std::vector<boost::intrusive_ptr<OpenFile>> open_;
};

}  // namespace backstop::world
