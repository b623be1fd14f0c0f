// SPDX-License-Identifier: MIT
// Holds recorded histories of overlapping calls against the specification.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/cli/ci_files.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/progress.h"
#include "sim/cli/story_files.h"
#include "sim/harness/current_run.h"
#include "sim/harness/recorded_history/history_report.h"
#include "sim/harness/recorded_history/history_story.h"
#include "sim/harness/recorded_history/second_opinion.h"

namespace backstop::cli {
namespace {

using recorded::HistoryVerdict;
using recorded::JudgedHistory;
using recorded::RecordedHistory;

struct CheckHistoryOptions {
  std::vector<std::string> files;
  std::string dialect = "strict";
  std::string json;
  std::string id;  ///< of the history that is shown
  StoryFiles show;
  CiFiles ci;
  uint64_t max_steps = 5'000'000;
  bool summary = false;
  bool quiet = false;
};

using Counts = std::array<size_t, recorded::kHistoryVerdicts>;

void PrintHistory(const RecordedHistory& history, const JudgedHistory& judged) {
  fmt::print("{}: {}", history.id, VerdictName(judged.verdict));
  if (!judged.reason.empty()) fmt::print(": {}", judged.reason);
  if (judged.culprit) fmt::print("; {}", CulpritText(history, *judged.culprit));
  fmt::print("\n");
}

/// What reports say of one history.
report::Check CheckOf(const std::string& file, const RecordedHistory& history,
                      const JudgedHistory& judged, const std::string& dialect) {
  report::Check check{.name = history.id};
  check.failed = judged.verdict == HistoryVerdict::kNotExplained;
  check.skipped = !check.failed && judged.verdict != HistoryVerdict::kExplained;
  check.text = judged.reason;
  if (!check.failed) return check;
  check.rule = "linearizability";
  check.meaning = "some order of the calls, keeping real time, gives every code and output";
  check.fingerprint = check.rule;
  if (judged.culprit) {
    const observed::Step& step = StepOf(history, *judged.culprit);
    check.text += "; " + CulpritText(history, *judged.culprit);
    check.fingerprint += fmt::format(" {} {}", step.call, step.err);
  }
  check.command = fmt::format("backstop check-history {} --dialect {} --id {} --html page.html",
                              file, dialect, history.id);
  check.file = file;
  return check;
}

void PrintCounts(const std::string& name, const Counts& counts) {
  size_t histories = 0;
  for (const size_t count : counts) histories += count;
  fmt::print("{:24} {:6}", name, histories);
  for (size_t verdict = 0; verdict < counts.size(); ++verdict) {
    fmt::print(" {:>{}}", counts[verdict],
               std::string(VerdictName(static_cast<HistoryVerdict>(verdict))).size());
  }
  fmt::print("\n");
}

void PrintHeading() {
  fmt::print("{:24} {:>6}", "file", "all");
  for (size_t verdict = 0; verdict < recorded::kHistoryVerdicts; ++verdict) {
    fmt::print(" {}", VerdictName(static_cast<HistoryVerdict>(verdict)));
  }
  fmt::print("\n");
}

/// Judges the files one after the other.
class Check {
 public:
  Check(const CheckHistoryOptions& options, const model::Dialect& dialect)
      : options_(options),
        judge_({.dialect = &dialect,
                .max_steps = options.max_steps,
                .want_witness = options.show.any()}),
        progress_(options.quiet) {}

  /// False with the cause in `*error` if a file cannot be used.
  bool Files(std::string* error) {
    std::vector<std::string> files;
    for (const std::string& file : options_.files) {
      if (!IsOpinion(file)) files.push_back(file);
    }
    if (options_.summary) PrintHeading();
    for (const std::string& file : files) {
      Counts counts{};
      const auto visit = [&](RecordedHistory&& history) { Judge(file, history, &counts); };
      if (!recorded::ReadHistories(file, visit, error)) return false;
      if (options_.summary) PrintCounts(std::filesystem::path(file).filename().string(), counts);
    }
    if (options_.summary && files.size() > 1) PrintCounts("all", total_);
    for (const auto& [file, opinion] : opinions_) PrintOpinion(file, opinion);
    return true;
  }

  size_t Count(HistoryVerdict verdict) const { return total_[static_cast<size_t>(verdict)]; }
  const nlohmann::ordered_json& json() const { return json_; }
  const std::optional<report::Story>& story() const { return story_; }
  const report::CiReport& report() const { return report_; }

 private:
  /// Among files of histories what another checker said of them may stand, to be compared.
  bool IsOpinion(const std::string& file) {
    recorded::SecondOpinion opinion;
    if (!opinion.Read(file)) return false;
    opinions_.emplace_back(std::filesystem::path(file).filename().string(), std::move(opinion));
    return true;
  }

