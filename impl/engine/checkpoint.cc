// SPDX-License-Identifier: MIT
#include "impl/engine/checkpoint.h"

#include <array>

#include "impl/engine/checksum.h"
#include "impl/engine/io.h"

namespace backstop::engine {
namespace {

constexpr size_t kCopyBytes = 4096;
constexpr uint32_t kFileTypeCheckpoint = 4;

enum Offset : size_t {
  kPosition = 12,
  kSignature = 20,
  kChain = 48,
  kSequence = 52,
  kFileType = 667,
  kAttachments = 679,
};
constexpr size_t kAttachmentBytesMax = kCopyBytes - kAttachments - sizeof(uint32_t);

void Encode(const Checkpoint& checkpoint, Bytes page) {
  Store(page, kPosition, checkpoint.position.ToJet());
  Store(page, kSignature, checkpoint.signature);
  Store(page, kChain, checkpoint.chain);
  Store(page, kSequence, checkpoint.sequence);
  Store(page, kFileType, kFileTypeCheckpoint);
  Store(page, kAttachments, static_cast<uint32_t>(checkpoint.attachments.size()));
  StoreBytes(page, kAttachments + sizeof(uint32_t), checkpoint.attachments);
  SealHeader(page);
}

bool Decode(ConstBytes page, Checkpoint* checkpoint) {
  if (!HeaderIsSealed(page) || Load<uint32_t>(page, kFileType) != kFileTypeCheckpoint) return false;
  const uint32_t attachment_bytes = Load<uint32_t>(page, kAttachments);
  if (attachment_bytes > kAttachmentBytesMax) return false;
  checkpoint->position = LogPosition::FromJet(Load<JET_LGPOS>(page, kPosition));
  checkpoint->signature = Load<JET_SIGNATURE>(page, kSignature);
  checkpoint->chain = Load<uint32_t>(page, kChain);
  checkpoint->sequence = Load<uint64_t>(page, kSequence);
  const ConstBytes list = page.subspan(kAttachments + sizeof(uint32_t), attachment_bytes);
  checkpoint->attachments.assign(list.begin(), list.end());
  return true;
}

}  // namespace

Err CheckpointFile::Read(Checkpoint* checkpoint) {
  const env::IoStatus status = env_.Open(path_, env::OpenMode::kReadWrite, &file_);
  if (status == env::IoStatus::kNotFound) return JET_errCheckpointFileNotFound;
  if (status != env::IoStatus::kOk) return FromIo(status);
  bool found = false;
  for (uint64_t copy = 0; copy < 2; ++copy) {
    std::array<std::byte, kCopyBytes> page;
    Checkpoint candidate;
    if (ReadFully(*file_, copy * kCopyBytes, page) != env::IoStatus::kOk) continue;
    if (!Decode(page, &candidate)) continue;
    if (!found || candidate.sequence > checkpoint->sequence) *checkpoint = std::move(candidate);
    found = true;
  }
  sequence_ = checkpoint->sequence;
  return found ? JET_errSuccess : JET_errCheckpointCorrupt;
}

Err CheckpointFile::OpenForWriting() {
  const env::IoStatus status = env_.Open(path_, env::OpenMode::kCreateOrTruncate, &file_);
  if (status != env::IoStatus::kOk) return FromIo(status);
  return FromIo(env_.SyncDirectory(DirectoryOf(path_)));
}

Err CheckpointFile::Write(Checkpoint checkpoint) {
  if (file_ == nullptr) {
    if (const Err err = OpenForWriting(); err < 0) return err;
  }
  checkpoint.sequence = sequence_ + 1;
  std::array<std::byte, kCopyBytes> page = {};
  Encode(checkpoint, page);
  const uint64_t copy = checkpoint.sequence % 2;
  const env::IoStatus status = WriteFully(*file_, copy * kCopyBytes, page);
  if (status != env::IoStatus::kOk) return FromIo(status);
  if (const env::IoStatus synced = file_->Sync(); synced != env::IoStatus::kOk)
    return FromIo(synced);
  sequence_ = checkpoint.sequence;
  return JET_errSuccess;
}

}  // namespace backstop::engine
