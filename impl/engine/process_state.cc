// SPDX-License-Identifier: MIT
#include "impl/engine/process_state.h"

#include <algorithm>
#include <utility>

#include "impl/engine/path.h"

namespace backstop::engine {
namespace {

bool IsOfProcess(ParameterScope scope) {
  return scope == ParameterScope::kProcess || scope == ParameterScope::kProcessDynamic;
}

bool IsNone(JET_API_PTR handle) { return handle == 0 || handle == JET_instanceNil; }

}  // namespace

ProcessState::ProcessState(env::Env& env, const Dialect& dialect)
    : env_(env), dialect_(dialect), snapshots_(env, dialect), mutex_(env, "process") {}

Instance* ProcessState::Lookup(JET_INSTANCE handle) const {
  if (mode_ == Mode::kOneInstance) return instances_.front().get();
  for (const auto& instance : instances_) {
    if (instance->handle() == handle) return instance.get();
  }
  return nullptr;
}

std::shared_ptr<Instance> ProcessState::Share(const Instance& instance) const {
  return *std::find_if(instances_.begin(), instances_.end(),
                       [&instance](const auto& each) { return each.get() == &instance; });
}

Err ProcessState::Find(JET_INSTANCE handle, std::shared_ptr<Instance>* instance) {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  const Instance* found = Lookup(handle);
  if (found == nullptr) return JET_errInvalidParameter;
  *instance = Share(*found);
  return JET_errSuccess;
}

Err ProcessState::FindOnly(std::shared_ptr<Instance>* instance) {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  if (mode_ == Mode::kUnset) return JET_errInvalidParameter;
  if (mode_ == Mode::kMultiInstance) return JET_errRunningInMultiInstanceMode;
  *instance = instances_.front();
  return JET_errSuccess;
}

std::shared_ptr<Instance> ProcessState::FindBySession(JET_SESID id) {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  const uint32_t serial = Instance::SerialOfSession(id);
  for (const auto& instance : instances_) {
    if (instance->handle() == serial) return instance;
  }
  return nullptr;
}

Err ProcessState::StaleSession() {
  env::MutexLock lock(mutex_);
  return WithoutSession();
}

Err ProcessState::WithoutSession() const {
  bool terminating = false;
  for (const auto& instance : instances_) {
    const ApiGate::Standing standing = instance->gate().standing();
    if (standing == ApiGate::Standing::kReady) return JET_errInvalidSesid;
    terminating = terminating || standing == ApiGate::Standing::kTerminating;
  }
  return terminating ? JET_errTermInProgress : JET_errNotInitialized;
}

std::optional<Err> ProcessState::TerminatingSession(Instance& instance, bool after_stop_service) {
  env::MutexLock lock(mutex_);
  const ApiGate::Standing standing = instance.gate().standing();
  if (standing == ApiGate::Standing::kReady) return std::nullopt;
  const Err err = WithoutSession();
  if (standing != ApiGate::Standing::kTerminating || err == JET_errTermInProgress) return err;
  const bool stopped = !after_stop_service && instance.gate().service_stopped();
  if (stopped) return JET_errClientRequestToStopJetService;
  const Err unavailable = instance.gate().CheckAvailable();
  return unavailable < 0 ? unavailable : JET_errTermInProgress;
}

Err ProcessState::Add(std::optional<std::string> name, Mode mode,
                      std::shared_ptr<Instance>* instance) {
  const size_t limit = mode == Mode::kOneInstance ? 1 : parameters_.max_instances;
  if (instances_.size() >= limit) return JET_errTooManyInstances;
  for (const auto& each : instances_) {
    if (each->name() == name) return JET_errInstanceNameInUse;
  }
  if (!env_.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  *instance =
      std::make_shared<Instance>(env_, dialect_, ++last_serial_, std::move(name), parameters_);
  instances_.push_back(*instance);
  mode_ = mode;
  return JET_errSuccess;
}

void ProcessState::Remove(Instance& instance) {
  std::erase_if(instances_, [&instance](const auto& each) { return each.get() == &instance; });
  if (instances_.empty()) mode_ = Mode::kUnset;
}

std::vector<std::shared_ptr<Instance>> ProcessState::Initialized() {
  env::MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Instance>> found = instances_;
  std::erase_if(
      found, [](const auto& each) { return each->gate().standing() != ApiGate::Standing::kReady; });
  return found;
}

bool ProcessState::HasInstances() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return !instances_.empty();
}

uint64_t ProcessState::SnapshotTimeoutMicros() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return parameters_.snapshot_timeout_ms * 1000;
}

Err ProcessState::Create(std::optional<std::string> name, std::shared_ptr<Instance>* instance) {
  env::MutexLock lock(mutex_);
  if (mode_ == Mode::kOneInstance) return JET_errRunningInOneInstanceMode;
  return Add(std::move(name), Mode::kMultiInstance, instance);
}

Err ProcessState::BeginInit(const JET_INSTANCE* handle, bool valid_restore_info,
                            std::shared_ptr<Instance>* instance) {
  env::MutexLock lock(mutex_);
  const Err err = FindToInit(handle, valid_restore_info, instance);
  return err < 0 ? err : (*instance)->gate().BeginInit();
}

