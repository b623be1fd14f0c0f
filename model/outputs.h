// SPDX-License-Identifier: MIT
// Whether the outputs of a successful call are what the specification says.
#pragma once

#include "model/call.h"
#include "model/lifecycle.h"
#include "model/snapshot.h"

namespace backstop::model {

/// `last_file` is the handle that the instance gave last before the call, kNoFile where a handle
/// may come again; `after` is its backup after the call.
bool OutputsFit(const Call& call, const Reaction& reaction, FileRef last_file,
                const BackupState& after, const Outcome& outcome);

}  // namespace backstop::model
