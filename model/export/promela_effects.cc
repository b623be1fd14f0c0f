// SPDX-License-Identifier: MIT
#include "model/export/promela_effects.h"

#include <cstring>

namespace backstop::model::promela {

namespace {

using Bytes = std::array<unsigned char, sizeof(InstanceState)>;

/// What is left of an instance, all bytes of which are `fill`, when it is freed.
Bytes Freed(unsigned char fill) {
  Snapshot world;
  InstanceState& instance = world.instances[0];
  world.instances[1].life = Life::kReady;
  // Truth values have two values only: each is set or not.
  Position filled;
  for (const Cell& cell : Cells()) cell.Write(&filled, fill * (LargestOf(cell) > 1 ? 5u : 1u));
  instance = filled.state.instances[0];
  Context c{.world = &world, .instance = &instance};
  FreeInstance::Apply(c);
  Bytes bytes;
  std::memcpy(bytes.data(), &instance, sizeof instance);
  return bytes;
}

}  // namespace

void ResetFreedInstance(Scope& s) {
  const Bytes a = Freed(0);
  const Bytes b = Freed(1);
  const auto* instance = reinterpret_cast<const char*>(s.context().instance);
  for (const Cell& cell : Cells()) {
    const size_t base = offsetof(Position, state) + offsetof(Snapshot, instances);
    if (cell.offset < base || cell.offset >= base + sizeof(InstanceState)) continue;
    const size_t at = cell.offset - base;
    if (std::memcmp(&a[at], &b[at], cell.size) != 0) continue;
    s.CopyAt(instance + at, &a[at], cell.size);
  }
}

}  // namespace backstop::model::promela
