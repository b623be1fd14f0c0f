// SPDX-License-Identifier: MIT
// Errors are values: a JET_ERR, negative for failures.
#pragma once

#include <cstdint>

#include "impl/env/env.h"

namespace backstop::engine {

using Err = int32_t;

/// The JET error that stands for an I/O outcome; JET_errSuccess for kOk.
Err FromIo(env::IoStatus status);

}  // namespace backstop::engine
