// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "sim/harness/trace.h"
#include "sim/harness/trace_words.h"

namespace backstop::harness {
namespace {

std::string Head(const Provenance& made_by, const Program& program) {
  std::string text = fmt::format("backstop-trace {}\n", kTraceVersion);
  text += fmt::format("engine {}\nbuild {}\ndialect {}\n", made_by.engine, made_by.build,
                      program.ese ? "ese" : "strict");
  text += fmt::format("setup {}\nfaults {}\n", ToText(program.setup),
                      kFaultWords[static_cast<size_t>(program.faults)]);
  for (size_t thread = 0; thread < program.threads.size(); ++thread) {
    text += fmt::format("thread T{}\n", thread);
    for (const ProgramCall& call : program.threads[thread]) {
      text += fmt::format("  {}\n", ToText(call));
    }
  }
  return text;
}

std::string EntryText(const sched::ReplayEntry& entry) {
  if (!entry.is_switch) {
    return fmt::format("  draw {} call {} #{} {} = {}\n", Escape(entry.task), entry.mark,
                       entry.occurrence, Escape(entry.label), entry.answer);
  }
  return fmt::format("  switch {} call {} {} {} #{} to {}\n", Escape(entry.task), entry.mark,
                     sched::PointKindName(entry.kind), Escape(entry.object), entry.occurrence,
                     Escape(entry.chosen));
}

std::string ScheduleText(const Trace& trace) {
  if (const auto* spec = std::get_if<ScheduleSpec>(&trace.schedule)) {
    return fmt::format("schedule {}\n", ToText(*spec));
  }
  std::string text = "schedule decisions\n";
  for (const auto& entry : std::get<std::vector<sched::ReplayEntry>>(trace.schedule)) {
    text += EntryText(entry);
  }
  return text;
}

}  // namespace

std::string Escape(const std::string& word) {
  if (word.empty()) return "-";
  std::string escaped;
  for (const char c : word) {
    const bool plain = c > ' ' && c < 0x7f && c != '%';
    escaped += plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return word == "-" ? "%2d" : escaped;
}

std::string WriteTrace(const Trace& trace) {
  std::string text = Head(trace.made_by, trace.program) + ScheduleText(trace);
  if (!trace.origin.empty()) text += fmt::format("origin {}\n", trace.origin);
  if (!trace.results.empty()) text += "results\n";
  for (const std::string& result : trace.results) text += fmt::format("  {}\n", result);
  text += trace.rule.empty() ? "verdict running\n" : fmt::format("verdict {}\n", trace.rule);
  if (!trace.text.empty()) text += fmt::format("text {}\n", trace.text);
  if (trace.hash) text += fmt::format("hash 0x{:016x}\n", *trace.hash);
  return text + "end\n";
}

TraceParts WriteRunningTrace(const Provenance& made_by, const Program& program,
                             const ScheduleSpec& schedule) {
  return {.before = Head(made_by, program),
          .schedule = fmt::format("schedule {}\n", ToText(schedule)),
          .after = "verdict running\nend\n"};
}

}  // namespace backstop::harness
