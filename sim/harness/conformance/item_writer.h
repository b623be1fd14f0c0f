// SPDX-License-Identifier: MIT
// A way to a goal as a sequence of the suite, read back before it is believed.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/conformance/scene_search.h"
#include "sim/harness/conformance/suite.h"

namespace backstop::conformance {

class ItemWriter {
 public:
  ItemWriter(model::Lifecycle& lifecycle, std::string dialect)
      : lifecycle_(lifecycle), dialect_(std::move(dialect)) {}

  /// The way, and `tail` after it. Nothing if the replay of model_replay.h reads the sequence
  /// otherwise than it was meant; then
  /// `*why` says where.
  std::optional<Item> Write(const Scene& scene, const Goal& goal, const Way& way, const Way& tail,
                            std::string* why) const;

  /// The way as a sequence that shows nothing in particular. `*misread` is the number of the move
  /// that is read otherwise; the length of the way if it cannot be made at all.
  std::optional<Item> WriteUnnamed(const Scene& scene, const Way& way, const std::string& id,
                                   size_t* misread) const;

 private:
  /// `moves`, if not null, is given the step of the call of each move.
  bool Steps(const Scene& scene, const Way& way, const Way& tail, Item* item,
             std::vector<size_t>* moves = nullptr) const;
  void Name(const Goal& goal, const Way& way, Item* item) const;

  model::Lifecycle& lifecycle_;
  std::string dialect_;
};

/// Whether the specification gives every code of the sequence, and the goal's row at its step.
/// `rows`, if not null, is given the rows of every step.
bool ReadsBack(const Item& item, const Goal& goal, model::Lifecycle& lifecycle, std::string* why);

}  // namespace backstop::conformance
