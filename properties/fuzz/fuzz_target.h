// SPDX-License-Identifier: MIT
// What a fuzzer is made of: an input that is good, a way to make damaged input pass its checksums,
// and the parser. A driver of our own or libFuzzer calls them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace backstop::fuzz {

using Input = std::vector<std::byte>;

/// A good input, as different as the seed says.
Input Sample(uint32_t seed);
/// Makes the checksums of a damaged input right, so that what lies behind them is reached.
void Reseal(Input* input);
/// Parses; anything but an error or a result is a bug.
void Parse(std::span<const std::byte> input);

}  // namespace backstop::fuzz
