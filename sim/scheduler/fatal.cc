// SPDX-License-Identifier: MIT
#include "sim/scheduler/fatal.h"

#include <cstdio>
#include <cstdlib>

namespace backstop::sched {

void Fatal(const char* what, const char* object) {
  std::fprintf(stderr, "backstop: scheduler: %s: %s\n", what, object);
  std::abort();
}

}  // namespace backstop::sched
