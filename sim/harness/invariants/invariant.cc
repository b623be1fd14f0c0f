// SPDX-License-Identifier: MIT
#include "sim/harness/invariants/invariant.h"

#include <algorithm>
#include <cstring>

#include "sim/harness/invariants/laws.h"

namespace backstop::harness {

namespace {

/// JetInit without an instance leads into one-instance mode when no instance is left. What a handle
/// means then depends on the order of the calls, and judging that is not for the laws.
bool MayChangeMode(const History& history) {
  if (history.initial.mode == model::Mode::kOneInstance) return false;
  return std::any_of(history.calls.begin(), history.calls.end(), [](const auto& call) {
    const bool nameless = call.call.null_pointer || call.call.instance == model::InstanceRef::kNil;
    return call.call.op == model::Op::kInit && nameless;
  });
}

/// A slot whose instance is freed and made anew: the laws follow one instance.
bool LivesTwice(const History& history) {
  auto lives = static_cast<int>(history.initial.instances[0].life != model::Life::kAbsent);
  for (const auto& call : history.calls) {
    lives += call.call.op == model::Op::kCreateInstance && call.outcome.err >= 0 &&
             call.call.instance == model::InstanceRef::kFirst;
  }
  return lives > 1;
}

}  // namespace

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
  return FirstBroken(history, {});
}

std::optional<BrokenInvariant> FirstBroken(const History& history, std::string_view id) {
  if (MayChangeMode(history) || LivesTwice(history)) return std::nullopt;
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    const View view(history, slot);
    if (view.all().empty()) continue;
    for (const Invariant& invariant : Invariants()) {
      if (!id.empty() && id != invariant.id) continue;
      if (history.ese && !invariant.in_ese) continue;
      if (const auto call = invariant.broken_by(view)) return BrokenInvariant{&invariant, *call};
    }
  }
  return std::nullopt;
}

}  // namespace backstop::harness
