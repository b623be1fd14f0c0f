// SPDX-License-Identifier: MIT
#include "sim/harness/score/mutant_trial.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/harness/current_run.h"

namespace backstop::score {
namespace {

namespace fs = std::filesystem;
using harness::WriteWholeFile;

constexpr double kStepSeconds = 600;
constexpr double kGraceSeconds = 60;
constexpr double kReplaySeconds = 60;
/// A campaign's seed is a multiple of the base seed and its number, so that bases share none.
constexpr uint64_t kSeedsOfBase = 1000;
constexpr uint64_t kSuiteShare = 10;
/// Scenes that every equivalent mutant has to pass, every interleaving of them.
constexpr const char* kExhaustive[] = {"2x3", "3x2"};

std::string TextOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ResultPath(const std::string& state, const std::string& name) {
  return state + "/" + name + ".json";
}

fs::path FirstTrace(const std::string& directory, bool running) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const bool current = entry.path().filename().string().starts_with("current-");
    if (entry.path().extension() == ".trace" && current == running) return entry.path();
  }
  return {};
}

constexpr int kFound = 1;  // exit codes of the command
constexpr int kUnusableEngine = 4;

}  // namespace

std::string KeyOf(const PatchFile& patch, const TrialOptions& options) {
  const std::string all =
      fmt::format("{} {} {} {} {} {}", options.build, options.seed, options.schedules,
                  options.campaign_seconds, options.suite, patch.text);
  return fmt::format("{:016x}", XXH3_64bits(all.data(), all.size()));
}

MutantResult LoadResult(const PatchFile& patch, const TrialOptions& options) {
  const std::string key = KeyOf(patch, options);
  auto loaded = ResultFromJson(TextOf(ResultPath(options.state, patch.name)));
  if (loaded && loaded->key == key && loaded->name == patch.name) return *loaded;
  MutantResult result;
  result.name = patch.name;
  result.key = key;
  result.breaks = patch.breaks;
  result.hazard = patch.hazard;
  result.smallest_calls = patch.smallest_calls;
  result.smallest_trace = patch.smallest_trace;
  return result;
}

bool IsDone(const MutantResult& result, const TrialOptions& options) {
  if (result.fate == Fate::kUnfinished) return false;
  const bool hunted = result.campaigns.size() >= options.campaigns;
  return result.fate == Fate::kUnusable || hunted ||
         (result.fails_suite && !result.EveryCampaignKilled());
}

MutantTrial::MutantTrial(const BuildTree& build, const PatchFile& patch,
                         const TrialOptions& options)
    : build_(build),
      patch_(patch),
      options_(options),
      directory_(options.state + "/" + patch.name),
      program_(directory_ + "/backstop-" + patch.name),
      result_(LoadResult(patch, options)) {}

bool MutantTrial::Save() {
  std::string error;
  return WriteWholeFile(ResultPath(options_.state, patch_.name), ToJson(result_).dump(1) + "\n",
                        &error);
}

bool MutantTrial::Do(const std::vector<std::string>& command, const std::string& step) {
  const std::string log = In("log");
  const ChildEnd end = RunChild(command, build_.directory(), log, kStepSeconds);
  if (end.ok()) return true;
  result_.why = fmt::format("{}: {}", step, TellingLine(log));
  result_.fate = Fate::kUnusable;
  return false;
}

bool MutantTrial::Apply() {
  std::error_code error;
  fs::remove_all(directory_, error);
  const std::string tree = In("tree");
  fs::create_directories(tree);
  for (const std::string& target : patch_.targets) {
    const fs::path copy = fs::path(tree) / target;
    fs::create_directories(copy.parent_path());
    fs::copy_file(build_.source() + "/" + target, copy, error);  // a new file has no original
  }
  return Do({"patch", "--quiet", "--batch", "--forward", "--no-backup-if-mismatch", "-p1", "-d",
             tree, "-i", patch_.path},
            "does not apply");
}

bool MutantTrial::Build() {
  if (!Apply()) return false;
  const auto units = build_.Affected(patch_.targets);
  if (units.empty()) {
    result_.why = "changes nothing that the engine is compiled from";
    result_.fate = Fate::kUnusable;
    return false;
  }
  const std::string tree = In("tree"), main = In("main.o");
  std::vector<std::string> objects;
  for (const auto& unit : units) {
    objects.push_back(In(fmt::format("{}.o", objects.size())));
    if (!Do(build_.CompileCommand(unit, tree, objects.back()), "does not compile")) return false;
  }
  if (!Do(build_.MainCommand(patch_.name, main), "does not compile")) return false;
  if (!Do(build_.LinkCommand(main, objects, program_), "does not link")) return false;
  for (const std::string& object : objects) fs::remove(object);
  return true;
}

void MutantTrial::AskSuite() {
  const ChildEnd end =
      RunChild({program_, "conform", "--quiet", "--suite", build_.source() + "/traces/conformance"},
               directory_, In("suite.log"), kStepSeconds);
  const bool broken = end.how == ChildEnd::How::kSignal || end.how == ChildEnd::How::kTimeout;
  result_.fails_suite = broken || (end.how == ChildEnd::How::kExited && end.code == kFound);
}

/// What the suite has killed need not be hunted as long.
uint64_t MutantTrial::SchedulesOfACampaign() const {
  return result_.fails_suite ? options_.schedules / kSuiteShare : options_.schedules;
}

