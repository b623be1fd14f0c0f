// SPDX-License-Identifier: MIT
#include "sim/harness/observed/player.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

constexpr Parameter kParameters[] = {
    {"JET_paramDatabasePageSize", JET_paramDatabasePageSize, false, "4096"},
    {"JET_paramLogFileSize", JET_paramLogFileSize, false, "128"},
    {"JET_paramMaxSessions", JET_paramMaxSessions, false, "16"},
    {"JET_paramRecovery", JET_paramRecovery, true, "On"},
    {"JET_paramCircularLog", JET_paramCircularLog, false, "0"},
    {"JET_paramBaseName", JET_paramBaseName, true, "edb"},
    {"JET_paramCheckpointDepthMax", JET_paramCheckpointDepthMax, false, nullptr},
    {"JET_paramMaxInstances", JET_paramMaxInstances, false, nullptr},
    {"JET_paramOSSnapshotTimeout", JET_paramOSSnapshotTimeout, false, "1500"},
    {"JET_paramCreatePathIfNotExist", JET_paramCreatePathIfNotExist, false, nullptr},
};

constexpr uint32_t kPathParameters[] = {JET_paramSystemPath, JET_paramLogFilePath,
                                        JET_paramTempPath};

}  // namespace

const Parameter* FindParameter(const std::string& name) {
  // A number that no parameter has.
  static constexpr Parameter kNone{"@9999", 9999, false, nullptr};
  if (name == kNone.name) return &kNone;
  for (const Parameter& parameter : kParameters) {
    if (name == parameter.name) return &parameter;
  }
  return nullptr;
}

JET_ERR Player::Prepare() {
  for (const Parameter& parameter : kParameters) {
    const auto own = sequence_.settings.find(parameter.name);
    const bool set = own != sequence_.settings.end();
    if (!set && parameter.value == nullptr) continue;
    const std::string value = set ? own->second : parameter.value;
    JET_INSTANCE none = 0;
    const JET_API_PTR number = parameter.is_text ? 0 : std::strtoull(value.c_str(), nullptr, 0);
    const JET_ERR err = api_.JetSetSystemParameter(&none, JET_sesidNil, parameter.id, number,
                                                   parameter.is_text ? value.c_str() : nullptr);
    if (err < 0) return err;
  }
  const JET_ERR err = SetParameters(nullptr, "./");
  const bool is_given = std::ranges::any_of(sequence_.steps, [](const Step& step) {
    return step.call == "JetExternalRestore2" && step.Has("given");
  });
  return err < 0 || !is_given ? err : given_.Prepare();
}

JET_ERR Player::SetParameters(JET_INSTANCE* instance, const std::string& directory) {
  JET_INSTANCE none = 0;
  for (const uint32_t id : kPathParameters) {
    const std::string value = id == JET_paramTempPath ? directory + "tmp.edb" : directory;
    const JET_ERR err = api_.JetSetSystemParameter(instance == nullptr ? &none : instance,
                                                   JET_sesidNil, id, 0, value.c_str());
    if (err < 0) return err;
  }
  return JET_errSuccess;
}

// Instances of which several run at once were recorded in directories of their own, made before.
std::string Player::DirectoryOf(const std::string& instance) {
  if (!symbols_.restored_to.empty()) return symbols_.restored_to;
  for (const std::string& directory : {instance, instance.substr(1)}) {
    if (!directory.empty() && env_.Exists(directory)) return directory + "/";
  }
  return "./";
}

StepResult Player::Play(const Step& step) {
  StepResult result;
  Calls calls(*this, step, result);
  for (const auto find : {&FindBackupCall, &FindInstanceCall, &FindDatabaseCall, &FindSnapshotCall,
                          &FindWholeCall, &FindRestoreCall, &FindRowStep, &FindFileStep}) {
    const StepFunction function = find(step.call);
    if (function == nullptr) continue;
    function(calls);
    return result;
  }
  result.missing = step.call;
  return result;
}

bool Player::IsHarnessStep(const Step& step) {
  return step.call == "async" || step.call == "join" || FindFileStep(step.call) != nullptr;
}

}  // namespace backstop::observed
