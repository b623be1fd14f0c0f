// SPDX-License-Identifier: MIT
#include "sim/harness/invariants/invariant.h"

#include <algorithm>
#include <cstring>

#include "sim/harness/invariants/laws.h"

namespace backstop::harness {

const std::vector<Invariant>& Invariants() {
  static const std::vector<Invariant> all = [] {
    std::vector<Invariant> list;
    for (const auto& laws : {StopLaws(), BackupLaws(), FileLaws(), InstanceLaws()}) {
      list.insert(list.end(), laws.begin(), laws.end());
    }
    std::sort(list.begin(), list.end(),
              [](const Invariant& a, const Invariant& b) { return std::strcmp(a.id, b.id) < 0; });
    return list;
  }();
  return all;
}

std::optional<BrokenInvariant> FirstBroken(const History& history) {
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    const View view(history, slot);
    if (view.all().empty()) continue;
    for (const Invariant& invariant : Invariants()) {
      if (const auto call = invariant.broken_by(view)) return BrokenInvariant{&invariant, *call};
    }
  }
  return std::nullopt;
}

}  // namespace backstop::harness
