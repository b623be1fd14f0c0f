// SPDX-License-Identifier: MIT
// Sequences of calls recorded on the original engine, as traces/observed/FORMAT.md describes them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace backstop::observed {

/// One recorded call, or one step of the recording harness such as "WriteRows".
struct Step {
  std::string call;
  std::map<std::string, std::string> args;  ///< as recorded
  int32_t err = 0;
  nlohmann::json out;  ///< what the call wrote: an object, possibly empty
  uint32_t ms = 0;     ///< it blocked at least that long

  bool Has(const std::string& key) const { return args.contains(key); }
  /// The argument as it was recorded, or `otherwise`.
  std::string Text(const std::string& key, const std::string& otherwise = {}) const;
};

struct Sequence {
  std::string id;
  std::map<std::string, std::string> settings;
  std::vector<Step> steps;
  /// Whether the engine hung, waited for ever or faulted in the step after the last one.
  bool incomplete = false;
  /// That step as one line of text; empty if it is not known.
  std::string next;
};

/// The value of "grbit": a number, or names of esent.h joined by '|'. `otherwise` without one.
uint32_t Grbit(const Step& step, uint32_t otherwise = 0);
/// A numeric argument, decimal or 0x; `otherwise` if there is none.
int64_t Number(const Step& step, const std::string& key, int64_t otherwise = 0);
/// Whether an argument such as "nullbuf" or "wide" is set.
bool Flag(const Step& step, const std::string& key);

/// A number that the call wrote; `otherwise` if it wrote none.
int64_t OutNumber(const Step& step, const std::string& key, int64_t otherwise = 0);

/// Reads "NAME key=value ...", the form of the argument "line" of an async step. Nothing if it has
/// no name or a word without '='.
std::optional<Step> ParseLine(const std::string& line);

/// Reads one step from its JSON object, which is used up. On failure `*error` says what is wrong.
std::optional<Step> ParseStep(nlohmann::json& object, std::string* error);

/// Reads one sequence from its JSON text. On failure `*error` says what is wrong.
std::optional<Sequence> ParseSequence(const std::string& text, std::string* error);

/// Gives every sequence of a file to `visit`, in order, one at a time in memory. The file holds
/// JSON lines, compressed with zstd if its name ends in ".zst". False if it cannot be used;
/// `*error` names file, line and cause, and the sequences before that line have been visited.
bool ReadSequences(const std::string& path, const std::function<void(Sequence&&)>& visit,
                   std::string* error);

}  // namespace backstop::observed
