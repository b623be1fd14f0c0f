// SPDX-License-Identifier: MIT
#include "sim/harness/report/story.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/addressing.h"
#include "model/machine/table_text.h"
#include "sim/harness/report/engine_view.h"

namespace backstop::report {
namespace {

using model::HistoryCall;
using model::Life;
using model::Phase;
using model::Snapshot;

std::string StateText(const Snapshot& state) {
  std::array<char, 512> text;
  return model::Describe(state, text.data(), static_cast<unsigned>(text.size()));
}

const char* ClauseOf(const model::Reaction& reaction) {
  const model::RowId row = reaction.row != model::kNoRow ? reaction.row : reaction.gate_row;
  return row == model::kNoRow ? "" : model::Rows()[row].clause;
}

/// What the specification returns of a call, the count of pages included if it reads.
std::string CodeOf(const model::Reaction& reaction, bool reads) {
  if (reaction.pending) return "goes on";
  const std::string name = model::DescribeCode(reaction.err).name;
  if (!reads || reaction.err < 0) return name;
  const char* plural = reaction.pages == 1 ? "" : "s";
  if (reaction.pages == 0) return fmt::format("{}, 0 pages", name);
  return fmt::format("{}, {} page{} from {}", name, reaction.pages, plural, reaction.first_page);
}

bool Reads(const HistoryCall& call) { return call.call.op == model::Op::kReadFile; }

/// Whether the call is a termination that leaves no instance, whatever it returned.
bool Ends(const HistoryCall& call, const Snapshot& after, unsigned slot) {
  return call.call.op == model::Op::kTerm && after.instances[slot].life == Life::kAbsent;
}

/// The instance that the history is about: that of its first call that names one.
unsigned SlotOfHistory(const Snapshot& initial, const std::vector<HistoryCall>& calls) {
  for (const HistoryCall& call : calls) {
    const unsigned slot = model::SlotOf(initial, call.call);
    if (slot != model::kNoSlot) return slot;
  }
  return 0;
}

}  // namespace

std::string NodeOf(const Snapshot& state, unsigned slot) {
  const model::InstanceState& instance = state.instances[slot];
  if (instance.life != Life::kReady) return model::ValueText(instance.life);
  return instance.backup.phase == Phase::kNoBackup ? "ready"
                                                   : model::ValueText(instance.backup.phase);
}

Aspects AspectsOf(const Snapshot& state, unsigned slot) {
  const model::InstanceState& instance = state.instances[slot];
  const model::BackupState& backup = instance.backup;
  const bool open = backup.file.kind != model::FileKind::kNone;
  Aspects aspects;
  aspects[0] = model::ValueText(instance.life);
  aspects[1] = backup.phase == Phase::kNoBackup ? "none" : backup.stop ? "stopped" : "in progress";
  aspects[2] = open ? "open" : "none";
  if (open) {
    aspects[3] = fmt::format("{} of {} pages", backup.file.offset_pages, backup.file.size_pages);
  }
  if (backup.copy_end != 0) {
    aspects[4] = fmt::format("{} to {}", backup.copy_low, backup.copy_end - 1);
  }
  return aspects;
}

void TellOrder(const Snapshot& initial, const std::vector<HistoryCall>& calls,
               const model::LinearizeResult& result, Story* story) {
  const unsigned slot = SlotOfHistory(initial, calls);
  story->initial_state = StateText(initial);
  story->initial_node = NodeOf(initial, slot);
  story->initial = AspectsOf(initial, slot);
  EngineView engine(story->initial, initial, slot);
  for (const model::OrderedEvent& event : result.events) {
    if (event.last && event.call != kByItself) {
      engine.Shows(calls[event.call]);
      if (Ends(calls[event.call], event.after, slot)) engine.Ended();
    }
    story->order.push_back(
        {.call = event.call,
         .last = event.last,
         .clause = ClauseOf(event.reaction),
         .code = CodeOf(event.reaction, event.call != kByItself && Reads(calls[event.call])),
         .state = StateText(event.after),
         .node = NodeOf(event.after, slot),
         .specification = AspectsOf(event.after, slot),
         .engine = engine.aspects()});
  }
  if (result.culprit) engine.Shows(calls[*result.culprit]);
  story->engine_at_last = engine.aspects();
  for (const model::Reaction& reaction : result.allowed) {
    story->allowed.push_back({CodeOf(reaction, Reads(calls[*result.culprit])), ClauseOf(reaction)});
  }
}

Story Excerpt(const Story& story, size_t calls) {
  if (story.calls.size() <= calls) return story;
  const size_t centre = story.culprit.value_or(static_cast<uint32_t>(story.calls.size() - 1));
  const size_t most = story.calls.size() - calls;
  const size_t first = std::min(centre > calls * 3 / 4 ? centre - calls * 3 / 4 : 0, most);
  const auto is_kept = [&](uint32_t call) { return call >= first && call < first + calls; };
  Story part = story;
  part.calls.assign(story.calls.begin() + static_cast<ptrdiff_t>(first),
                    story.calls.begin() + static_cast<ptrdiff_t>(first + calls));
  part.order.clear();
  for (const StoryEvent& event : story.order) {
    if (!is_kept(event.call)) {
      // What is left out at the beginning leaves its state behind.
      if (part.order.empty()) {
        part.initial_state = event.state;
        part.initial_node = event.node;
        part.initial = event.specification;
      }
      continue;
    }
    part.order.push_back(event);
    part.order.back().call -= static_cast<uint32_t>(first);
  }
  const uint64_t from = part.calls.front().invoked;
  const uint64_t to = part.calls.back().returned.value_or(part.calls.back().invoked);
  std::erase_if(part.notes,
                [&](const StoryNote& note) { return note.time < from || note.time > to; });
  std::erase_if(part.points,
                [&](const StoryPoint& point) { return point.time < from || point.time > to; });
  if (part.culprit) *part.culprit -= static_cast<uint32_t>(first);
  part.left_out = fmt::format("calls {} to {} of {}", first + 1, first + calls, story.calls.size());
  return part;
}

}  // namespace backstop::report
