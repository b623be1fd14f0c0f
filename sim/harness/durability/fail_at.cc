// SPDX-License-Identifier: MIT
#include "sim/harness/durability/fail_at.h"

#include <fmt/format.h>

#include <algorithm>

namespace backstop::harness {
namespace {

using world::IoFault;
using world::IoKind;
using world::IoRequest;

constexpr std::array<const char*, kSweepFaults> kNames = {"eio", "log-full", "database-full",
                                                          "short"};
constexpr std::array<const char*, 10> kKinds = {"open", "read",          "write",  "resize",
                                                "sync", "rename",        "remove", "mkdir",
                                                "list", "directory sync"};

bool IsOnLogVolume(const std::string& path) {
  return path.ends_with(".log") || path.ends_with(".chk") || path.ends_with(".jrs");
}

bool TakesSpace(IoKind kind) { return kind == IoKind::kWrite || kind == IoKind::kResize; }

bool CanMeet(SweepFault fault, const IoRequest& request) {
  switch (fault) {
    case SweepFault::kLogDiskFull:
      return TakesSpace(request.kind) && IsOnLogVolume(request.path);
    case SweepFault::kDatabaseDiskFull:
      return TakesSpace(request.kind) && !IsOnLogVolume(request.path);
    case SweepFault::kShort:
      return (request.kind == IoKind::kRead || request.kind == IoKind::kWrite) &&
             request.bytes >= 2;
    default:
      return true;
  }
}

IoFault Made(SweepFault fault, const IoRequest& request) {
  if (fault == SweepFault::kError) return IoFault::Error();
  return fault == SweepFault::kShort ? IoFault::Short(request.bytes / 2) : IoFault::NoSpace();
}

}  // namespace

const char* NameOf(SweepFault fault) { return kNames[static_cast<size_t>(fault)]; }

std::optional<SweepFault> FindSweepFault(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<SweepFault>(found - kNames.begin());
}

IoFault FailAt::OnOperation(const IoRequest& request) {
  if (!CanMeet(fault_, request) || ++operations_ != at_) return IoFault::None();
  where_ = fmt::format("{} of {}", kKinds[static_cast<size_t>(request.kind)], request.path);
  if (request.bytes > 0) where_ += fmt::format(" at {}", request.offset);
  return Made(fault_, request);
}

}  // namespace backstop::harness
