// SPDX-License-Identifier: MIT
// Whole transfers over files that may transfer less than asked.
#pragma once

#include <string>

#include "impl/engine/bytes.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// Reads until `to` is full; kIoError if the file ends before.
env::IoStatus ReadFully(env::File& file, uint64_t offset, Bytes to);
env::IoStatus WriteFully(env::File& file, uint64_t offset, ConstBytes from);

/// The directory of a path with its '/', or "./".
std::string DirectoryOf(const std::string& path);

}  // namespace backstop::engine
