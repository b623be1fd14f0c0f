// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "sim/cli/command.h"
#include "sim/cli/progress.h"
#include "sim/cli/story_files.h"
#include "sim/harness/timeline.h"
#include "sim/harness/timeline_story.h"
#include "sim/harness/trace_explain.h"
#include "sim/harness/trace_timeline.h"

namespace backstop::cli {
namespace {

struct ShowOptions {
  std::string trace;
  unsigned width = 46;
  bool events = false;
  bool fold = false;
  bool explain = false;
  StoryFiles files;
};

std::string SearchedText(const harness::TraceTimeline& shown) {
  if (shown.searched == 0) return {};
  return fmt::format("\nthe code has changed: this is schedule {} beside it", shown.searched);
}

int Show(const ShowOptions& options, const Context& context) {
  harness::Trace trace;
  std::string error;
  if (!harness::ReadTraceFile(options.trace, &trace, &error)) {
    fmt::print(stderr, "backstop: {}\n", error);
    return kBadInput;
  }
  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  harness::Runner runner(api, {.log = true});
  harness::Checker checker;
  const auto shown = harness::RecordTrace(runner, checker, trace, context.provenance);
  if (!shown) {
    fmt::print(stderr, "backstop: {}: the engine cannot be brought to '{}'\n", options.trace,
               harness::ToText(trace.program.setup));
    return kTargetUnusable;
  }
  const harness::Timeline& timeline = shown->timeline;
  std::optional<harness::Explanation> explanation;
  if (options.explain || !options.files.html.empty()) {
    sched::Recorded recorded(shown->answers);
    explanation = harness::Explain(runner, checker, trace.program, recorded);
  }
  if (options.files.any()) {
    report::Story story = StoryOf(timeline, trace, context.provenance);
    if (explanation) story.explanation = TellExplanation(*explanation);
    if (options.files.Write(story, &error)) return kClean;
    fmt::print(stderr, "backstop: {}\n", error);
    return kBadInput;
  }
  const harness::Points points = options.events ? harness::Points::kAll
                                 : options.fold ? harness::Points::kFolded
                                                : harness::Points::kHidden;
  fmt::print("trace of engine '{}', run here on '{}'{}\nsetup: {}\n\n{}\n{}\n",
             trace.made_by.engine, context.provenance.engine, SearchedText(*shown),
             harness::ToText(trace.program.setup),
             harness::RenderTimeline(
                 timeline, {.column = options.width, .colour = WantsColour(1), .points = points}),
             harness::RenderOrder(timeline));
  if (!trace.rule.empty()) fmt::print("recorded: {}: {}\n", trace.rule, trace.text);
  if (timeline.violation) {
    fmt::print("here:     {}: {}\n", timeline.violation->rule, timeline.violation->text);
  } else {
    fmt::print("here:     no violation\n");
  }
  if (explanation) fmt::print("\n{}", harness::RenderExplanation(*explanation, options.width + 20));
  if (options.explain && !explanation)
    fmt::print("\nNothing fails here, so nothing is explained.\n");
  return kClean;
}

}  // namespace

void AddShow(CLI::App& app, Context& context) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* show = app.add_subcommand("show", "Print a trace as columns, one for each thread");
  show->add_option("TRACE", options->trace, "A trace file")->required();
  show->add_option("--width", options->width, "Characters a thread")
      ->check(CLI::Range(20u, 200u))
      ->capture_default_str();
  CLI::Option* events =
      show->add_flag("--events", options->events, "Every lock and file operation on its line");
  show->add_flag("--fold", options->fold, "Locks and file operations, counted")->excludes(events);
  show->add_flag("--explain", options->explain,
                 "What of it matters, and the nearest schedule that passes; a page has both");
  options->files.AddTo(show);
  show->callback([options, &context] {
    context.chosen = [options, &context] { return Show(*options, context); };
  });
}

}  // namespace backstop::cli
