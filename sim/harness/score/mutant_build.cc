// SPDX-License-Identifier: MIT
#include "sim/harness/score/mutant_build.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <filesystem>

#include "sim/harness/current_run.h"
#include "sim/harness/score/child.h"

namespace backstop::score {
namespace {

namespace fs = std::filesystem;

constexpr double kBuildSeconds = 600;

std::string KeyOf(const std::string& digest, const std::string& patch) {
  const std::string all = digest + " " + patch;
  return fmt::format("{:016x}", XXH3_64bits(all.data(), all.size()));
}

}  // namespace

MutantBuild::MutantBuild(const BuildTree& tree, const PatchFile& patch, const std::string& state,
                         const std::string& digest)
    : tree_(tree),
      patch_(patch),
      directory_(state + "/" + patch.name),
      program_(directory_ + "/backstop-" + patch.name),
      key_(KeyOf(digest, patch.text)) {}

void MutantBuild::Discard() { fs::remove(In("key")); }

bool MutantBuild::Make(std::string* why) {
  if (fs::exists(program_) && TextOf(In("key")) == key_) return true;
  std::string error;
  return Apply(why) && Compile(why) && harness::WriteWholeFile(In("key"), key_, &error);
}

bool MutantBuild::Do(const std::vector<std::string>& command, const std::string& step,
                     std::string* why) {
  const std::string log = In("log");
  const ChildEnd end = RunChild(command, tree_.directory(), log, kBuildSeconds);
  seconds_ += end.cpu_seconds;
  if (end.ok()) return true;
  *why = fmt::format("{}: {}", step, TellingLine(log));
  return false;
}

bool MutantBuild::Apply(std::string* why) {
  std::error_code error;
  fs::remove_all(directory_, error);
  const std::string tree = In("tree");
  fs::create_directories(tree);
  for (const std::string& target : patch_.targets) {
    const fs::path copy = fs::path(tree) / target;
    fs::create_directories(copy.parent_path());
    fs::copy_file(tree_.source() + "/" + target, copy, error);  // a new file has no original
  }
  return Do({"patch", "--quiet", "--batch", "--forward", "--no-backup-if-mismatch", "-p1", "-d",
             tree, "-i", patch_.path},
            "does not apply", why);
}

bool MutantBuild::Compile(std::string* why) {
  const auto units = tree_.Affected(patch_.targets);
  if (units.empty()) {
    *why = "changes nothing that the engine is compiled from";
    return false;
  }
  const std::string main = In("main.o");
  std::vector<std::string> objects;
  for (const auto& unit : units) {
    objects.push_back(In(fmt::format("{}.o", objects.size())));
    const auto command = tree_.CompileCommand(unit, In("tree"), objects.back());
    if (!Do(command, "does not compile", why)) return false;
  }
  if (!Do(tree_.MainCommand(patch_.name, main), "does not compile", why)) return false;
  if (!Do(tree_.LinkCommand(main, objects, program_), "does not link", why)) return false;
  for (const std::string& object : objects) fs::remove(object);
  return true;
}

}  // namespace backstop::score
