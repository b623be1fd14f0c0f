// SPDX-License-Identifier: MIT
#include "model/contract/golden_words.h"

#include <charconv>
#include <map>
#include <sstream>

#include "impl/esent.h"

namespace backstop::model::contract {

namespace {

using Setter = bool (*)(const std::string& value, GoldenStep* step);

bool Number(const std::string& text, uint32_t* number) {
  const bool hexadecimal = text.starts_with("0x");
  const char* first = text.data() + (hexadecimal ? 2 : 0);
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, *number, hexadecimal ? 16 : 10);
  return error == std::errc() && end == last && first != last;
}

template <auto kMember>
bool SetCall(const std::string& value, GoldenStep* step) {
  uint32_t number = 0;
  if (!Number(value, &number)) return false;
  step->call.*kMember = static_cast<std::remove_reference_t<decltype(step->call.*kMember)>>(number);
  return true;
}

template <auto kMember>
bool SetOutcome(const std::string& value, GoldenStep* step) {
  uint32_t number = 0;
  if (!Number(value, &number)) return false;
  step->outcome.*kMember =
      static_cast<std::remove_reference_t<decltype(step->outcome.*kMember)>>(number);
  return true;
}

template <auto kMember, bool kValue = true>
bool Flag(const std::string& value, GoldenStep* step) {
  step->call.*kMember = kValue;
  return value.empty();
}

/// The position of the word in a list that has the order of the enumeration.
template <class Enum, size_t kCount>
bool Choose(const std::string& value, const char* const (&words)[kCount], Enum* out) {
  for (size_t index = 0; index < kCount; ++index) {
    if (value != words[index]) continue;
    *out = static_cast<Enum>(index);
    return true;
  }
  return false;
}

constexpr const char* kInstanceWords[] = {"first", "second", "nil", "bogus"};
constexpr const char* kNameWords[] = {"null", "database", "log",  "current",
                                      "bad",  "foreign",  "other"};
constexpr const char* kBufferWords[] = {"large", "small", "none"};
constexpr const char* kSectionWords[] = {"whole", "later", "forbidden", "several"};
constexpr const char* kDirectoryWords[] = {"none",   "missing", "empty",
                                           "backup", "atomic",  "occupied"};
constexpr const char* kParameterWords[] = {"global", "instance", "dynamic", "unknown"};
constexpr const char* kRestoreWords[] = {
    "good",        "no_target",     "not_running",  "foreign_base",   "bad_map",
    "no_logs",     "foreign_logs",  "broken_logs",  "damaged_header", "no_copy",
    "bad_trailer", "wrong_trailer", "low_too_high", "high_too_low",   "high_missing",
    "high_zero",   "running"};
constexpr const char* kFaultWords[] = {"none",
                                       "io",
                                       "out_of_memory",
                                       "log_disk_full",
                                       "log_sequence_end",
                                       "bad_checkpoint",
                                       "no_checkpoint",
                                       "damaged_page",
                                       "file_in_use",
                                       "bad_path",
                                       "no_thread",
                                       "recovery",
                                       "missing_log",
                                       "read_only_file",
                                       "out_of_memory_later"};
static_assert(std::size(kFaultWords) == static_cast<size_t>(Fault::kCount));

bool SetDatabase(const std::string& value, GoldenStep* step) {
  step->call.name = NameKind::kDatabase;
  return SetCall<&Call::database>(value, step);
}
bool SetLog(const std::string& value, GoldenStep* step) {
  step->call.name = NameKind::kLog;
  return SetCall<&Call::generation>(value, step);
}
bool SetFault(const std::string& value, GoldenStep* step) {
  step->failing = true;
  return Choose(value, kFaultWords, &step->call.environment.fault);
}
bool SetRefused(const std::string& value, GoldenStep* step) {
  step->failing = true;
  return value.empty();
}
bool SetFile(const std::string& value, GoldenStep* step) {
  step->call.file = kBogusFile;
  return value == "bogus" || SetCall<&Call::file>(value, step);
}
bool SetSession(const std::string& value, GoldenStep* step) {
  step->call.session = value == "nil" ? kNilSession : kBogusSession;
  return value == "nil" || value == "bogus" || SetCall<&Call::session>(value, step);
}
bool SetSnapshot(const std::string& value, GoldenStep* step) {
  step->call.snapshot = kBogusSnapshot;
  return value == "bogus" || SetCall<&Call::snapshot>(value, step);
}

const std::map<std::string, Setter>& Arguments() {
  static const std::map<std::string, Setter> setters = {
      {"instance", [](const std::string& v,
                      GoldenStep* s) { return Choose(v, kInstanceWords, &s->call.instance); }},
      {"name",
       [](const std::string& v, GoldenStep* s) { return Choose(v, kNameWords, &s->call.name); }},
      {"buffer", [](const std::string& v,
                    GoldenStep* s) { return Choose(v, kBufferWords, &s->call.buffer); }},
      {"section", [](const std::string& v,
                     GoldenStep* s) { return Choose(v, kSectionWords, &s->call.section); }},
      {"directory", [](const std::string& v,
                       GoldenStep* s) { return Choose(v, kDirectoryWords, &s->call.directory); }},
      {"parameter", [](const std::string& v,
                       GoldenStep* s) { return Choose(v, kParameterWords, &s->call.parameter); }},
      {"restore", [](const std::string& v,
                     GoldenStep* s) { return Choose(v, kRestoreWords, &s->call.restore); }},
      {"fault", &SetFault},
      {"refused", &SetRefused},
      {"database", &SetDatabase},
      {"log", &SetLog},
      {"file", &SetFile},
      {"session", &SetSession},
      {"snapshot", &SetSnapshot},
      {"grbit", &SetCall<&Call::grbit>},
      {"pages", &SetCall<&Call::pages>},
      {"unaligned", &Flag<&Call::aligned, false>},
      {"broken_pages", &Flag<&Call::whole_pages, false>},
      {"null_pointer", &Flag<&Call::null_pointer>},
      {"name_taken", &Flag<&Call::name_taken>},
      {"same_value", &Flag<&Call::same_value>},
      {"bad_value", &Flag<&Call::value_valid, false>},
      {"bad_size", &Flag<&Call::bad_size>},
      {"wide", &Flag<&Call::wide>},
      {"lazy", &Flag<&Call::lazy>},
      {"paths_in_use", &Flag<&Call::paths_in_use>}};
  return setters;
}

const std::map<std::string, Setter>& Outputs() {
  static const std::map<std::string, Setter> setters = {
      {"file", &SetOutcome<&Outcome::file>},
      {"size", &SetOutcome<&Outcome::size_pages>},
      {"pages", &SetOutcome<&Outcome::pages>},
      {"first", &SetOutcome<&Outcome::first_page>},
      {"databases", &SetOutcome<&Outcome::databases>},
      {"low", &SetOutcome<&Outcome::low>},
      {"high", &SetOutcome<&Outcome::high>},
      {"instances", &SetOutcome<&Outcome::instances>}};
  return setters;
}

bool Apply(const std::map<std::string, Setter>& setters, const std::string& word,
           GoldenStep* step) {
  const size_t equals = word.find('=');
  const auto found = setters.find(word.substr(0, equals));
  if (found == setters.end()) return false;
  return found->second(equals == std::string::npos ? "" : word.substr(equals + 1), step);
}

/// What a word of a "start" line changes; each instance of it is like the first one.
bool ApplyWorldWord(const std::string& word, Snapshot* world) {
  InstanceState& instance = world->instances[0];
  if (word == "with_full_backup") {
    instance.full_backups = instance.attached;
  } else if (word == "with_circular_logging") {
    instance.circular = true;
  } else if (word == "without_logging") {
    instance.logging = false;
  } else if (word == "with_second_file") {
    instance.existing = 3;
  } else if (word == "in_one_instance_mode") {
    world->mode = Mode::kOneInstance;
  } else if (word == "with_second_instance") {
    world->instances[1] = instance;
  } else {
    return false;
  }
  return true;
}

void MakeReady(Snapshot* world) {
  InstanceState& instance = world->instances[0];
  instance.life = Life::kReady;
  instance.backup_allowed = true;
  instance.attached = instance.existing = instance.opened = 1;
  instance.sessions = 1;
}

}  // namespace

