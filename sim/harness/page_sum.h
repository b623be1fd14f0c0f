// SPDX-License-Identifier: MIT
// The sum that checksums of pages are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace backstop::harness {

/// Exclusive or of all words of 64 bits. The size of `bytes` is a multiple of eight. It is taken of
/// every page that a backup delivers, so this unit is optimised more than others.
uint64_t XorOfWords(std::span<const std::byte> bytes);

}  // namespace backstop::harness
