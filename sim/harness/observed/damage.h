// SPDX-License-Identifier: MIT
// Where a recorded damage of a file lies in a file of the engine under test: in the same structure,
// not at the same offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

struct ByteRange {
  uint64_t at = 0;
  uint64_t size = 0;  ///< 0: nothing is to be damaged
};

/// Of a "corrupt" step that is step `index`, on a file that holds `bytes` now. Only what a restore
/// or an initialisation will read later is moved; other damage stays where it was recorded, and is
/// left out if the original engine never noticed any.
ByteRange MapDamage(const Sequence& sequence, const Step& step, std::span<const std::byte> bytes);

/// The size to which a "trunc" step cuts a file that has `bytes` now.
uint64_t MapSize(const Sequence& sequence, const Step& step, uint64_t bytes);

}  // namespace backstop::observed
