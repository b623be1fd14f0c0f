// SPDX-License-Identifier: MIT
// The checkpoint file: where redo has to start. Two copies are written in turn, so that one is
// whole whatever happens to the other.
#pragma once

#include <memory>
#include <string>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/engine/log_position.h"
#include "impl/env/env.h"

namespace backstop::engine {

struct Checkpoint {
  uint64_t sequence = 0;  ///< of two whole copies the higher one counts
  LogPosition position;
  uint32_t chain = 0;  ///< checksum of the record before `position`; see log_record.h
  JET_SIGNATURE signature = {};
  std::vector<std::byte> attachments;  ///< at least those at `position`; see attachments.h
};

/// Used by one thread at a time.
class CheckpointFile {
 public:
  CheckpointFile(env::Env& env, std::string path) : env_(env), path_(std::move(path)) {}

  /// JET_errCheckpointFileNotFound, JET_errCheckpointCorrupt if neither copy is whole.
  Err Read(Checkpoint* checkpoint);
  /// Returns when it is durable. Fills in the sequence.
  Err Write(Checkpoint checkpoint);

 private:
  Err OpenForWriting();

  env::Env& env_;
  std::string path_;
  std::unique_ptr<env::File> file_;
  uint64_t sequence_ = 0;
};

}  // namespace backstop::engine
