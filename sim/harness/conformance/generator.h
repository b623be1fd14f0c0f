// SPDX-License-Identifier: MIT
// Searches the specification for the shortest sequence that shows each row, and each precedence of
// one check over the next.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/harness/conformance/suite.h"

namespace backstop::conformance {

/// What came of the search.
struct Generated {
  std::vector<Item> items;  ///< in the order of the tables
  size_t positions = 0;
  /// Sequences that the replay of model_replay.h read otherwise than they were written, by the
  /// name of their goal; 0 if another sequence for the same goal was read well.
  std::map<std::string, size_t> misread;
};

/// `lifecycle` decides the dialect, which is `name`. `progress` is called with every scene.
Generated Generate(model::Lifecycle& lifecycle, const std::string& name,
                   const std::function<void(const std::string& scene)>& progress = {});

/// Joins the suites of both dialects: what is the same in both stands once.
std::vector<Item> Merge(std::vector<Item> strict, std::vector<Item> ese);

}  // namespace backstop::conformance