  void Compare(const std::string& id, HistoryVerdict verdict) {
    for (auto& [file, opinion] : opinions_) {
      if (opinion.Compare(id, verdict) != recorded::Agreement::kDisagrees) continue;
      fmt::print("{}: {}, but {} says: {}\n", id, VerdictName(verdict), file, opinion.Of(id));
    }
  }

  static void PrintOpinion(const std::string& file, const recorded::SecondOpinion& opinion) {
    fmt::print("{}: of its {} verdicts {} agree, {} disagree, {} are left open\n", file,
               opinion.size(), opinion.agreed(), opinion.disagreed(), opinion.left_open());
  }

  /// The history that was asked for or, without an id, the first that is not explained.
  bool IsToBeShown(const RecordedHistory& history, const JudgedHistory& judged) const {
    if (!options_.show.any() || story_) return false;
    return options_.id.empty() ? judged.verdict == HistoryVerdict::kNotExplained
                               : history.id == options_.id;
  }

  void Judge(const std::string& file, const RecordedHistory& history, Counts* counts) {
    const JudgedHistory judged = judge_.Judge(history);
    ++(*counts)[static_cast<size_t>(judged.verdict)];
    ++total_[static_cast<size_t>(judged.verdict)];
    Compare(history.id, judged.verdict);
    if (!options_.summary && judged.verdict != HistoryVerdict::kExplained) {
      PrintHistory(history, judged);
    }
    if (options_.ci.any()) {
      report_.checks.push_back(CheckOf(file, history, judged, options_.dialect));
    }
    if (!options_.json.empty()) json_.push_back(ToJson(history, judged));
    if (IsToBeShown(history, judged)) {
      const std::string origin = fmt::format(
          "{}, dialect {}", std::filesystem::path(file).filename().string(), options_.dialect);
      story_ = StoryOf(history, judged, origin);
    }
    if (progress_.Due()) progress_.Show(history.id);
  }

  const CheckHistoryOptions& options_;
  recorded::HistoryJudge judge_;
  Progress progress_;
  std::vector<std::pair<std::string, recorded::SecondOpinion>> opinions_;
  Counts total_{};
  nlohmann::ordered_json json_ = nlohmann::ordered_json::array();
  std::optional<report::Story> story_;
  report::CiReport report_ = NewReport("check-history");
};

/// False with the cause in `*error` if what was asked for cannot be shown.
bool Show(const CheckHistoryOptions& options, const std::optional<report::Story>& story,
          std::string* error) {
  if (!options.show.any()) return true;
  if (story) return options.show.Write(*story, error);
  *error = options.id.empty() ? "every history is explained; say with --id which one to show"
                              : fmt::format("--id {}: no history has this id", options.id);
  return false;
}

int CheckHistory(const CheckHistoryOptions& options) {
  const model::Dialect* dialect = model::FindDialect(options.dialect);
  if (dialect == nullptr) {
    return Refuse(fmt::format("--dialect {}: there are strict and ese", options.dialect));
  }
  Check check(options, *dialect);
  std::string error;
  if (!options.ci.Prepare("check-history", &error)) return Refuse(error);
  if (!check.Files(&error)) return Refuse(error);
  if (!options.summary) {
    fmt::print("{} explained, {} not explained, {} crashed, {} not judged, {} unknown\n",
               check.Count(HistoryVerdict::kExplained), check.Count(HistoryVerdict::kNotExplained),
               check.Count(HistoryVerdict::kCrashed), check.Count(HistoryVerdict::kNotJudged),
               check.Count(HistoryVerdict::kUnknown));
  }
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, check.json().dump(1) + "\n", &error)) {
    return Refuse("--json " + error);
  }
  if (!Show(options, check.story(), &error)) return Refuse(error);
  if (!options.ci.Write(check.report(), &error)) return Refuse(error);
  return check.Count(HistoryVerdict::kNotExplained) > 0 ? kViolation : kClean;
}

}  // namespace

void AddCheckHistory(CLI::App& app, Context& context) {
  auto options = std::make_shared<CheckHistoryOptions>();
  CLI::App* check = app.add_subcommand(
      "check-history", "Ask whether the specification explains recorded histories of calls");
  check
      ->add_option(
          "FILE", options->files,
          "Histories, .jsonl or .jsonl.zst; verdicts of another checker, .json, are compared")
      ->required();
  check->add_option("--dialect", options->dialect, "strict, or ese: the original engine")
      ->capture_default_str();
  check->add_flag("--summary", options->summary, "Print only the counts of each file");
  check->add_option("--json", options->json, "Write the verdicts to this file");
  options->show.AddTo(check);
  options->ci.AddTo(check);
  check->add_option("--id", options->id,
                    "The history to show (default: the first that is not explained)");
  check->add_option("--max-steps", options->max_steps, "Longest search before 'unknown'")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 40))
      ->capture_default_str();
  check->add_flag("--quiet", options->quiet, "No progress");
  check->callback(
      [options, &context] { context.chosen = [options] { return CheckHistory(*options); }; });
}

}  // namespace backstop::cli
