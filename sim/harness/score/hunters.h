// SPDX-License-Identifier: MIT
// What is set on a mutant: campaigns, the conformance suite, sequences drawn at random, the search
// for the shortest failing run.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/score/child.h"
#include "sim/harness/score/mutant_build.h"
#include "sim/harness/score/mutant_result.h"

namespace backstop::score {

struct HuntOptions {
  uint64_t schedules = 200'000;  ///< after which a campaign has found nothing
  double campaign_seconds = 120;
  double shrink_seconds = 60;
  uint64_t random_steps = 250'000;  ///< in each dialect, after which random sequences have
  double minimum_seconds = 0;       ///< of the search for the shortest failing run
};

/// Not thread-safe. The build must outlive it.
class Hunters {
 public:
  Hunters(const MutantBuild& build, const HuntOptions& options)
      : build_(build), options_(options) {}

  /// A campaign of at most so many schedules.
  Campaign RunCampaign(uint64_t seed, uint64_t schedules);
  /// Whether an answer deviates in the conformance suite. `*seconds`: of a core.
  bool SuiteFails(double* seconds);
  RandomHunt DrawAtRandom(uint64_t seed);
  ShortestRun FindShortest();
  /// How many classes of schedules the exhaustive scenes have; nothing, and `*why` set, if a bug
  /// was found in one or it could not be searched to its end.
  std::optional<uint64_t> ExploreAll(std::string* why);

  /// The digest of the sources that the last campaign was built from; empty if it did not say.
  const std::string& digest() const { return digest_; }

 private:
  ChildEnd StartCampaign(const std::string& scratch, uint64_t schedules, bool shrink,
                         Campaign* campaign);
  /// The mutant ended in another way than a campaign does: that kills it if its last run does so
  /// again and the engine survives the same run.
  void JudgeCrash(const std::string& scratch, Campaign* campaign);

  /// The program whose engine is not patched.
  std::string Engine() const;

  const MutantBuild& build_;
  const HuntOptions& options_;
  std::string digest_;
};

}  // namespace backstop::score
