// SPDX-License-Identifier: MIT
// The steps of model_replay.h about parameters, transactions and the environment.
#include <cstdlib>

#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/observed/model_restore_kinds.h"

namespace backstop::observed {

using model::Call;
using model::Op;
using model::ParameterKind;

namespace {

/// Parameters that sequences set, with the value they begin with and the range.
struct Parameter {
  const char* name;
  ParameterKind kind;
  const char* first;
  uint64_t low, high;
};
constexpr uint64_t kMost = 0xffffffff;
constexpr Parameter kParameters[] = {
    {"JET_paramDatabasePageSize", ParameterKind::kGlobal, "4096", 2048, 32768},
    {"JET_paramMaxInstances", ParameterKind::kGlobal, "16", 1, 1024},
    {"JET_paramMaxSessions", ParameterKind::kInstance, "16", 1, 32767},
    {"JET_paramCircularLog", ParameterKind::kInstance, "0", 0, 1},
    {"JET_paramCheckpointDepthMax", ParameterKind::kDynamic, "", 0, kMost},
    {"JET_paramOSSnapshotTimeout", ParameterKind::kDynamic, "1500", 0, kMost},
    {"JET_paramCreatePathIfNotExist", ParameterKind::kDynamic, "0", 0, 1},
};

const Parameter* FindParameter(const std::string& name) {
  for (const Parameter& parameter : kParameters) {
    if (name == parameter.name) return &parameter;
  }
  return nullptr;
}

}  // namespace

void ModelReplay::SetParameter(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kSetSystemParameter, step);
  if (!step.Has("inst")) call.instance = model::InstanceRef::kNil;
  if (step.Has("sess")) call.session = names_.Session(step);
  const std::string name = step.Text("param");
  const std::string value = step.Text("value");
  const Parameter* parameter = FindParameter(name);
  const bool unknown = parameter == nullptr && name.starts_with('@');
  call.parameter = unknown                ? ParameterKind::kUnknown
                   : parameter == nullptr ? ParameterKind::kInstance
                                          : parameter->kind;
  if (parameter != nullptr) {
    const uint64_t number = std::strtoull(value.c_str(), nullptr, 0);
    const auto setting = sequence_.settings.find(name);
    const std::string first =
        setting == sequence_.settings.end() ? parameter->first : setting->second;
    const std::string key = step.Text("inst") + name;
    const auto known = parameters_.find(key);
    call.same_value = value == (known == parameters_.end() ? first : known->second);
    const bool pages = call.parameter != ParameterKind::kGlobal || (number & (number - 1)) == 0;
    call.value_valid = parameter->low <= number && number <= parameter->high && pages;
    p->reaction = Apply(call, {});
    if (p->reaction.err >= 0) parameters_[key] = value;
  } else {
    p->reaction = Apply(call, {});
  }
  p->err = p->reaction.err;
}

void ModelReplay::SessionOnly(const Step& step, Prediction* p) {
  const Op op = step.call == "JetEndSession"          ? Op::kEndSession
                : step.call == "JetBeginTransaction"  ? Op::kBeginTransaction
                : step.call == "JetCommitTransaction" ? Op::kCommitTransaction
                                                      : Op::kRollback;
  p->reaction = Apply(SessionCall(op, step), {});
  p->err = p->reaction.err;
}

void ModelReplay::FatalError(const Step& step, Prediction* p) {
  p->reaction = Apply(InstanceCall(Op::kInstanceUnavailable, step), {});
  p->err = p->reaction.err;
}

void ModelReplay::Meet(const Step& step, Prediction* p) {
  meets_ = FindFault(step.call);
  p->err = step.err;
}

void ModelReplay::ExternalRestore(const Step& step, Prediction* p) {
  // What a recorded restore was given is in its files.
  if (!step.Has("given")) {
    p->err = step.err;
    return;
  }
  Call call = InstanceCall(Op::kExternalRestore, step);
  call.restore = RestoreKindOf(step.Text("given"));
  call.paths_in_use = step.Text("given") == "paths-in-use";
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
}

}  // namespace backstop::observed
