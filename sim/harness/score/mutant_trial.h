// SPDX-License-Identifier: MIT
// The life of one mutant: patched, built, hunted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/harness/score/build_tree.h"
#include "sim/harness/score/hunters.h"
#include "sim/harness/score/mutant_build.h"
#include "sim/harness/score/mutant_result.h"
#include "sim/harness/score/patch_file.h"

namespace backstop::score {

struct TrialOptions {
  std::vector<uint64_t> seeds = {1};  ///< bases, each of campaigns of its own
  unsigned campaigns = 3;             ///< of a base
  bool suite = true;
  HuntOptions hunt;
  std::string state;  ///< absolute; the directory of results and builds
  std::string build;  ///< digest of the sources of this build
};

/// What the result of a mutant depends on.
std::string KeyOf(const PatchFile& patch, const TrialOptions& options);

/// What the state directory holds of this key and these seeds, with the fate that follows from it.
MutantResult LoadResult(const PatchFile& patch, const TrialOptions& options);

/// Does what is left to do for one mutant, and keeps every step in the state directory, so that it
/// can be killed at any time and go on.
class MutantTrial {
 public:
  MutantTrial(const BuildTree& tree, const PatchFile& patch, const TrialOptions& options);
  void Run();

 private:
  void HuntWith(uint64_t base);
  /// False if the program turns out to be of other sources than this one.
  bool RunCampaign(uint64_t seed);
  void AskSuite();
  bool IsDone() const;
  void Save();

  const PatchFile& patch_;
  const TrialOptions& options_;
  MutantBuild build_;
  Hunters hunters_;
  MutantResult result_;  ///< of all seeds
};

}  // namespace backstop::score
