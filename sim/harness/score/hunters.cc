// SPDX-License-Identifier: MIT
#include "sim/harness/score/hunters.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <variant>

#include "sim/harness/campaign.h"
#include "sim/harness/trace.h"

namespace backstop::score {
namespace {

namespace fs = std::filesystem;

constexpr double kHuntSeconds = 600;
constexpr double kGraceSeconds = 60;
constexpr double kReplaySeconds = 60;
/// Longer runs are too many for any budget.
constexpr const char* kLongestRun = "6";
/// Scenes that every equivalent mutant has to pass, every interleaving of them.
constexpr const char* kExhaustive[] = {"2x3", "3x2"};

/// More than a campaign makes.
constexpr uint64_t kMostSchedules = 10'000'000;

constexpr int kFound = 1;  // exit codes of the command
constexpr int kUnusableEngine = 4;

fs::path FirstTrace(const std::string& directory, bool running) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const bool current = entry.path().filename().string().starts_with("current-");
    if (entry.path().extension() == ".trace" && current == running) return entry.path();
  }
  return {};
}

nlohmann::json JsonOf(const std::string& path) {
  return nlohmann::json::parse(TextOf(path), nullptr, false);
}

bool Broke(const ChildEnd& end) {
  return end.how == ChildEnd::How::kSignal || end.how == ChildEnd::How::kTimeout;
}

/// A campaign that crashed has not said how far it came; the trace of its last run does.
void CountUpTo(const fs::path& path, const std::string& faults, Campaign* campaign) {
  harness::Trace trace;
  std::string error;
  if (!harness::ReadTraceFile(path.string(), &trace, &error)) return;
  const auto* spec = std::get_if<harness::ScheduleSpec>(&trace.schedule);
  if (spec == nullptr) return;
  harness::CampaignOptions options{.seed = campaign->seed};
  harness::ParseFaults(faults, &options.generate.faults);
  campaign->schedules = harness::SchedulesUpTo(*spec, options, kMostSchedules).value_or(0);
  campaign->strategy = harness::NameOf(spec->kind);
}

bool Found(const ChildEnd& end) { return end.how == ChildEnd::How::kExited && end.code == kFound; }

}  // namespace

ChildEnd Hunters::StartCampaign(const std::string& scratch, uint64_t schedules, bool shrink,
                                Campaign* campaign) {
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  const std::string summary = scratch + "/run.json";
  std::vector<std::string> words = {
      build_.program(),  "run",
      "--quiet",         "--fresh",
      "--seed",          std::to_string(campaign->seed),
      "--runs",          std::to_string(schedules),
      "--budget",        fmt::format("{}s", options_.campaign_seconds),
      "--shrink-budget", fmt::format("{}s", options_.shrink_seconds),
      "--faults",        build_.patch().faults,
      "--save",          scratch,
      "--json",          summary};
  if (!shrink) words.emplace_back("--no-shrink");
  const ChildEnd end =
      RunChild(words, scratch, scratch + "/log",
               options_.campaign_seconds + options_.shrink_seconds + kGraceSeconds);
  campaign->cpu_seconds += end.cpu_seconds;
  const auto json = JsonOf(summary);
  if (json.is_object()) {
    campaign->schedules = json.value("schedules", uint64_t{0});
    campaign->seconds = json.value("seconds", 0.0);
    campaign->rule = json.value("rule", "");
    campaign->strategy = json.value("strategy", "");
    digest_ = json.value("build", "");
  }
  return end;
}

Campaign Hunters::RunCampaign(uint64_t seed, uint64_t schedules) {
  Campaign campaign{.seed = seed};
  const std::string scratch = build_.In(fmt::format("seed-{}", seed));
  ChildEnd end = StartCampaign(scratch, schedules, true, &campaign);
  // What was found may be too wild to be made smaller.
  if (end.how == ChildEnd::How::kSignal) end = StartCampaign(scratch, schedules, false, &campaign);
  if (Found(end) && !campaign.rule.empty()) {
    campaign.killed = true;
    MeasureTrace(TextOf(FirstTrace(scratch, false)), &campaign);
  } else if (end.how == ChildEnd::How::kExited && end.code == kUnusableEngine) {
    campaign.killed = true;
    campaign.rule = "set-up";
  } else if (!end.ok()) {
    campaign.rule = end.how == ChildEnd::How::kTimeout ? "hang" : "crash";
    JudgeCrash(scratch, &campaign);
  }
  return campaign;
}

