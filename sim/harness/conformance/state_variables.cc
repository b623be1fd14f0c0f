// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/state_variables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

namespace backstop::conformance {
namespace {

using model::FileKind;
using model::InstanceState;
using model::SnapshotSession;

template <class Place>
struct Variable {
  const char* name;
  uint32_t (*get)(const Place&);
  void (*put)(Place&, uint32_t);
  /// What its values are called; null if only none and some can be told apart.
  const char* const* words = nullptr;
};

constexpr uint32_t kClasses = 6;
using Words = const char* [kClasses];
constexpr Words kLifeWords = {"absent",      "created",     "being initialised",
                              "initialised", "terminating", "being restored"};
constexpr Words kPhaseWords = {"no backup",         "in the databases phase",
                               "in the logs phase", "in a surrogate backup",
                               "in a snapshot",     ""};
constexpr Words kFileWords = {
    "no file open", "a database file open", "a log file open", "another file open", "", ""};
constexpr Words kSessionWords = {
    "no snapshot",       "a snapshot prepared",         "a snapshot frozen",
    "a snapshot thawed", "a snapshot's logs truncated", "a snapshot timed out"};
constexpr Words kUnavailableWords = {
    "available", "unavailable", "unavailable, log disk full", "", "", ""};

template <class Place, auto kMember>
constexpr Variable<Place> Direct(const char* name, const char* const* words = nullptr) {
  using Value = std::remove_cvref_t<decltype(std::declval<Place>().*kMember)>;
  return {name, [](const Place& place) { return static_cast<uint32_t>(place.*kMember); },
          [](Place& place, uint32_t value) { place.*kMember = static_cast<Value>(value); }, words};
}

template <auto kMember>
constexpr Variable<InstanceState> OfInstance(const char* name, const char* const* words = nullptr) {
  return Direct<InstanceState, kMember>(name, words);
}

template <auto kMember>
constexpr Variable<InstanceState> OfBackup(const char* name, const char* const* words = nullptr) {
  using Value = std::remove_cvref_t<decltype(std::declval<model::BackupState>().*kMember)>;
  return {name,
          [](const InstanceState& place) { return static_cast<uint32_t>(place.backup.*kMember); },
          [](InstanceState& place, uint32_t value) {
            place.backup.*kMember = static_cast<Value>(value);
          },
          words};
}

uint32_t GetFile(const InstanceState& place) {
  return static_cast<uint32_t>(place.backup.file.kind);
}
void PutFile(InstanceState& place, uint32_t value) {
  if (GetFile(place) != value) place.backup.file = {.kind = static_cast<FileKind>(value)};
}

constexpr Variable<InstanceState> kOfInstance[] = {
    OfInstance<&InstanceState::life>("life", kLifeWords),
    OfInstance<&InstanceState::stop_service>("services stopped"),
    OfInstance<&InstanceState::backup_allowed>("backups allowed"),
    OfInstance<&InstanceState::logging>("logging"),
    OfInstance<&InstanceState::circular>("circular log"),
    OfInstance<&InstanceState::attached>("databases attached"),
    OfInstance<&InstanceState::opened>("databases open"),
    OfInstance<&InstanceState::transactions>("in a transaction"),
    OfInstance<&InstanceState::sessions>("sessions"),
    OfInstance<&InstanceState::full_backups>("full backup made"),
    OfInstance<&InstanceState::stopped_bits>("services stopped in part"),
    OfInstance<&InstanceState::unavailable>("unavailable", kUnavailableWords),
    OfInstance<&InstanceState::unlogged>("unlogged databases"),
    OfInstance<&InstanceState::snapshot_fulls>("full backup by snapshot"),
    OfInstance<&InstanceState::log_held>("log held"),
    OfInstance<&InstanceState::deleted_below>("logs deleted"),
    OfBackup<&model::BackupState::phase>("backup phase", kPhaseWords),
    OfBackup<&model::BackupState::full>("full backup"),
    OfBackup<&model::BackupState::stop>("stop requested"),
    OfBackup<&model::BackupState::prepared>("logs prepared"),
    OfBackup<&model::BackupState::truncated>("logs truncated"),
    OfBackup<&model::BackupState::copied>("databases copied"),
    OfBackup<&model::BackupState::whole>("JetBackup"),
    OfBackup<&model::BackupState::copy_end>("logs listed"),
    OfBackup<&model::BackupState::logs_read>("logs copied"),
    {"file open", &GetFile, &PutFile, kFileWords},
};

constexpr Variable<SnapshotSession> kOfSession[] = {
    Direct<SnapshotSession, &SnapshotSession::phase>("snapshot phase", kSessionWords),
    Direct<SnapshotSession, &SnapshotSession::flags>("snapshot flags"),
    Direct<SnapshotSession, &SnapshotSession::members>("snapshot members"),
};

constexpr size_t kInstanceVariables = std::size(kOfInstance);
constexpr size_t kVariables = kInstanceVariables + std::size(kOfSession);

/// Masks and numbers count as none or some.
uint32_t ClassOf(const char* const* words, uint32_t value) {
  return words != nullptr ? std::min(value, kClasses - 1) : value != 0 ? 1u : 0u;
}

/// What a circumstance is about.
struct About {
  const char* of;
  const Variable<InstanceState>* instance;
  const Variable<SnapshotSession>* session;
};

const Variable<InstanceState>* Find(std::string_view name) {
  return std::ranges::find(kOfInstance, name, &Variable<InstanceState>::name);
}

/// Those that some check of a backup's calls tests; of the other instance those that could be taken
/// for one's own, and of a snapshot its phase.
const std::vector<About>& Abouts() {
  static const std::vector<About> abouts = [] {
    std::vector<About> all;
    for (const char* name :
         {"services stopped", "services stopped in part", "in a transaction", "backup phase",
          "full backup", "stop requested", "logs prepared", "logs truncated", "file open"}) {
      all.push_back({"", Find(name), nullptr});
    }
    for (const char* name : {"services stopped", "backup phase", "stop requested"}) {
      all.push_back({"other instance: ", Find(name), nullptr});
    }
    all.push_back({"", nullptr, &kOfSession[0]});
    return all;
  }();
  return abouts;
}

}  // namespace

VariableId VariableCount() { return static_cast<VariableId>(kVariables); }

bool IsOfSession(VariableId variable) { return variable >= kInstanceVariables; }

uint32_t GetVariable(const model::Snapshot& state, VariableId variable, unsigned place) {
  if (!IsOfSession(variable)) return kOfInstance[variable].get(state.instances[place]);
  return kOfSession[variable - kInstanceVariables].get(state.snapshots[place]);
}

void PutVariable(model::Snapshot* state, VariableId variable, unsigned place, uint32_t value) {
  if (!IsOfSession(variable)) return kOfInstance[variable].put(state->instances[place], value);
  kOfSession[variable - kInstanceVariables].put(state->snapshots[place], value);
}

Circumstances CircumstancesOf(const model::Snapshot& state, unsigned slot) {
  Circumstances all;
  const auto& abouts = Abouts();
  for (size_t i = 0; i < abouts.size(); ++i) {
    const About& about = abouts[i];
    const model::InstanceState& instance = state.instances[*about.of == '\0' ? slot : 1 - slot];
    const uint32_t value =
        about.instance != nullptr
            ? ClassOf(about.instance->words, about.instance->get(instance))
            : ClassOf(about.session->words, about.session->get(state.snapshots[0]));
    all.set(i * kClasses + value);
  }
  return all;
}

std::string CircumstanceText(size_t bit) {
  const About& about = Abouts().at(bit / kClasses);
  const size_t value = bit % kClasses;
  const bool of_instance = about.instance != nullptr;
  const char* const* words = of_instance ? about.instance->words : about.session->words;
  if (words != nullptr) return std::string(about.of) + words[value];
  const std::string name = of_instance ? about.instance->name : about.session->name;
  return std::string(about.of) + (value == 0 ? "no " : "") + name;
}

}  // namespace backstop::conformance
