// SPDX-License-Identifier: MIT
// Restores.
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

using harness::JetApi;

/// An argument that may be a null pointer, and is one if it is not recorded.
class OptionalText {
 public:
  OptionalText(const Calls& calls, const std::string& key, const std::string& otherwise = "NULL")
      : text_(PathOf(calls.step.Text(key, otherwise))), null_(text_ == "NULL") {}
  const char* c_str() const { return null_ ? nullptr : text_.c_str(); }

 private:
  std::string text_;
  bool null_;
};

/// The map of a step: "old" and "new", "old2" and "new2".
class Map {
 public:
  explicit Map(const Calls& calls) {
    for (const char* number : {"", "2"}) {
      const std::string old_key = std::string("old") + number;
      if (!calls.step.Has(old_key)) continue;
      texts_.push_back(PathOf(calls.step.Text(old_key)));
      texts_.push_back(PathOf(calls.step.Text(std::string("new") + number)));
    }
    for (size_t i = 0; i < texts_.size(); i += 2) {
      entries_.push_back({texts_[i].data(), texts_[i + 1].data()});
    }
  }
  JET_RSTMAP_A* entries() { return entries_.empty() ? nullptr : entries_.data(); }
  int32_t size() const { return static_cast<int32_t>(entries_.size()); }

 private:
  std::vector<std::string> texts_;
  std::vector<JET_RSTMAP_A> entries_;
};

uint32_t Generation(const Calls& calls, const char* key) {
  const auto recorded = static_cast<uint32_t>(Number(calls.step, key));
  constexpr uint32_t kMost = 0x7fffffff;
  return recorded == 0 || recorded >= kMost ? recorded : calls.symbols.generations.Map(recorded);
}

const char* OrNull(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

/// The files and arguments of a step of the conformance suite.
void RestoreGiven(Calls& calls) {
  const std::string instance = calls.step.Text("inst", "i1");
  GivenArguments given =
      calls.given.Arrange(calls.step.Text("given"), instance, calls.DirectoryOf(instance));
  JET_RSTMAP_A entry{given.old_name.data(), given.new_name.data()};
  JET_LOGINFO_A info{
      .cbSize = sizeof info, .ulGenLow = given.low, .ulGenHigh = given.high, .szBaseName = {}};
  given.base.copy(info.szBaseName, sizeof info.szBaseName);
  calls.Make(&JetApi::JetExternalRestore2, given.system_path.c_str(), given.log_path.c_str(),
             given.map_is_null ? nullptr : &entry, 1, given.backup_path.c_str(), &info,
             OrNull(given.target_name), OrNull(given.target_log_path), nullptr, nullptr);
}

void ExternalRestore2(Calls& calls) {
  if (calls.step.Has("given")) return RestoreGiven(calls);
  const OptionalText system(calls, "ckpt", "./");
  const OptionalText log(calls, "log", "./");
  const OptionalText backup(calls, "bklog");
  const OptionalText name(calls, "tname");
  const OptionalText target_log(calls, "tlog");
  const OptionalText target_system(calls, "tckpt");
  std::string base = calls.step.Text("base", "edb");
  // Names of files were recorded where upper and lower case are one.
  std::ranges::transform(base, base.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string place = PathOf(calls.step.Text("new"));
  const std::string beside = place.substr(0, place.rfind('/') + 1);
  calls.symbols.restored_to = PathOf(calls.step.Text("log", beside));
  Map map(calls);
  JET_LOGINFO_A info{};
  info.cbSize = static_cast<uint32_t>(Number(calls.step, "licb", sizeof info));
  info.ulGenLow = Generation(calls, "low");
  info.ulGenHigh = Generation(calls, "high");
  base.copy(info.szBaseName, sizeof info.szBaseName);
  calls.Make(&JetApi::JetExternalRestore2, system.c_str(), log.c_str(), map.entries(), map.size(),
             backup.c_str(), Flag(calls.step, "nullli") ? nullptr : &info, name.c_str(),
             target_log.c_str(), target_system.c_str(), nullptr);
}

void ExternalRestore(Calls& calls) {
  const OptionalText system(calls, "ckpt", "./");
  const OptionalText log(calls, "log", "./");
  const OptionalText backup(calls, "bklog");
  Map map(calls);
  calls.Make(&JetApi::JetExternalRestore, system.c_str(), log.c_str(), map.entries(), map.size(),
             backup.c_str(), Generation(calls, "low"), Generation(calls, "high"), nullptr);
}

void Restore(Calls& calls) {
  const OptionalText path(calls, "path");
  calls.Make(&JetApi::JetRestore, path.c_str(), nullptr);
}

void RestoreInstance(Calls& calls) {
  const OptionalText path(calls, "path");
  const OptionalText target(calls, "dest");
  calls.Make(&JetApi::JetRestoreInstance, calls.symbols.Instance(calls.step), path.c_str(),
             target.c_str(), nullptr);
}

constexpr NamedStep kRestoreCalls[] = {{"JetExternalRestore", &ExternalRestore},
                                       {"JetExternalRestore2", &ExternalRestore2},
                                       {"JetRestore", &Restore},
                                       {"JetRestoreInstance", &RestoreInstance}};

}  // namespace

StepFunction FindRestoreCall(const std::string& name) { return FindIn(kRestoreCalls, name); }

}  // namespace backstop::observed