void Hunters::JudgeCrash(const std::string& scratch, Campaign* campaign) {
  const fs::path trace = FirstTrace(scratch, true);
  if (trace.empty()) return;
  const auto replay = [&](const std::string& program) {
    return RunChild({program, "replay", trace.string()}, scratch, scratch + "/replay.log",
                    kReplaySeconds);
  };
  const ChildEnd here = replay(build_.program());
  const bool again = Broke(here) || Found(here);
  campaign->killed = again && replay(Engine()).ok();
  if (!campaign->killed) return;
  MeasureTrace(TextOf(trace), campaign);
  CountUpTo(trace, build_.patch().faults, campaign);
}

std::string Hunters::Engine() const { return build_.tree().directory() + "/sim/cli/backstop"; }

bool Hunters::SuiteFails(double* seconds) {
  const ChildEnd end = RunChild({build_.program(), "conform", "--quiet", "--suite",
                                 build_.tree().source() + "/traces/conformance"},
                                build_.directory(), build_.In("suite.log"), kHuntSeconds);
  *seconds = end.cpu_seconds;
  return Broke(end) || Found(end);
}

RandomHunt Hunters::DrawAtRandom(uint64_t seed) {
  RandomHunt hunt{.seed = seed};
  for (const char* dialect : {"strict", "ese"}) {
    const std::string summary = build_.In("random.json");
    fs::remove(summary);
    const auto draw = [&](const std::string& program, uint64_t steps) {
      return RunChild(
          {program, "conform", "--quiet", "--engine", "--random", std::to_string(steps), "--first",
           "--seed", std::to_string(seed), "--dialect", dialect, "--json", summary},
          build_.directory(), build_.In("random.log"), kHuntSeconds);
    };
    const ChildEnd end = draw(build_.program(), options_.random_steps);
    hunt.seconds += end.cpu_seconds;
    const auto json = JsonOf(summary);
    uint64_t steps = options_.random_steps;
    if (json.is_object()) {
      const auto done = json.value("random", json).value(dialect, nlohmann::json::object());
      steps = done.value("steps", uint64_t{0});
      hunt.sequences += done.value("sequences", uint64_t{0});
      hunt.steps += steps;
    }
    // Where the engine deviates as well it is not the mutant that was found.
    const bool found = Broke(end) || Found(end);
    hunt.killed = found && draw(Engine(), steps).ok();
    if (found || !json.is_object()) break;
  }
  return hunt;
}

ShortestRun Hunters::FindShortest() {
  const std::string summary = build_.In("minimum.json");
  fs::remove(summary);
  const ChildEnd end = RunChild(
      {build_.program(), "minimum", "--max-length", kLongestRun, "--faults", build_.patch().faults,
       "--budget", fmt::format("{}s", options_.minimum_seconds), "--json", summary},
      build_.directory(), build_.In("minimum.log"), options_.minimum_seconds + kGraceSeconds);
  const auto json = JsonOf(summary);
  ShortestRun run{.searched = true, .seconds = end.cpu_seconds};
  if (!json.is_object()) return run;
  run.length = json.value("minimum", size_t{0});
  run.complete_to = json.value("complete_to", size_t{0});
  run.runs = json.value("runs", uint64_t{0});
  return run;
}

std::optional<uint64_t> Hunters::ExploreAll(std::string* why) {
  uint64_t classes = 0;
  for (const char* scenario : kExhaustive) {
    const std::string summary = build_.In("explore.json");
    const ChildEnd end = RunChild({build_.program(), "explore", scenario, "--jobs", "1", "--quiet",
                                   "--json", summary, "--save", build_.directory()},
                                  build_.directory(), build_.In("explore.log"), kHuntSeconds);
    const auto json = JsonOf(summary);
    if (!end.ok() || !json.is_object() || !json.value("complete", false)) {
      *why = fmt::format("is said to be equivalent, but explore {} is not clean", scenario);
      return std::nullopt;
    }
    classes += json.value("classes", uint64_t{0});
  }
  return classes;
}

}  // namespace backstop::score
