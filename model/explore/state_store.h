// SPDX-License-Identifier: MIT
// The states that a search has seen, each once, in order of discovery. What a scene does not keep
// is left out: most of a position are the headers of databases, which most scenes put back after
// every step, and a search waits for memory more than for anything else.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
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

  /// Takes the position in under the number size(), unless it is there already.
  bool Add(const Position& position);
  Position operator[](uint32_t number) const;
  size_t size() const { return size_; }

 private:
  using Bytes = const unsigned char*;
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    const StateStore* store;
    size_t operator()(Bytes packed) const;
    size_t operator()(uint32_t number) const { return (*this)(store->At(number)); }
  };
  struct Equal {
    using is_transparent = void;
    const StateStore* store;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(Bytes a, uint32_t b) const;
    bool operator()(uint32_t a, Bytes b) const { return (*this)(b, a); }
  };

  static constexpr size_t kInBlock = 1 << 12;

  Bytes At(uint32_t number) const {
    return blocks_[number / kInBlock].data() + number % kInBlock * packed_size_;
  }
  void Pack(const Position& position, unsigned char* packed) const;

  const bool headers_;
  const size_t packed_size_;
  size_t size_ = 0;
  std::vector<std::vector<unsigned char>> blocks_;
  std::vector<unsigned char> next_;  ///< packed, not yet in
  boost::unordered_flat_set<uint32_t, Hash, Equal> index_;
};

}  // namespace backstop::model
