// SPDX-License-Identifier: MIT
// Results of parts as bytes: between processes and in the state file of a search.
#pragma once

#include <cstdint>
#include <cstdio>
#include <vector>

#include "sim/harness/explore/part_search.h"

namespace backstop::harness {

std::vector<uint8_t> Encode(const SearchedPart& part);
/// False if the bytes are not what Encode makes.
bool Decode(const std::vector<uint8_t>& bytes, SearchedPart* part);

/// Appends a frame: length, checksum, bytes. False if it cannot be written.
bool WriteFrame(std::FILE* file, const std::vector<uint8_t>& bytes);
/// False at the end of the file and at a frame that is torn or damaged.
bool ReadFrame(std::FILE* file, std::vector<uint8_t>* bytes);

}  // namespace backstop::harness
