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

/// Copies a file durably; replaces `to`.
env::IoStatus CopyFile(env::Env& env, const std::string& from, const std::string& to);

/// Makes a directory, which ends with '/', and those above it. What cannot be made shows later.
void MakeDirectories(env::Env& env, const std::string& directory);

/// The directory of a path with its '/', or "./".
std::string DirectoryOf(const std::string& path);

}  // namespace backstop::engine
