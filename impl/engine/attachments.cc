// SPDX-License-Identifier: MIT
#include "impl/engine/attachments.h"

namespace backstop::engine {
namespace {

constexpr size_t kFixedBytes = sizeof(uint32_t) + sizeof(JET_SIGNATURE) + sizeof(uint16_t);

}  // namespace

std::vector<std::byte> EncodeAttachments(const std::vector<Attachment>& list) {
  std::vector<std::byte> bytes;
  for (const Attachment& item : list) {
    AppendValue(&bytes, item.id);
    AppendValue(&bytes, item.signature);
    AppendValue(&bytes, static_cast<uint16_t>(item.path.size()));
    AppendBytes(&bytes, std::as_bytes(std::span(item.path)));
  }
  return bytes;
}

Err DecodeAttachments(ConstBytes from, std::vector<Attachment>* list) {
  list->clear();
  while (!from.empty()) {
    if (from.size() < kFixedBytes) return JET_errInternalError;
    const size_t length = Load<uint16_t>(from, kFixedBytes - sizeof(uint16_t));
    if (from.size() - kFixedBytes < length) return JET_errInternalError;
    const ConstBytes path = from.subspan(kFixedBytes, length);
    list->push_back({Load<uint32_t>(from, 0), Load<JET_SIGNATURE>(from, sizeof(uint32_t)),
                     std::string(reinterpret_cast<const char*>(path.data()), path.size())});
    from = from.subspan(kFixedBytes + length);
  }
  return JET_errSuccess;
}

}  // namespace backstop::engine
