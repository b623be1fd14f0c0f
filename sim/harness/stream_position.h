// SPDX-License-Identifier: MIT
// Where in a backup stream do some bytes belong? Pages and log segments say it themselves, so the
// harness can tell that a page came twice or not at all without trusting any counter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace backstop::harness {

inline constexpr size_t kPageBytes = 4096;
/// The bytes do not say where they belong (headers, trailer, unused log segments).
inline constexpr int32_t kPositionUnknown = -1;
/// The bytes are no contiguous part of one stream: pages are missing, repeated or damaged.
inline constexpr int32_t kPositionTorn = -2;

/// Whether the page says where it belongs: all of a database but headers, trailer and blank pages.
bool IsDatabasePage(std::span<const std::byte> page);

/// Offset, in pages, of `bytes` in the stream of a database of 4096-byte pages.
int32_t DatabasePosition(std::span<const std::byte> bytes);

/// Offset, in pages, of `bytes` in log generation `generation`.
int32_t LogPosition(std::span<const std::byte> bytes, uint32_t generation);

}  // namespace backstop::harness
