// SPDX-License-Identifier: MIT
#pragma once

namespace backstop::sched {

/// Ends the process after a line on stderr: for misuse that leaves nothing sensible to go on with.
[[noreturn]] void Fatal(const char* what, const char* object);

}  // namespace backstop::sched
