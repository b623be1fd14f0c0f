// SPDX-License-Identifier: MIT
#include "sim/scheduler/types.h"

#include <array>

namespace backstop::sched {
namespace {

constexpr std::array<const char*, kPointKinds> kNames = {
    "start", "lock", "unlock", "wait",    "notify", "load",   "store",  "read",
    "write", "sync", "open",   "file-op", "sleep",  "invoke", "return", "end"};

}  // namespace

const char* PointKindName(PointKind kind) { return kNames[static_cast<unsigned>(kind)]; }

bool ParsePointKind(std::string_view name, PointKind* kind) {
  for (unsigned i = 0; i < kPointKinds; ++i) {
    if (name == kNames[i]) {
      *kind = static_cast<PointKind>(i);
      return true;
    }
  }
  return false;
}

}  // namespace backstop::sched
