// SPDX-License-Identifier: MIT
// What the specification takes from a recording about files: it knows calls, and not what files
// hold that somebody damaged, removed or put in the place of others.
#pragma once

#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// Follows the steps of one sequence.
class FileWatch {
 public:
  /// Steps in order, each before it is judged.
  void Follow(const Step& step);

  /// Whether files were changed by anybody but the engine.
  bool changed() const { return changed_; }

  /// Whether a step failed with a code that only tells what the changed files hold. Other failures,
  /// and everything after this one, are for the specification to predict.
  bool Noticed(const Step& step) const;

 private:
  bool changed_ = false;
};

}  // namespace backstop::observed
