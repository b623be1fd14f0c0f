// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/history_report.h"

#include <fmt/format.h>

#include "model/machine/table_text.h"
#include "sim/harness/stream_position.h"

namespace backstop::recorded {

using nlohmann::ordered_json;
using observed::Step;

namespace {

using harness::kPageBytes;

std::string CodeName(model::Err err) {
  return err == 0 ? "JET_errSuccess" : fmt::format("{} ({})", model::DescribeCode(err).name, err);
}

const char* ClauseOf(const model::Reaction& reaction) {
  const model::RowId row = reaction.row != model::kNoRow ? reaction.row : reaction.gate_row;
  return row == model::kNoRow ? "" : model::Rows()[row].clause;
}

std::string ReactionText(const model::Reaction& reaction, bool reads) {
  std::string text = CodeName(reaction.err);
  if (reads && reaction.err >= 0) text += fmt::format(", {} bytes", reaction.pages * kPageBytes);
  return fmt::format("{} ({})", text, ClauseOf(reaction));
}

std::string Expected(const Culprit& culprit, const Step& step) {
  const bool reads = step.call.starts_with("JetReadFile");
  if (!culprit.words.empty()) return culprit.words;
  std::string text;
  for (const model::Reaction& reaction : culprit.allowed) {
    text += (text.empty() ? "" : " or ") + ReactionText(reaction, reads);
  }
  return text;
}

}  // namespace

std::string StepText(const Step& step) {
  std::string text = step.call;
  for (const auto& [key, value] : step.args) text += fmt::format(" {}={}", key, value);
  return text;
}

std::string ResultText(const Step& step) {
  std::string text = CodeName(step.err);
  for (const char* key : {"cbActual", "size"}) {
    const auto bytes = step.out.find(key);
    // Of lists it is the size of the text.
    if (bytes == step.out.end() || !bytes->is_number_integer() || step.out.contains("names"))
      continue;
    const auto count = bytes->get<int64_t>();
    text += fmt::format(", {} bytes", count);
    if (count % kPageBytes == 0) text += fmt::format(" ({} pages)", count / kPageBytes);
  }
  return text;
}

const Step& StepOf(const RecordedHistory& history, const Culprit& culprit) {
  switch (culprit.part) {
    case Part::kSetup:
      return history.setup.steps[culprit.index];
    case Part::kThreads:
      return history.calls[culprit.index].step;
    default:
      return history.final_steps[culprit.index];
  }
}

std::string CulpritText(const RecordedHistory& history, const Culprit& culprit) {
  const Step& step = StepOf(history, culprit);
  const std::string place =
      culprit.part == Part::kThreads
          ? fmt::format("thread {}, call {}", history.calls[culprit.index].thread, culprit.index)
          : fmt::format("{}, step {}", PartName(culprit.part), culprit.index);
  const std::string expected = Expected(culprit, step);
  return fmt::format("{}: {} -> {}{}{}", place, StepText(step), ResultText(step),
                     expected.empty() ? "" : ", where the specification allows ", expected);
}

ordered_json ToJson(const RecordedHistory& history, const JudgedHistory& judged) {
  ordered_json json = {{"id", history.id}, {"verdict", VerdictName(judged.verdict)}};
  json["culprit"] = nullptr;
  if (!judged.reason.empty()) json["reason"] = judged.reason;
  if (!judged.culprit) return json;
  const Culprit& culprit = *judged.culprit;
  const Step& step = StepOf(history, culprit);
  ordered_json& told = json["culprit"];
  told = {{"part", PartName(culprit.part)}, {"index", culprit.index}};
  if (culprit.part == Part::kThreads) told["thread"] = history.calls[culprit.index].thread;
  told["call"] = step.call;
  told["err"] = step.err;
  told["text"] = CulpritText(history, culprit);
  told["allowed"] = ordered_json::array();
  for (const model::Reaction& reaction : culprit.allowed) {
    told["allowed"].push_back({{"err", reaction.err},
                               {"name", model::DescribeCode(reaction.err).name},
                               {"clause", ClauseOf(reaction)}});
  }
  return json;
}

}  // namespace backstop::recorded
