// SPDX-License-Identifier: MIT
// Checkpoint files, and the lists of attached databases in them.
#include "impl/engine/attachments.h"
#include "impl/engine/checkpoint.h"
#include "impl/engine/checksum.h"
#include "properties/fuzz/fuzz_target.h"
#include "properties/fuzz/memory_env.h"

namespace backstop::fuzz {
namespace {

constexpr char kPath[] = "edb.chk";
constexpr size_t kCopy = 4096;

}  // namespace

Input Sample(uint32_t seed) {
  MemoryEnv env;
  engine::CheckpointFile file(env, kPath);
  for (uint32_t i = 0; i < 2; ++i) {
    engine::Checkpoint checkpoint;
    checkpoint.position = {1 + seed % 16, 2, 60};
    checkpoint.attachments = engine::EncodeAttachments({{1, {}, "a"}, {2, {}, "directory/b.edb"}});
    file.Write(std::move(checkpoint));
  }
  std::unique_ptr<env::File> opened;
  env.Open(kPath, env::OpenMode::kReadOnly, &opened);
  Input bytes(opened->Size());
  opened->ReadAt(0, bytes);
  return bytes;
}

void Reseal(Input* input) {
  for (size_t at = 0; at + kCopy <= input->size(); at += kCopy) {
    engine::SealHeader(std::span(*input).subspan(at, kCopy));
  }
}

void Parse(std::span<const std::byte> input) {
  MemoryEnv env;
  env.Put(kPath, Input(input.begin(), input.end()));
  engine::CheckpointFile file(env, kPath);
  engine::Checkpoint checkpoint;
  if (file.Read(&checkpoint) < 0) return;
  std::vector<engine::Attachment> attached;
  engine::DecodeAttachments(checkpoint.attachments, &attached);
}

}  // namespace backstop::fuzz
