// SPDX-License-Identifier: MIT
#include "sim/harness/score/mutant_trial.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/harness/current_run.h"

namespace backstop::score {
namespace {

constexpr uint64_t kSuiteShare = 10;

std::string ResultPath(const std::string& state, const std::string& name) {
  return state + "/" + name + ".json";
}

MutantResult LoadAll(const PatchFile& patch, const TrialOptions& options) {
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

/// The campaigns of one base.
std::vector<Campaign> CampaignsOf(const MutantResult& result, uint64_t base, unsigned campaigns) {
  return result.Selected({base}, campaigns).campaigns;
}

/// Whether everything that may still be asked of this base has been.
bool IsHunted(const MutantResult& result, const TrialOptions& options, uint64_t base) {
  const auto campaigns = CampaignsOf(result, base, options.campaigns);
  const bool all = std::ranges::all_of(campaigns, &Campaign::killed);
  if (all && campaigns.size() >= options.campaigns) return true;
  if (all || (options.suite && !result.suite_asked)) return false;
  if (options.hunt.random_steps == 0) return true;
  return std::ranges::any_of(result.random,
                             [base](const RandomHunt& each) { return BaseOf(each.seed) == base; });
}

bool IsKilled(const MutantResult& result, const TrialOptions& options, uint64_t base) {
  const auto campaigns = CampaignsOf(result, base, options.campaigns);
  return result.fails_suite || result.RandomKilled(base) ||
         (!campaigns.empty() && std::ranges::all_of(campaigns, &Campaign::killed));
}

bool AnyFound(const MutantResult& result) {
  return result.fails_suite || std::ranges::any_of(result.random, &RandomHunt::killed) ||
         std::ranges::any_of(result.campaigns, &Campaign::killed);
}

Fate FateOf(const MutantResult& result, const PatchFile& patch, const TrialOptions& options) {
  if (result.fate == Fate::kUnusable) return result.fate;
  const auto is_hunted = [&](uint64_t base) { return IsHunted(result, options, base); };
  if (!std::ranges::all_of(options.seeds, is_hunted)) return Fate::kUnfinished;
  if (!patch.equivalent.empty()) {
    if (!AnyFound(result) && !result.explored) return Fate::kUnfinished;
    return result.explored_clean && !AnyFound(result) ? Fate::kEquivalent : Fate::kSurvived;
  }
  const bool killed = std::ranges::all_of(
      options.seeds, [&](uint64_t base) { return IsKilled(result, options, base); });
  return killed ? Fate::kKilled : Fate::kSurvived;
}

}  // namespace

std::string KeyOf(const PatchFile& patch, const TrialOptions& options) {
  const HuntOptions& hunt = options.hunt;
  const std::string all =
      fmt::format("{} {} {} {} {} {}", options.build, hunt.schedules, hunt.campaign_seconds,
                  options.suite, hunt.random_steps, patch.text);
  return fmt::format("{:016x}", XXH3_64bits(all.data(), all.size()));
}

MutantResult LoadResult(const PatchFile& patch, const TrialOptions& options) {
  const MutantResult all = LoadAll(patch, options);
  MutantResult result = all.Selected(options.seeds, options.campaigns);
  result.fate = FateOf(result, patch, options);
  if (!patch.equivalent.empty() && AnyFound(result)) {
    result.why = "is said to be equivalent, and was found";
  }
  return result;
}

MutantTrial::MutantTrial(const BuildTree& tree, const PatchFile& patch, const TrialOptions& options)
    : patch_(patch),
      options_(options),
      build_(tree, patch, options.state, options.build),
      hunters_(build_, options.hunt),
      result_(LoadAll(patch, options)) {}

void MutantTrial::Save() {
  std::string error;
  harness::WriteWholeFile(ResultPath(options_.state, patch_.name), ToJson(result_).dump(1) + "\n",
                          &error);
}

void MutantTrial::AskSuite() {
  if (result_.suite_asked || !options_.suite) return;
  result_.suite_asked = true;
  result_.fails_suite = hunters_.SuiteFails(&result_.suite_seconds);
  Save();
}

bool MutantTrial::RunCampaign(uint64_t seed) {
  // What the suite has killed need not be hunted as long.
  const uint64_t share = result_.fails_suite ? kSuiteShare : 1;
  Campaign campaign = hunters_.RunCampaign(seed, options_.hunt.schedules / share);
  if (!hunters_.digest().empty() && hunters_.digest() != options_.build) return false;
  result_.campaigns.push_back(std::move(campaign));
  Save();
  return true;
}

void MutantTrial::HuntWith(uint64_t base) {
  const auto has = [&](uint64_t seed) {
    return std::ranges::find(result_.campaigns, seed, &Campaign::seed) != result_.campaigns.end();
  };
  for (unsigned i = 0; i < options_.campaigns && !IsHunted(result_, options_, base); ++i) {
    const uint64_t seed = SeedOf(base, i);
    if (!has(seed) && !RunCampaign(seed)) return build_.Discard();
    const auto campaigns = CampaignsOf(result_, base, options_.campaigns);
    if (!std::ranges::all_of(campaigns, &Campaign::killed)) AskSuite();
  }
  if (IsHunted(result_, options_, base)) return;
  result_.random.push_back(hunters_.DrawAtRandom(SeedOf(base, 0)));
  Save();
}

bool MutantTrial::IsDone() const {
  const Fate fate = FateOf(result_, patch_, options_);
  const bool wants_shortest = options_.hunt.minimum_seconds > 0 && !result_.shortest.searched;
  return fate == Fate::kUnusable ||
         (fate != Fate::kUnfinished && !(wants_shortest && patch_.equivalent.empty()));
}

void MutantTrial::Run() {
  if (IsDone()) return;
  if (!build_.Make(&result_.why)) {
    result_.fate = Fate::kUnusable;
    return Save();
  }
  if (build_.seconds() > 0) result_.build_seconds = build_.seconds();
  if (patch_.fails_suite) AskSuite();
  for (const uint64_t base : options_.seeds) HuntWith(base);
  if (patch_.equivalent.empty()) {
    if (options_.hunt.minimum_seconds > 0 && !result_.shortest.searched) {
      result_.shortest = hunters_.FindShortest();
    }
  } else if (!AnyFound(result_) && !result_.explored) {
    const auto classes = hunters_.ExploreAll(&result_.why);
    result_.explored = true;
    result_.explored_clean = classes.has_value();
    if (classes) {
      result_.why = fmt::format(
          "{} Nothing is found in any of the {} classes of schedules of explore "
          "2x3 and 3x2, nor in the campaigns.",
          patch_.equivalent, *classes);
    }
  }
  Save();
}

}  // namespace backstop::score