Err ProcessState::FindToInit(const JET_INSTANCE* handle, bool valid_restore_info,
                             std::shared_ptr<Instance>* instance) {
  if (mode_ == Mode::kMultiInstance && handle == nullptr) return JET_errRunningInMultiInstanceMode;
  if (mode_ == Mode::kOneInstance) return JET_errAlreadyInitialized;
  if (!valid_restore_info) return JET_errInvalidParameter;
  if (handle == nullptr || IsNone(*handle)) {
    const Mode mode = mode_ == Mode::kUnset ? Mode::kOneInstance : mode_;
    return Add(std::nullopt, mode, instance);
  }
  const Instance* found = Lookup(*handle);
  if (found == nullptr) return JET_errInvalidParameter;
  *instance = Share(*found);
  return JET_errSuccess;
}

Err ProcessState::CheckPathsFree(const Parameters& mine) const {
  std::vector<const Parameters*> others;
  for (const auto& instance : instances_) {
    if (instance->paths_claimed) others.push_back(&instance->parameters);
  }
  for (const Parameters& restore : restoring_) others.push_back(&restore);
  const auto taken = [&](std::string Parameters::*path) {
    return std::ranges::any_of(others, [&](const Parameters* other) {
      return NormalDirectory(other->*path) == NormalDirectory(mine.*path);
    });
  };
  if (taken(&Parameters::temp_path)) return JET_errTempPathInUse;
  if (taken(&Parameters::system_path)) return JET_errSystemPathInUse;
  if (taken(&Parameters::log_path)) return JET_errLogFilePathInUse;
  const bool unusable = std::ranges::find(unusable_log_paths_, NormalDirectory(mine.log_path)) !=
                        unusable_log_paths_.end();
  return unusable ? JET_errFileAccessDenied : JET_errSuccess;
}

Err ProcessState::ClaimPaths(Instance& instance, Parameters* parameters) {
  env::MutexLock lock(mutex_);
  if (const Err err = CheckPathsFree(instance.parameters); err < 0) return err;
  instance.paths_claimed = true;
  *parameters = instance.parameters;
  return JET_errSuccess;
}

void ProcessState::Free(Instance& instance) {
  env::MutexLock lock(mutex_);
  instance.gate().Free();
  if (instance.left_log_open()) {
    unusable_log_paths_.push_back(NormalDirectory(instance.parameters.log_path));
  }
  Remove(instance);
}

bool ProcessState::FreeUnlessInitialized(Instance& instance, Err* err) {
  env::MutexLock lock(mutex_);
  if (!instance.gate().FreeUnlessInitialized(err)) return false;
  Remove(instance);
  return true;
}

Err ProcessState::ParameterOwner(JET_INSTANCE handle, JET_SESID session, Instance** owner) {
  *owner = nullptr;
  if (mode_ == Mode::kUnset) return JET_errSuccess;
  if (mode_ == Mode::kOneInstance) {
    *owner = instances_.front().get();
  } else if (!IsNone(session)) {
    *owner = Lookup(Instance::SerialOfSession(session));
    if (*owner == nullptr || !(*owner)->gate().HasSession(session)) return JET_errInvalidSesid;
  } else if (!IsNone(handle)) {
    *owner = Lookup(handle);
    if (*owner == nullptr) return JET_errInvalidInstance;
  }
  return JET_errSuccess;
}

Err ProcessState::SetParameter(const JET_INSTANCE* handle, JET_SESID session, uint32_t id,
                               uint64_t number, const char* text) {
  env::MutexLock lock(mutex_);
  Instance* owner = nullptr;
  const JET_INSTANCE instance = handle == nullptr ? JET_instanceNil : *handle;
  if (const Err err = ParameterOwner(instance, session, &owner); err < 0) return err;
  bool initialized = false;
  if (owner != nullptr) {
    if (const Err err = owner->gate().ParametersSettable(&initialized); err < 0) return err;
  }
  const ParameterInfo* info = FindParameter(id);
  if (info == nullptr) return JET_errInvalidParameter;
  const bool of_process = IsOfProcess(info->scope);
  const bool late = (info->scope == ParameterScope::kProcess && mode_ != Mode::kUnset) ||
                    (info->scope == ParameterScope::kInstance && initialized);
  Parameters& target = of_process || owner == nullptr ? parameters_ : owner->parameters;
  return engine::SetParameter(*info, late, number, text, &target);
}

Err ProcessState::GetParameter(JET_INSTANCE handle, JET_SESID session, uint32_t id,
                               std::optional<uint64_t>* number, std::optional<std::string>* text) {
  env::MutexLock lock(mutex_);
  Instance* owner = nullptr;
  if (const Err err = ParameterOwner(handle, session, &owner); err < 0) return err;
  const ParameterInfo* info = FindParameter(id);
  if (info == nullptr) return JET_errInvalidParameter;
  const bool of_process = IsOfProcess(info->scope);
  const Parameters& source = of_process || owner == nullptr ? parameters_ : owner->parameters;
  if (info->number != nullptr) *number = source.*info->number;
  if (info->text != nullptr) *text = source.*info->text;
  return JET_errSuccess;
}

}  // namespace backstop::engine
