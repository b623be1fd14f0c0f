// SPDX-License-Identifier: MIT
#include "sim/harness/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "model/linearize/linearize.h"
#include "sim/harness/describe.h"
#include "sim/harness/timeline_points.h"

namespace backstop::harness {
namespace {

/// Lets another strategy answer and notes the switches.
class Noting : public sched::Strategy {
 public:
  Noting(sched::Strategy& inner, const Runner& runner, std::vector<SwitchNote>* notes)
      : inner_(inner), runner_(runner), notes_(notes) {}

  const char* name() const override { return inner_.name(); }
  void Begin(unsigned tasks) override {
    notes_->clear();
    inner_.Begin(tasks);
  }
  sched::TaskId Switch(const sched::SwitchQuestion& question) override {
    const sched::TaskId chosen = inner_.Switch(question);
    if (chosen != question.current && question.current != sched::kNoTask) {
      notes_->push_back({.time = runner_.time(),
                         .from = question.current,
                         .to = chosen,
                         .forced = !question.current_enabled,
                         .place = PlaceText(question.at)});
    }
    return chosen;
  }
  uint32_t Draw(const sched::DrawQuestion& question) override { return inner_.Draw(question); }

 private:
  std::string PlaceText(const sched::Point& at) const {
    if (at.kind == sched::PointKind::kEnd) return "finished";
    const char* kind = sched::PointKindName(at.kind);
    if (at.object == sched::kNoObject) return fmt::format("before {}", kind);
    return fmt::format("before {} {}", kind, runner_.scheduler().ObjectName(at.object));
  }

  sched::Strategy& inner_;
  const Runner& runner_;
  std::vector<SwitchNote>* notes_;
};

/// Describes the state after each call, in the order that was found.
std::vector<std::string> StatesAlong(const History& history, const model::LinearizeResult& order) {
  std::vector<std::string> states(history.calls.size());
  std::array<char, 256> text;
  for (const model::OrderedEvent& event : order.events) {
    if (!event.last) continue;
    states[event.call] =
        model::Describe(event.after, text.data(), static_cast<unsigned>(text.size()));
  }
  return states;
}

/// One line of the picture: a cell of text in the column of a thread, and a note in the margin.
struct Line {
  uint64_t time;
  uint64_t order;  ///< among lines of equal time: calls, then points, then the switch
  uint8_t thread;
  std::string text;
  std::string margin;
  bool blamed = false;
};

std::vector<Line> LinesOf(const Timeline& timeline, Points points) {
  std::vector<Line> lines;
  for (size_t i = 0; i < timeline.history.calls.size(); ++i) {
    const model::HistoryCall& call = timeline.history.calls[i];
    const bool blamed = timeline.violation && timeline.violation->call == i;
    lines.push_back({call.invoked, 0, call.thread, CallText(call.call), "", blamed});
    if (call.returned == model::kPending) continue;
    lines.push_back(
        {call.returned, 0, call.thread, "  = " + OutcomeText(call), timeline.states[i], blamed});
  }
  for (const SwitchNote& note : timeline.switches) {
    const char* why = note.forced ? "cannot go on " : "switched ";
    const std::string place = note.place == "finished" ? note.place : why + note.place;
    lines.push_back(
        {note.time, 2, note.from, fmt::format("  ~ {}, T{} goes on", place, note.to), "", false});
  }
  for (const PointLine& point : PointLines(timeline.points, points)) {
    lines.push_back({point.time, 1, point.task, "  . " + point.text, "", false});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.time != b.time ? a.time < b.time : a.order < b.order;
  });
  return lines;
}

std::string Fit(const std::string& text, unsigned width) {
  if (text.size() <= width) return text + std::string(width - text.size(), ' ');
  return text.substr(0, width - 2) + "..";
}

std::string RenderLine(const Line& line, unsigned threads, const RenderOptions& options) {
  const bool alone = line.thread >= threads;  // setup and epilogue use the first column
  std::string row = line.blamed ? " >> " : "    ";
  for (unsigned column = 0; column < threads; ++column) {
    const bool here = alone ? column == 0 : column == line.thread;
    row += Fit(here ? line.text : "", options.column) + " ";
  }
  if (!line.margin.empty()) row += "| " + line.margin;
  row.erase(row.find_last_not_of(' ') + 1);
  if (options.colour && line.blamed) row = "\033[31m" + row + "\033[0m";
  return row + "\n";
}

const char* Section(uint8_t thread) {
  if (thread == kSetupThread) return "setup";
  return thread == kEpilogueThread ? "epilogue (alone, shows what was left behind)" : "threads";
}

std::string RestartText(const RunResult& run, const std::optional<Violation>& violation) {
  if (!run.restart) return {};
  const unsigned again = run.restart->crashes;
  const std::string cuts =
      again == 0 ? "" : fmt::format(" (the power failed {} times more in recovery)", again);
  if (!violation || violation->call) {
    return "every acknowledged commit is there, and no other" + cuts;
  }
  const std::string_view kAfter = "after a power cut: ";
  const std::string& text = violation->text;
  return (text.starts_with(kAfter) ? text.substr(kAfter.size()) : text) + cuts;
}

bool RestartIsToBlame(const Timeline& timeline) {
  return timeline.violation && !timeline.violation->call;
}

}  // namespace

bool RecordTimeline(Runner& runner, Checker& checker, const Program& program,
                    sched::Strategy& strategy, Timeline* timeline) {
  Noting noting(strategy, runner, &timeline->switches);
  const RunResult run = runner.Run(program, noting);
  if (!run.set_up) return false;
  timeline->history = *run.history;
  timeline->threads = static_cast<unsigned>(program.threads.size());
  timeline->violation = checker.Check(run, runner.scheduler(), nullptr);
  timeline->restart = RestartText(run, timeline->violation);
  timeline->points = PointsOf(runner.scheduler(), timeline->history);
  const History* const judged = &timeline->history;
  model::LinearizeOptions options = OrderOptions(judged, program.ese);
  options.want_witness = true;
  timeline->order =
      model::Linearizer(options).Check(timeline->history.initial, timeline->history.calls);
  timeline->states = StatesAlong(timeline->history, timeline->order);
  return true;
}

std::string RenderTimeline(const Timeline& timeline, const RenderOptions& options) {
  std::string text = "    ";
  for (unsigned thread = 0; thread < timeline.threads; ++thread) {
    text += Fit(fmt::format("T{}", thread), options.column) + " ";
  }
  text += "| specification\n";
  const char* section = "";
  for (const Line& line : LinesOf(timeline, options.points)) {
    if (section != Section(line.thread)) {
      section = Section(line.thread);
      text += fmt::format("-- {}\n", section);
    }
    text += RenderLine(line, timeline.threads, options);
  }
  if (timeline.restart.empty()) return text;
  text += "-- the power fails, and the engine is started again\n";
  return text + (RestartIsToBlame(timeline) ? " >> " : "    ") + timeline.restart + "\n";
}

std::vector<std::string> PlainLines(const Timeline& timeline) {
  std::vector<std::string> lines;
  for (const Line& line : LinesOf(timeline, Points::kHidden)) {
    lines.push_back(fmt::format("{:9}{}", ThreadText(line.thread), line.text));
  }
  if (!timeline.restart.empty()) lines.push_back("restart  " + timeline.restart);
  return lines;
}

}  // namespace backstop::harness
