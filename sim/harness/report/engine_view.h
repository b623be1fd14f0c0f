// SPDX-License-Identifier: MIT
// What the results of calls tell about the engine's state, without looking inside.
#pragma once

#include <cstdint>
#include <string>

#include "model/linearize/linearize.h"
#include "sim/harness/report/story.h"

namespace backstop::report {

class EngineView {
 public:
  /// Begins in what the specification says, as nothing was shown yet.
  explicit EngineView(const Aspects& initial, const model::Snapshot& state, unsigned slot);

  /// The call returned this.
  void Shows(const model::HistoryCall& call);
  /// A termination that failed, as it may, has ended the instance all the same.
  void Ended();

  Aspects aspects() const;

 private:
  void Succeeded(const model::HistoryCall& call);
  void Release();

  Aspects seen_;
  bool delivers_ = false;
  uint64_t delivered_ = 0;
  uint64_t size_ = 0;
};

}  // namespace backstop::report
