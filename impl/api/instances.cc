// SPDX-License-Identifier: MIT
// Instances: creation, initialisation, termination, stopping of services.
#include <memory>
#include <optional>
#include <string>

#include "impl/api/instance_call.h"
#include "impl/engine/process.h"
#include "impl/engine/process_state.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;
using engine::Instance;
using engine::ProcessState;

ProcessState& CurrentState() { return engine::Process::Current().state(); }

Err CreateInstance(JET_INSTANCE* handle, JET_PCSTR name) {
  if (handle == nullptr) return JET_errInvalidParameter;
  *handle = JET_instanceNil;
  std::optional<std::string> text;
  if (name != nullptr) text = name;
  std::shared_ptr<Instance> instance;
  const Err err = CurrentState().Create(std::move(text), &instance);
  if (err >= 0) *handle = instance->handle();
  return err;
}

bool ValidMap(const JET_RSTINFO_A* info) {
  return info == nullptr || (info->crstmap > 0) == (info->rgrstmap != nullptr);
}

Err OpenInstance(Instance& instance, const JET_RSTINFO_A* info, JET_GRBIT grbit) {
  if (!ValidMap(info)) return JET_errInvalidParameter;
  engine::Parameters parameters;
  if (const Err err = CurrentState().ClaimPaths(instance, &parameters); err < 0) return err;
  return instance.Open(parameters, grbit);
}

/// A failure to open frees the instance (D-39); a refusal before that does not.
Err Init(JET_INSTANCE* handle, const JET_RSTINFO_A* info, JET_GRBIT grbit) {
  const bool valid_info = info == nullptr || info->cbStruct == sizeof(JET_RSTINFO_A);
  if (handle != nullptr && *handle == 0) *handle = JET_instanceNil;
  std::shared_ptr<Instance> instance;
  if (const Err err = CurrentState().BeginInit(handle, valid_info, &instance); err < 0) return err;
  const Err err = OpenInstance(*instance, info, grbit);
  if (err >= 0) {
    instance->gate().EndInit();
  } else {
    CurrentState().Free(*instance);
  }
  if (handle != nullptr) *handle = err < 0 ? 0 : instance->handle();
  return err;
}

/// Whether the instance can end: then it is in no backup and in no snapshot any more.
Err PrepareTerm(Instance& instance, JET_GRBIT grbit) {
  engine::SnapshotTable& snapshots = CurrentState().snapshots();
  const bool waits = instance.dialect().term_waits_for_snapshot;
  const bool ends_backup = (grbit & (JET_bitTermStopBackup | JET_bitTermAbrupt)) != 0;
  if (waits && ends_backup) snapshots.WaitUntilThawed(instance);
  const Err err = instance.PrepareClose(grbit);
  const bool stays = err < 0 && (waits || err != JET_errTooManyActiveUsers);
  if (!stays) snapshots.Leave(instance);
  return err;
}

Err Term(JET_INSTANCE handle, JET_GRBIT grbit) {
  return OnInstance(InstanceRef::ByHandle(handle), [grbit](Instance& instance) {
    Err err = JET_errSuccess;
    if (CurrentState().FreeUnlessInitialized(instance, &err) || err < 0) return err;
    if (err = instance.gate().BeginTerm(); err < 0) return err;
    if (err = PrepareTerm(instance, grbit); err < 0) {
      instance.gate().CancelTerm();
      return err;
    }
    err = instance.Close(grbit);
    CurrentState().Free(instance);
    return err >= 0 && instance.gate().log_stopped() ? JET_errLogWriteFail : err;
  });
}

/// Contract JetStopServiceInstance2, rows 1 to 5.
Err StopServices(Instance& instance, JET_GRBIT grbit) {
  constexpr JET_GRBIT kServices =
      JET_bitStopServiceBackgroundUserTasks | JET_bitStopServiceQuiesceCaches;
  constexpr JET_GRBIT kEmitLog = JET_bitStopServiceStopAndEmitLog;
  const bool resume = (grbit & JET_bitStopServiceResume) != 0;
  const JET_GRBIT services = grbit & ~JET_bitStopServiceResume;
  if ((services & ~(kServices | kEmitLog)) != 0) return JET_errInvalidGrbit;
  if ((services & kEmitLog) != 0 && services != kEmitLog) return JET_errInvalidGrbit;
  if (resume) {
    return services == kEmitLog ? JET_errInvalidGrbit : instance.gate().ResumeServices(services);
  }
  if (services == kEmitLog) {
    const Err err = instance.gate().StopLog();
    return err < 0 ? err : JET_wrnCallbackNotRegistered;
  }
  instance.gate().StopServices(services);
  return JET_errSuccess;
}

Err StopService(InstanceRef ref) {
  return OnInstance(ref, [](Instance& instance) {
    instance.gate().StopService();
    return JET_errSuccess;
  });
}

}  // namespace
}  // namespace backstop::api

using backstop::api::InstanceRef;

JET_ERR JET_API JetCreateInstance(JET_INSTANCE* pinstance, JET_PCSTR szInstanceName) {
  return backstop::api::CreateInstance(pinstance, szInstanceName);
}

JET_ERR JET_API JetCreateInstance2(JET_INSTANCE* pinstance, JET_PCSTR szInstanceName, JET_PCSTR,
                                   JET_GRBIT) {
  return backstop::api::CreateInstance(pinstance, szInstanceName);
}

JET_ERR JET_API JetInit(JET_INSTANCE* pinstance) {
  return backstop::api::Init(pinstance, nullptr, 0);
}

JET_ERR JET_API JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit) {
  return backstop::api::Init(pinstance, nullptr, grbit);
}

JET_ERR JET_API JetInit3(JET_INSTANCE* pinstance, JET_RSTINFO_A* prstInfo, JET_GRBIT grbit) {
  return backstop::api::Init(pinstance, prstInfo, grbit);
}

JET_ERR JET_API JetTerm(JET_INSTANCE instance) {
  return backstop::api::Term(instance, JET_bitTermAbrupt);
}

JET_ERR JET_API JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  return backstop::api::Term(instance, grbit);
}

JET_ERR JET_API JetStopService(void) { return backstop::api::StopService(InstanceRef::Only()); }

JET_ERR JET_API JetStopServiceInstance(JET_INSTANCE instance) {
  return backstop::api::StopService(InstanceRef::ByHandle(instance));
}

JET_ERR JET_API JetStopServiceInstance2(JET_INSTANCE instance, JET_GRBIT grbit) {
  return backstop::api::OnInstance(InstanceRef::ByHandle(instance),
                                   [grbit](backstop::engine::Instance& found) {
                                     return backstop::api::StopServices(found, grbit);
                                   });
}
