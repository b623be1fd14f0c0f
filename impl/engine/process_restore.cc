// SPDX-License-Identifier: MIT
// What restores ask of the process.
#include <algorithm>

#include "impl/engine/path.h"
#include "impl/engine/process_state.h"

namespace backstop::engine {

Err ProcessState::BeginRestore(JET_INSTANCE handle, bool legacy,
                               std::shared_ptr<Instance>* instance) {
  env::MutexLock lock(mutex_);
  if (legacy && mode_ == Mode::kMultiInstance) return JET_errRunningInMultiInstanceMode;
  const bool given = !legacy && handle != 0 && handle != JET_instanceNil;
  if (mode_ == Mode::kUnset) return given ? JET_errInvalidParameter : JET_errSuccess;
  const Instance* found = Lookup(handle);
  if (found == nullptr) return JET_errInvalidParameter;
  *instance = Share(*found);
  return (*instance)->gate().BeginRestore();
}

Err ProcessState::ClaimForRestore(const Parameters& parameters, Err refused) {
  env::MutexLock lock(mutex_);
  if (mode_ == Mode::kOneInstance) return JET_errRunningInOneInstanceMode;
  if (refused < 0) return refused;
  if (instances_.size() + restoring_.size() >= parameters_.max_instances) {
    return JET_errTooManyInstances;
  }
  if (!env_.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  if (!env_.Grants(env::Need::kFullPath)) return JET_errInvalidParameter;
  if (const Err err = CheckPathsFree(parameters); err < 0) return err;
  restoring_.push_back(parameters);
  return JET_errSuccess;
}

void ProcessState::EndRestore(const Parameters& parameters) {
  env::MutexLock lock(mutex_);
  const auto mine = std::ranges::find(restoring_, parameters.log_path, &Parameters::log_path);
  if (mine != restoring_.end()) restoring_.erase(mine);
}

void ProcessState::EndRestore(Instance& instance) {
  env::MutexLock lock(mutex_);
  instance.paths_claimed = false;
  instance.gate().EndRestore();
}

Parameters ProcessState::DefaultParameters() {
  env::MutexLock lock(mutex_);
  return parameters_;
}

std::shared_ptr<Instance> ProcessState::FindRunning(const std::string& name) {
  for (auto& instance : Running()) {
    if (instance->name() == name) return instance;
  }
  return nullptr;
}

std::vector<std::shared_ptr<Instance>> ProcessState::Running() {
  env::MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Instance>> found = instances_;
  std::erase_if(found, [](const auto& each) {
    return each->gate().standing() == ApiGate::Standing::kNeither;
  });
  return found;
}

std::shared_ptr<Instance> ProcessState::FindRunning(const std::string& log_path,
                                                    const std::string& system_path) {
  for (auto& instance : Running()) {
    const Parameters parameters = ParametersOf(*instance);
    if (NormalDirectory(parameters.log_path) == NormalDirectory(log_path) &&
        NormalDirectory(parameters.system_path) == NormalDirectory(system_path)) {
      return instance;
    }
  }
  return nullptr;
}

Parameters ProcessState::ParametersOf(Instance& instance) {
  env::MutexLock lock(mutex_);
  return instance.parameters;
}

}  // namespace backstop::engine
