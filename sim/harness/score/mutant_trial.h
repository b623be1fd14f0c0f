// SPDX-License-Identifier: MIT
// The life of one mutant: patched, built, hunted.
#pragma once

#include <cstdint>
#include <string>

#include "sim/harness/score/build_tree.h"
#include "sim/harness/score/child.h"
#include "sim/harness/score/mutant_result.h"
#include "sim/harness/score/patch_file.h"

namespace backstop::score {

struct TrialOptions {
  uint64_t seed = 1;
  unsigned campaigns = 3;
  uint64_t schedules = 200'000;  ///< after which a campaign has found nothing
  double campaign_seconds = 120;
  double shrink_seconds = 20;
  bool suite = true;
  std::string state;  ///< absolute; the directory of results and builds
  std::string build;  ///< digest of the sources of this build
};

/// What the result of a mutant depends on.
std::string KeyOf(const PatchFile& patch, const TrialOptions& options);

/// The result in the state directory, if it was made with this key.
MutantResult LoadResult(const PatchFile& patch, const TrialOptions& options);

/// Whether nothing is left to do: more campaigns may be asked for later.
bool IsDone(const MutantResult& result, const TrialOptions& options);

/// Does what is left to do for one mutant, and keeps every step in the state directory, so that it
/// can be killed at any time and go on.
class MutantTrial {
 public:
  MutantTrial(const BuildTree& build, const PatchFile& patch, const TrialOptions& options);
  MutantResult Run();

 private:
  /// False, with the reason in the result, if there is no such engine.
  bool Build();
  bool Apply();
  bool Do(const std::vector<std::string>& command, const std::string& step);
  void AskSuite();
  uint64_t SchedulesOfACampaign() const;
  ChildEnd RunCampaign(const std::string& scratch, bool shrink, Campaign* campaign);
  void Hunt(uint64_t seed);
  /// The mutant ended in another way than a campaign does: that kills it if its last run does so
  /// again and the engine survives the same run.
  void JudgeCrash(const std::string& directory, Campaign* campaign);
  /// What exhaustive exploration says of a mutant that is said to be none.
  void CheckEquivalence();
  void Decide();
  bool Save();

  std::string In(const std::string& file) const { return directory_ + "/" + file; }

  const BuildTree& build_;
  const PatchFile& patch_;
  const TrialOptions& options_;
  std::string directory_, program_;
  MutantResult result_;
  bool stale_ = false;  ///< the libraries are not those that this program was built with
};

}  // namespace backstop::score
