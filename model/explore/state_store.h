// SPDX-License-Identifier: MIT
// The states that a search has seen, each once, in order of discovery. A search waits for memory
// more than for anything else. So what a scene does not keep is left out: most of a position are
// the headers of databases, which most scenes put back after every step. And positions are offered
// one by one but taken in together, when the memory that each has to be compared with is on its
// way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/explore/position.h"

namespace backstop::model {

class StateStore {
 public:
  /// Without `headers` every position has the headers of a new instance.
  explicit StateStore(bool headers);
  StateStore(const StateStore&) = delete;
  StateStore& operator=(const StateStore&) = delete;

  void Offer(const Position& position);
  /// Takes in what was offered, in that order and each under the number size(), unless it is there
  /// already. `taken(i)` is called when the i-th position offered has been taken.
  template <class Taken>
  void TakeIn(Taken taken) {
    Fetch();
    for (size_t i = 0; i < hashes_.size(); ++i) {
      if (Add(hashes_[i], offered_.data() + i * packed_size_)) taken(i);
    }
    hashes_.clear();
    offered_.clear();
  }
  Position operator[](uint32_t number) const;
  size_t size() const { return size_; }

 private:
  using Bytes = const unsigned char*;
  /// Of an open hash table. What differs in the tag need not be looked at.
  struct Slot {
    uint32_t number_and_1 = 0;  ///< 0: empty
    uint32_t tag = 0;
  };

  static constexpr size_t kInBlock = 1 << 12;

  static uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }
  Bytes At(uint32_t number) const {
    return blocks_[number / kInBlock].data() + number % kInBlock * packed_size_;
  }
  void Pack(const Position& position, unsigned char* packed) const;
  void Fetch() const;
  bool Add(uint64_t hash, Bytes packed);
  void Grow();

  const bool headers_;
  const size_t packed_size_;
  size_t size_ = 0;
  std::vector<std::vector<unsigned char>> blocks_;
  std::vector<Slot> slots_;  ///< their number is a power of two
  std::vector<unsigned char> offered_;
  std::vector<uint64_t> hashes_;  ///< of what is offered
};

}  // namespace backstop::model
