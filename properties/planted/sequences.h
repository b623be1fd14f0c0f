// SPDX-License-Identifier: MIT
// Many sequences of calls with the codes that they must give, and for each row of the specification
// which of them take it: a planted error is looked for in those alone.
#pragma once

#include <string>
#include <vector>

#include "properties/planted/plants.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::planted {

class Sequences {
 public:
  /// `dialect` must outlive the object.
  Sequences(const model::Dialect& dialect, observed::Outputs outputs)
      : specification_(dialect), outputs_(outputs), takers_(specification_.RowCount()) {}

  /// Takes the sequence in, with the steps from the first on that bind.
  void Add(observed::Sequence sequence, size_t binding);

  /// What the error changes, as one line that names a sequence; empty if no code is another one.
  std::string FirstChange(const Planting& planting) const;

  size_t size() const { return entries_.size(); }
  /// Sequences that the specification as it is disagrees with.
  const std::vector<std::string>& unpredicted() const { return unpredicted_; }

 private:
  struct Entry {
    observed::Sequence sequence;
    size_t binding;
  };

  /// The first step that goes another way, or the number of steps. Adds the rows taken.
  size_t Replay(const Entry& entry, model::Lifecycle& lifecycle,
                std::vector<model::RowId>* taken) const;

  model::Lifecycle specification_;
  observed::Outputs outputs_;
  std::vector<Entry> entries_;
  std::vector<std::vector<uint32_t>> takers_;  ///< by row
  std::vector<std::string> unpredicted_;
};

/// The recordings of the original engine, and the conformance suite in each dialect; read once. A
/// file that cannot be used is named on stderr, and leaves nothing.
const Sequences& Recordings();
const Sequences& StrictSuite();
const Sequences& EseSuite();

}  // namespace backstop::planted
