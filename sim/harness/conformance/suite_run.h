// SPDX-License-Identifier: MIT
// Runs sequences of a suite on an engine.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/conformance/suite.h"
#include "sim/harness/observed/compare.h"
#include "sim/harness/observed/sequence_run.h"
#include "sim/harness/row_book.h"

namespace backstop::conformance {

/// Why steps of a suite are not asked of an engine, from some step of a sequence on.
enum class Leave : uint8_t {
  kNothing,
  kEnvironment,  ///< the world is to fail in a way that it cannot, or that the call did not meet
  kThreads,      ///< other threads are to be met in the middle of their calls
  kUndefined,    ///< undefined in the dialect: a file handle that never was
  kMissing,      ///< the engine does not have the function
  kEndless,      ///< the call never returns
  kUnrecorded,   ///< what the original engine does there, nobody has seen
};
inline constexpr unsigned kLeaves = 7;
const char* LeaveName(Leave leave);

/// A step that was answered otherwise.
struct Deviation {
  std::string sequence;
  size_t step = 0;
  std::string call;
  std::string clause;  ///< of the sequence
  std::string expected;
  std::string got;
};

/// The world in which a suite is run.
enum class SuiteWorld : uint8_t {
  kPlain,      ///< nothing fails, and threads are as fast as they are
  kSimulated,  ///< that of suite_engine.h
};

class SuiteRun {
 public:
  /// `dialect` is that of the engine. Not thread-safe.
  SuiteRun(std::string dialect, SuiteWorld world, observed::RunSequence run)
      : dialect_(std::move(dialect)), world_(world), run_(std::move(run)) {}

  /// From now on the rows that equal steps show are counted. Both must outlive this object.
  void CountRows(model::Lifecycle& lifecycle, harness::RowBook& rows) {
    lifecycle_ = &lifecycle;
    rows_ = &rows;
  }

  /// Runs the sequence as far as an engine is asked; nothing if it is of the other dialect.
  void Add(const Item& item);

  size_t sequences = 0;
  size_t complete = 0;  ///< those that were run to their end
  size_t steps = 0;
  size_t equal = 0;
  std::map<std::string, size_t> left;  ///< steps not asked for, by reason
  std::vector<Deviation> deviations;   ///< the first of every sequence

 private:
  /// How many steps an engine is asked, and why no more.
  size_t Asked(const Item& item, Leave* leave) const;
  void Compare(const Item& item, const observed::EngineRun& run, size_t asked, Leave leave);

  /// Compares one step; false if the sequence ends with it.
  bool CompareStep(const Item& item, const observed::EngineRun& run, size_t index,
                   observed::Comparison* comparison);
  void Leaves(const std::string& reason, const Item& item, size_t from);
  /// Counts the rows of the first `count` steps, which the engine has answered as it must.
  void Note(const Item& item, size_t count);

  std::string dialect_;
  SuiteWorld world_;
  observed::RunSequence run_;
  model::Lifecycle* lifecycle_ = nullptr;
  harness::RowBook* rows_ = nullptr;
};

nlohmann::ordered_json ToJson(const SuiteRun& run);

/// One line.
std::string ToText(const Deviation& deviation);

}  // namespace backstop::conformance
