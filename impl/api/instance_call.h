// SPDX-License-Identifier: MIT
// The way into the engine for every call on an instance: which instance is meant, and the entry
// tests.
#pragma once

#include <memory>

#include "impl/engine/err.h"
#include "impl/engine/instance.h"
#include "impl/esent.h"

namespace backstop::api {

/// The instance that a call names: by a handle, or as the only one (legacy calls).
class InstanceRef {
 public:
  static InstanceRef ByHandle(JET_INSTANCE handle) { return InstanceRef(false, handle); }
  static InstanceRef Only() { return InstanceRef(true, JET_instanceNil); }

  /// Contract E2, L1, L2: JET_errInvalidParameter, JET_errRunningInMultiInstanceMode.
  engine::Err Resolve(std::shared_ptr<engine::Instance>* instance) const;

 private:
  InstanceRef(bool only, JET_INSTANCE handle) : only_(only), handle_(handle) {}

  bool only_;
  JET_INSTANCE handle_;
};

/// Calls `operation(instance)` for an instance that exists, whatever its state.
template <class Operation>
engine::Err OnInstance(InstanceRef ref, Operation operation) {
  std::shared_ptr<engine::Instance> instance;
  if (const engine::Err err = ref.Resolve(&instance); err < 0) return err;
  return operation(*instance);
}

/// Calls `operation()` inside the gate of `instance` (contract E3 to E7).
template <class Operation>
engine::Err Inside(engine::Instance& instance, Operation operation) {
  if (const engine::Err err = instance.gate().Enter(); err < 0) return err;
  const engine::Err err = operation();
  instance.gate().Leave();
  return err;
}

/// Calls `operation(instance)` with all entry tests of an ordinary call.
template <class Operation>
engine::Err InsideInstance(InstanceRef ref, Operation operation) {
  return OnInstance(ref, [&](engine::Instance& instance) {
    return Inside(instance, [&] { return operation(instance); });
  });
}

}  // namespace backstop::api
