// SPDX-License-Identifier: MIT
#include "model/explore/state_store.h"

#include <cstring>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace backstop::model {

namespace {

constexpr size_t kInstance = offsetof(InstanceState, headers);  ///< without its headers
constexpr size_t kHead = offsetof(Snapshot, instances) + kInstance;
constexpr size_t kTail = sizeof(Position) - sizeof(Snapshot);
constexpr size_t kShort = kHead + kInstance + kTail;
constexpr size_t kFirstSlots = 1 << 12;
constexpr size_t kCacheLine = 64;
static_assert(kInstances == 2 && offsetof(Position, state) == 0);
static_assert(kInstance + sizeof(InstanceState::headers) == sizeof(InstanceState));

}  // namespace

StateStore::StateStore(bool headers)
    : headers_(headers), packed_size_(headers ? sizeof(Position) : kShort), slots_(kFirstSlots) {}

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

void StateStore::Offer(const Position& position) {
  const size_t at = offered_.size();
  offered_.resize(at + packed_size_);
  Pack(position, &offered_[at]);
  const uint64_t hash = XXH3_64bits(&offered_[at], packed_size_);
  hashes_.push_back(hash);
  __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
}

// Nearly all that is offered is known, and lies where its hash leads at once.
void StateStore::Fetch() const {
  for (const uint64_t hash : hashes_) {
    const Slot& slot = slots_[hash & (slots_.size() - 1)];
    if (slot.number_and_1 == 0 || slot.tag != TagOf(hash)) continue;
    const Bytes packed = At(slot.number_and_1 - 1);
    for (size_t at = 0; at < packed_size_; at += kCacheLine) __builtin_prefetch(packed + at);
  }
}

bool StateStore::Add(uint64_t hash, Bytes packed) {
  if (2 * size_ >= slots_.size()) Grow();
  size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number_and_1 != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.tag != TagOf(hash)) continue;
    if (std::memcmp(packed, At(slot.number_and_1 - 1), packed_size_) == 0) return false;
  }
  if (size_ % kInBlock == 0) blocks_.emplace_back(kInBlock * packed_size_);
  std::memcpy(blocks_.back().data() + size_ % kInBlock * packed_size_, packed, packed_size_);
  slots_[at] = {static_cast<uint32_t>(++size_), TagOf(hash)};
  return true;
}

void StateStore::Grow() {
  std::vector<Slot> slots(2 * slots_.size());
  for (uint32_t number = 0; number < size_; ++number) {
    const uint64_t hash = XXH3_64bits(At(number), packed_size_);
    size_t at = hash & (slots.size() - 1);
    while (slots[at].number_and_1 != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {number + 1, TagOf(hash)};
  }
  slots_ = std::move(slots);
}

}  // namespace backstop::model
