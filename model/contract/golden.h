// SPDX-License-Identifier: MIT
// Hand-written sequences of calls with the codes that both dialects return, one file for each
// discrepancy: see README.md for how they are written.
#pragma once

#include <string>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::model::contract {

/// One line of a sequence.
struct GoldenStep {
  int line = 0;
  std::string text;  ///< as written, without the codes
  Call call;
  Outcome outcome;                      ///< what the call reports, but for its code
  bool failing = false;                 ///< the environment refuses
  bool decides = false;                 ///< marked with `*`: shows the discrepancy itself
  bool starts = false;                  ///< the first step of a sequence
  bool stages[3] = {true, true, true};  ///< which events of the call happen: see Stage
  Snapshot world;                       ///< of a first step
  std::string strict, ese;              ///< names of the codes, or "goes on"
};

struct Golden {
  std::string file;
  std::string id;
  std::vector<GoldenStep> steps;
  std::vector<std::string> errors;  ///< lines that cannot be read
};

/// Reads a file. What cannot be read is one of `errors`.
Golden ReadGolden(const std::string& path);

/// Runs the sequences on the machine of one dialect; returns what differs, a line each.
std::vector<std::string> RunGolden(const Golden& golden, Lifecycle& lifecycle);

}  // namespace backstop::model::contract
