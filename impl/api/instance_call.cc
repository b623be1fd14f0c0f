// SPDX-License-Identifier: MIT
#include "impl/api/instance_call.h"

#include "impl/engine/process.h"
#include "impl/engine/process_state.h"

namespace backstop::api {

engine::Err InstanceRef::Resolve(std::shared_ptr<engine::Instance>* instance) const {
  engine::ProcessState& process = engine::Process::Current().state();
  return only_ ? process.FindOnly(instance) : process.Find(handle_, instance);
}

}  // namespace backstop::api
