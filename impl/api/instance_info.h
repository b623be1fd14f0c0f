// SPDX-License-Identifier: MIT
// Lists of instances as they cross the API.
#pragma once

#include <memory>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/instance.h"
#include "impl/esent.h"

namespace backstop::api {

using Instances = std::vector<std::shared_ptr<engine::Instance>>;

/// One block of memory, which the receiver frees; null for an empty list. JET_errOutOfMemory.
engine::Err GiveInstances(const Instances& instances, uint32_t* count, JET_INSTANCE_INFO_A** infos);

}  // namespace backstop::api