ChildEnd MutantTrial::RunCampaign(const std::string& scratch, bool shrink, Campaign* campaign) {
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  std::vector<std::string> words = {
      program_,          "run",
      "--quiet",         "--fresh",
      "--seed",          std::to_string(campaign->seed),
      "--runs",          std::to_string(SchedulesOfACampaign()),
      "--budget",        fmt::format("{}s", options_.campaign_seconds),
      "--shrink-budget", fmt::format("{}s", options_.shrink_seconds),
      "--faults",        patch_.faults,
      "--save",          scratch,
      "--json",          scratch + "/run.json"};
  if (!shrink) words.emplace_back("--no-shrink");
  const ChildEnd end =
      RunChild(words, scratch, scratch + "/log",
               options_.campaign_seconds + options_.shrink_seconds + kGraceSeconds);
  const auto json = nlohmann::json::parse(TextOf(scratch + "/run.json"), nullptr, false);
  if (json.is_object()) {
    campaign->schedules = json.value("schedules", uint64_t{0});
    campaign->seconds = json.value("seconds", 0.0);
    campaign->rule = json.value("rule", "");
    campaign->strategy = json.value("strategy", "");
    stale_ = json.value("build", options_.build) != options_.build;
  }
  return end;
}

void MutantTrial::Hunt(uint64_t seed) {
  Campaign campaign{.seed = seed};
  const std::string scratch = In(fmt::format("seed-{}", seed));
  ChildEnd end = RunCampaign(scratch, true, &campaign);
  // What was found may be too wild to be made smaller.
  if (end.how == ChildEnd::How::kSignal) end = RunCampaign(scratch, false, &campaign);
  const bool exited = end.how == ChildEnd::How::kExited;
  if (exited && end.code == kFound && !campaign.rule.empty()) {
    campaign.killed = true;
    MeasureTrace(TextOf(FirstTrace(scratch, false)), &campaign);
  } else if (exited && end.code == kUnusableEngine) {
    campaign.killed = true;
    campaign.rule = "set-up";
  } else if (!end.ok()) {
    campaign.rule = end.how == ChildEnd::How::kTimeout ? "hang" : "crash";
    JudgeCrash(scratch, &campaign);
  }
  result_.campaigns.push_back(std::move(campaign));
}

void MutantTrial::JudgeCrash(const std::string& directory, Campaign* campaign) {
  const fs::path trace = FirstTrace(directory, true);
  if (trace.empty()) return;
  const auto replay = [&](const std::string& program) {
    return RunChild({program, "replay", trace.string()}, directory, directory + "/replay.log",
                    kReplaySeconds);
  };
  const ChildEnd here = replay(program_);
  const bool again = here.how == ChildEnd::How::kSignal || here.how == ChildEnd::How::kTimeout ||
                     (here.how == ChildEnd::How::kExited && here.code == kFound);
  const bool engine = replay(build_.directory() + "/sim/cli/backstop").ok();
  campaign->killed = again && engine;
  if (campaign->killed) MeasureTrace(TextOf(trace), campaign);
}

void MutantTrial::CheckEquivalence() {
  uint64_t classes = 0;
  for (const char* scenario : kExhaustive) {
    const std::string summary = In("explore.json");
    const ChildEnd end = RunChild({program_, "explore", scenario, "--jobs", "1", "--quiet",
                                   "--json", summary, "--save", directory_},
                                  directory_, In("explore.log"), kStepSeconds);
    const auto json = nlohmann::json::parse(TextOf(summary), nullptr, false);
    const bool complete = end.ok() && json.is_object() && json.value("complete", false);
    if (!complete) {
      result_.why = fmt::format("is said to be equivalent, but explore {} is not clean", scenario);
      return;
    }
    classes += json.value("classes", uint64_t{0});
  }
  result_.fate = Fate::kEquivalent;
  result_.why = fmt::format(
      "{} Nothing is found in any of the {} classes of schedules of explore "
      "2x3 and 3x2, nor in the campaigns.",
      patch_.equivalent, classes);
}

void MutantTrial::Decide() {
  const bool found =
      result_.fails_suite ||
      std::ranges::any_of(result_.campaigns, [](const Campaign& each) { return each.killed; });
  const bool killed = result_.fails_suite || result_.EveryCampaignKilled();
  if (patch_.equivalent.empty()) {
    result_.fate = killed ? Fate::kKilled : Fate::kSurvived;
    return;
  }
  result_.fate = Fate::kSurvived;
  if (found) result_.why = "is said to be equivalent, and was found";
  if (!found) CheckEquivalence();
}

MutantResult MutantTrial::Run() {
  if (IsDone(result_, options_)) return result_;
  const bool built = fs::exists(program_) && TextOf(In("key")) == result_.key;
  std::string error;
  if (!built && (!Build() || !WriteWholeFile(In("key"), result_.key, &error))) {
    Save();
    return result_;
  }
  if (options_.suite && patch_.fails_suite && !result_.fails_suite) AskSuite();
  while (result_.campaigns.size() < options_.campaigns) {
    Hunt(options_.seed * kSeedsOfBase + result_.campaigns.size());
    if (stale_) {
      fs::remove(In("key"));
      return result_;
    }
    Save();
    if (result_.fails_suite && !result_.campaigns.back().killed) break;
  }
  if (options_.suite && !result_.EveryCampaignKilled() && !result_.fails_suite) AskSuite();
  Decide();
  Save();
  return result_;
}

}  // namespace backstop::score