bool ApplyArgument(const std::string& word, GoldenStep* step) {
  return Apply(Arguments(), word, step);
}

bool ApplyOutput(const std::string& word, GoldenStep* step) { return Apply(Outputs(), word, step); }

bool ApplyName(const std::string& name, GoldenStep* step) {
  step->call.op = Op::kCount;
  if (name == "(freeze-times-out)") step->call.op = Op::kFreezeTimesOut;
  if (name == "(fatal-error)") step->call.op = Op::kInstanceUnavailable;
  if (name == "JetTerm") {
    step->call.op = Op::kTerm;
    step->call.grbit = JET_bitTermAbrupt;
  }
  for (unsigned op = 0; op < kOpCount; ++op) {
    const Op candidate = static_cast<Op>(op);
    if (name == OpName(candidate)) step->call.op = candidate;
    if (HasLegacyTwin(candidate) && name == OpName(candidate, true)) {
      step->call.op = candidate;
      step->call.legacy = true;
    }
  }
  return step->call.op != Op::kCount;
}

bool ReadWorld(const std::string& line, Snapshot* world) {
  std::istringstream words(line);
  std::string word;
  words >> word;
  *world = Snapshot{};
  if (word == "created" || word == "ready") world->mode = Mode::kMultiInstance;
  if (word == "created") world->instances[0].life = Life::kCreated;
  if (word == "ready") MakeReady(world);
  if (word != "nothing" && word != "created" && word != "ready") return false;
  while (words >> word) {
    if (!ApplyWorldWord(word, world)) return false;
  }
  return true;
}

}  // namespace backstop::model::contract
