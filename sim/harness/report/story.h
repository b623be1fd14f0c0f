// SPDX-License-Identifier: MIT
// What happened, in words, wherever it comes from: a run of this engine or a history recorded
// elsewhere. The pages and files that people look at are made of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/linearize/linearize.h"

namespace backstop::report {

/// What is shown side by side of the specification and of the engine.
inline constexpr std::array<const char*, 5> kAspects = {"instance", "backup", "open file",
                                                        "delivered", "logs to copy"};
using Aspects = std::array<std::string, kAspects.size()>;

struct StoryCall {
  unsigned lane = 0;
  uint64_t invoked = 0;
  std::optional<uint64_t> returned;  ///< nothing: it never did
  std::string name;                  ///< "JetReadFileInstance"
  std::string arguments;
  std::string result;  ///< "JET_errSuccess, 65536 bytes"
  std::string excuse;  ///< why it binds nobody; empty if it does
};

/// One event of the order that was found, or of the longest.
struct StoryEvent {
  uint32_t call = 0;  ///< index of the call; kByItself if it is none
  bool last = true;   ///< of the events of this call
  std::string clause;
  std::string code;   ///< what the specification returns
  std::string state;  ///< the state after it, as text
  std::string node;   ///< and its place in the state diagram
  Aspects specification;
  Aspects engine;  ///< as far as the results so far tell
};
inline constexpr uint32_t kByItself = ~uint32_t{0};

/// Something between calls: why another thread went on.
struct StoryNote {
  unsigned lane = 0;
  uint64_t time = 0;
  std::string text;
};

/// A lock, a file operation or a shared field on the way of a call.
struct StoryPoint {
  unsigned lane = 0;
  uint64_t time = 0;  ///< it came after what happened then
  std::string text;   ///< "lock backup"
};

/// A result that the specification would have allowed where the culprit stands.
struct StoryAnswer {
  std::string code;
  std::string clause;
};

/// What was found by changing one thing at a time.
struct StoryExplanation {
  struct Part {
    std::string place;
    std::string what;
    std::vector<std::string> stays;  ///< in place of it, and the failure stays
    std::vector<std::string> goes;   ///< in place of it, and the failure is gone
    std::string weight;              ///< "matters", "in part", "none"
  };
  struct Row {
    std::string fails;
    std::string passes;
    bool same = false;
  };
  std::vector<Part> parts;
  std::string change;     ///< of the nearest schedule that passes; empty if there is none
  std::vector<Row> rows;  ///< the two side by side
};

struct Story {
  std::string title;
  std::string origin;  ///< where it comes from
  std::string verdict;
  std::string reason;
  std::vector<std::string> lanes;
  std::vector<StoryCall> calls;
  std::string initial_state;
  std::string initial_node;
  Aspects initial;
  std::vector<StoryEvent> order;
  std::vector<StoryNote> notes;
  std::vector<StoryPoint> points;
  std::optional<uint32_t> culprit;  ///< index of a call
  std::vector<StoryAnswer> allowed;
  Aspects engine_at_last;  ///< after the culprit, or after the whole order
  std::optional<StoryExplanation> explanation;
  std::string left_out;  ///< what of a long history is not here; empty if all is
};

/// The place in the state diagram of the instance in `slot`: "ready", "databases phase", ...
std::string NodeOf(const model::Snapshot& state, unsigned slot);
/// What the specification's state is like.
Aspects AspectsOf(const model::Snapshot& state, unsigned slot);

/// Fills in initial state, order and answers from what the linearizer found; the calls of `story`
/// are those of `calls`, in the same order.
void TellOrder(const model::Snapshot& initial, const std::vector<model::HistoryCall>& calls,
               const model::LinearizeResult& result, Story* story);

/// The story without the calls that are far from the culprit, or from the end, so that at most
/// `calls` remain.
Story Excerpt(const Story& story, size_t calls);

}  // namespace backstop::report
