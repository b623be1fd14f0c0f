// SPDX-License-Identifier: MIT
// A patched engine, built beside the build tree.
#pragma once

#include <string>

#include "sim/harness/score/build_tree.h"
#include "sim/harness/score/patch_file.h"

namespace backstop::score {

class MutantBuild {
 public:
  /// `state` is the absolute directory of all mutants, `digest` that of the sources of this build.
  /// The tree and the patch must outlive the object.
  MutantBuild(const BuildTree& tree, const PatchFile& patch, const std::string& state,
              const std::string& digest);

  /// Builds the program unless it is there. False with `*why` set to one line if it cannot be.
  bool Make(std::string* why);
  /// What that took of a core; 0 if it was there.
  double seconds() const { return seconds_; }
  /// The program is not what it was taken for.
  void Discard();

  const std::string& directory() const { return directory_; }
  const std::string& program() const { return program_; }
  std::string In(const std::string& file) const { return directory_ + "/" + file; }
  const PatchFile& patch() const { return patch_; }
  const BuildTree& tree() const { return tree_; }

 private:
  bool Apply(std::string* why);
  bool Compile(std::string* why);
  bool Do(const std::vector<std::string>& command, const std::string& step, std::string* why);

  const BuildTree& tree_;
  const PatchFile& patch_;
  const std::string directory_, program_, key_;
  double seconds_ = 0;
};

}  // namespace backstop::score
