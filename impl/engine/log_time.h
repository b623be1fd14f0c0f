// SPDX-License-Identifier: MIT
// Moments and signatures as the files store them.
#pragma once

#include <cstdint>

#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Milliseconds since 1970-01-01 UTC as a log time, and back. An all-zero log time is 0.
JET_LOGTIME ToLogTime(uint64_t millis);
uint64_t ToMillis(const JET_LOGTIME& time);
inline JET_LOGTIME LogTimeNow(env::Env& env) { return ToLogTime(env.NowMicros() / 1000); }

/// A fresh signature: random bits and the present time.
JET_SIGNATURE NewSignature(env::Env& env);
bool SameSignature(const JET_SIGNATURE& a, const JET_SIGNATURE& b);

}  // namespace backstop::engine
