// SPDX-License-Identifier: MIT
#include "model/explore/state_store.h"

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace backstop::model {

namespace {

constexpr size_t kInstance = offsetof(InstanceState, headers);  ///< without its headers
constexpr size_t kHead = offsetof(Snapshot, instances) + kInstance;
constexpr size_t kTail = sizeof(Position) - sizeof(Snapshot);
constexpr size_t kShort = kHead + kInstance + kTail;
static_assert(kInstances == 2 && offsetof(Position, state) == 0);
static_assert(kInstance + sizeof(InstanceState::headers) == sizeof(InstanceState));

}  // namespace

StateStore::StateStore(bool headers)
    : headers_(headers),
      packed_size_(headers ? sizeof(Position) : kShort),
      next_(packed_size_),
      index_(0, Hash{this}, Equal{this}) {}

void StateStore::Pack(const Position& position, unsigned char* packed) const {
  if (headers_) {
    std::memcpy(packed, &position, sizeof position);
    return;
  }
  std::memcpy(packed, &position, kHead);
  std::memcpy(packed + kHead, &position.state.instances[1], kInstance);
  std::memcpy(packed + kHead + kInstance, &position.whole, kTail);
}

Position StateStore::operator[](uint32_t number) const {
  Position position;
  const Bytes packed = At(number);
  if (headers_) {
    std::memcpy(&position, packed, sizeof position);
    return position;
  }
  std::memcpy(&position, packed, kHead);
  std::memcpy(&position.state.instances[1], packed + kHead, kInstance);
  std::memcpy(&position.whole, packed + kHead + kInstance, kTail);
  return position;
}

size_t StateStore::Hash::operator()(Bytes packed) const {
  return XXH3_64bits(packed, store->packed_size_);
}

bool StateStore::Equal::operator()(Bytes a, uint32_t b) const {
  return std::memcmp(a, store->At(b), store->packed_size_) == 0;
}

bool StateStore::Add(const Position& position) {
  Pack(position, next_.data());
  const Bytes packed = next_.data();
  if (index_.find(packed) != index_.end()) return false;
  if (size_ % kInBlock == 0) blocks_.emplace_back(kInBlock * packed_size_);
  std::memcpy(blocks_.back().data() + size_ % kInBlock * packed_size_, packed, packed_size_);
  index_.insert(static_cast<uint32_t>(size_++));
  return true;
}

}  // namespace backstop::model
