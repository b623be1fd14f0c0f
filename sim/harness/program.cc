// SPDX-License-Identifier: MIT
#include "sim/harness/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>
#include <string_view>

namespace backstop::harness {
namespace {

using model::InstanceRef;
using model::Op;

constexpr std::array<const char*, static_cast<size_t>(Start::kCount)> kStartNames = {
    "nothing",     "created",     "second-ready", "ready",       "begun",
    "file-open",   "mid-read",    "copied",       "logs-listed", "log-open",
    "logs-copied", "incremental", "logs-unlisted"};
constexpr std::array<const char*, static_cast<size_t>(Settings::kCount)> kSettingsNames = {
    "default", "circular", "no-recovery", "one-slot"};
constexpr std::array<const char*, static_cast<size_t>(FileArg::kCount)> kFileNames = {
    "latest", "previous", "bogus", "zero"};
constexpr std::array<const char*, static_cast<size_t>(NameArg::kCount)> kNameNames = {
    "database", "listed-log", "missing-log", "current-log", "bad-log", "unknown", "null"};
constexpr std::array<const char*, static_cast<size_t>(ParameterArg::kCount)> kParameterNames = {
    "max-instances", "max-sessions",     "log-file-size-bad",
    "circular-same", "checkpoint-depth", "checkpoint-depth-bad",
    "unknown"};
constexpr std::array<const char*, static_cast<size_t>(RowArg::kCount)> kRowNames = {
    "insert", "replace", "delete"};
constexpr std::array<const char*, 4> kInstanceNames = {"first", "second", "nil", "bogus"};

template <class Enum, size_t N>
const char* NameOf(const std::array<const char*, N>& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

template <class Enum, size_t N>
bool FromName(const std::array<const char*, N>& names, std::string_view text, Enum* value) {
  for (size_t i = 0; i < N; ++i) {
    if (text == names[i]) {
      *value = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

template <class Integer>
bool FromNumber(std::string_view text, Integer* value) {
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
  }
  Integer parsed{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed, base);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  *value = parsed;
  return true;
}

bool FromFlag(std::string_view text, bool* value) {
  if (text != "yes" && text != "no") return false;
  *value = text == "yes";
  return true;
}

/// Splits "key=value" words; the first word may stand alone.
struct Words {
  std::string head;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string error;
};

Words Split(const std::string& text, bool with_head) {
  Words words;
  std::istringstream in(text);
  std::string word;
  if (with_head) in >> words.head;
  while (in >> word) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      words.error = fmt::format("'{}' is not of the form key=value", word);
      return words;
    }
    words.pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return words;
}

bool UsesFile(Op op) { return op == Op::kReadFile || op == Op::kCloseFile; }
bool UsesDatabase(const ProgramCall& call) {
  if (call.op == Op::kOpenFile) return call.name == NameArg::kDatabase;
  return call.op == Op::kAttachDatabase || call.op == Op::kDetachDatabase ||
         call.op == Op::kCreateDatabase;
}
bool UsesGrbit(Op op) {
  return op == Op::kTerm || op == Op::kStopServiceInstance2 || op == Op::kBeginExternalBackup ||
         op == Op::kEndExternalBackup2 || op == Op::kRollback || op == Op::kDetachDatabase;
}

bool SetArgument(const std::string& key, const std::string& value, ProgramCall* call) {
  if (key == "instance") return FromName(kInstanceNames, value, &call->instance);
  if (key == "file") return FromName(kFileNames, value, &call->file);
  if (key == "name") return FromName(kNameNames, value, &call->name);
  if (key == "parameter") return FromName(kParameterNames, value, &call->parameter);
  if (key == "database") {
    return FromNumber(value, &call->database) && call->database < model::kDatabaseSlots;
  }
  if (key == "log") return FromNumber(value, &call->log);
  if (key == "pages") return FromNumber(value, &call->pages) && call->pages <= 64;
  if (key == "row") return FromName(kRowNames, value, &call->row);
  if (key == "index") return FromNumber(value, &call->index);
  if (key == "grbit") return FromNumber(value, &call->grbit);
  if (key == "misaligned") return FromFlag(value, &call->misaligned);
  if (key == "odd-size") return FromFlag(value, &call->odd_size);
  if (key == "null-pointer") return FromFlag(value, &call->null_pointer);
  if (key == "name-taken") return FromFlag(value, &call->name_taken);
  if (key == "nil-session") return FromFlag(value, &call->nil_session);
  return false;
}

bool OpFromName(const std::string& name, ProgramCall* call) {
  for (unsigned i = 0; i < kDrawnOps; ++i) {
    for (const bool legacy : {false, true}) {
      if (name != model::OpName(static_cast<Op>(i), legacy)) continue;
      call->op = static_cast<Op>(i);
      call->legacy = legacy;
      return true;
    }
  }
  return false;
}

}  // namespace

size_t Program::CallCount() const {
  size_t count = 0;
  for (const auto& thread : threads) count += thread.size();
  return count;
}

bool Program::Uses(Op op) const {
  for (unsigned thread = 0; thread < threads.size(); ++thread) {
    if (Uses(thread, op)) return true;
  }
  return false;
}

bool Program::Uses(unsigned thread, Op op) const {
  return std::any_of(threads[thread].begin(), threads[thread].end(),
                     [op](const ProgramCall& call) { return call.op == op; });
}

bool Program::UsesSession(unsigned thread) const {
  return std::any_of(threads[thread].begin(), threads[thread].end(), [](const ProgramCall& call) {
    return call.op >= Op::kBeginTransaction && call.op <= Op::kCreateDatabase;
  });
}

ProgramCall Normalized(const ProgramCall& call) {
  // The text holds just the arguments that count.
  ProgramCall normalized;
  std::string why;
  Parse(ToText(call), &normalized, &why);
  return normalized;
}

std::string ToText(const ProgramCall& call) {
  std::string text = model::OpName(call.op, call.legacy);
  const auto add = [&text](const char* key, const auto& value) {
    text += fmt::format(" {}={}", key, value);
  };
  if (call.instance != InstanceRef::kFirst) add("instance", NameOf(kInstanceNames, call.instance));
  if (UsesFile(call.op)) add("file", NameOf(kFileNames, call.file));
  if (call.op == Op::kOpenFile) add("name", NameOf(kNameNames, call.name));
  if (call.op == Op::kOpenFile && call.name == NameArg::kListedLog) add("log", call.log);
  if (UsesDatabase(call)) add("database", call.database);
  if (call.op == Op::kReadFile) add("pages", call.pages);
  if (call.op == Op::kSetSystemParameter) {
    add("parameter", NameOf(kParameterNames, call.parameter));
  }
  if (call.op == Op::kInsertRow && call.row != RowArg::kInsert) {
    add("row", NameOf(kRowNames, call.row));
    add("index", call.index);
  }
  if (UsesGrbit(call.op)) add("grbit", fmt::format("0x{:x}", call.grbit));
  if (call.misaligned) add("misaligned", "yes");
  if (call.odd_size) add("odd-size", "yes");
  if (call.null_pointer) add("null-pointer", "yes");
  if (call.name_taken) add("name-taken", "yes");
  if (call.nil_session) add("nil-session", "yes");
  return text;
}

std::string ToText(const Setup& setup) {
  return fmt::format("mode={} settings={} start={}", setup.one_instance ? "one" : "multi",
                     NameOf(kSettingsNames, setup.settings), NameOf(kStartNames, setup.start));
}

bool Parse(const std::string& text, ProgramCall* call, std::string* why) {
  const Words words = Split(text, true);
  *call = ProgramCall{};
  if (!words.error.empty()) {
    *why = words.error;
    return false;
  }
  if (!OpFromName(words.head, call)) {
    *why = fmt::format("no call is named '{}'", words.head);
    return false;
  }
  for (const auto& [key, value] : words.pairs) {
    if (!SetArgument(key, value, call)) {
      *why = fmt::format("'{}={}' is not an argument of {}", key, value, words.head);
      return false;
    }
  }
  return true;
}

bool Parse(const std::string& text, Setup* setup, std::string* why) {
  const Words words = Split(text, false);
  *setup = Setup{};
  *why = words.error;
  if (!words.error.empty()) return false;
  for (const auto& [key, value] : words.pairs) {
    bool good = false;
    if (key == "mode") {
      good = value == "one" || value == "multi";
      setup->one_instance = value == "one";
    } else if (key == "settings") {
      good = FromName(kSettingsNames, value, &setup->settings);
    } else if (key == "start") {
      good = FromName(kStartNames, value, &setup->start);
    }
    if (!good) {
      *why = fmt::format("'{}={}' is not a setting of the setup", key, value);
      return false;
    }
  }
  return true;
}

bool ParseFaults(const std::string& word, Faults* faults) {
  static constexpr std::array<const char*, 3> kWords = {"none", "light", "heavy"};
  return FromName(kWords, word, faults);
}

}  // namespace backstop::harness
