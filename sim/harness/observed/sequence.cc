// SPDX-License-Identifier: MIT
#include "sim/harness/observed/sequence.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>
#include <stdexcept>

#include "impl/esent.h"
#include "sim/harness/observed/grbit_names.h"
#include "sim/harness/observed/json_line.h"
#include "sim/harness/observed/text_lines.h"

namespace backstop::observed {
namespace {

using nlohmann::json;

std::optional<int64_t> ParseNumber(const std::string& text) {
  const bool negative = text.starts_with('-');
  const bool hex = text.starts_with("0x");
  uint64_t value = 0;
  const char* begin = text.data() + (negative ? 1 : hex ? 2 : 0);
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(begin, end, value, hex ? 16 : 10);
  if (error != std::errc() || stop != end) return std::nullopt;
  return static_cast<int64_t>(negative ? 0 - value : value);
}

// A malformed sequence is reported as an exception between these functions, like one of the JSON
// library itself, and becomes a value in ParseSequence.
[[noreturn]] void Refuse(const std::string& what) { throw std::invalid_argument(what); }

const json& Member(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) Refuse(fmt::format("'{}' is missing", name));
  return *found;
}

std::string AsText(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::map<std::string, std::string> AsTexts(const json& object, const char* name) {
  if (!object.is_object()) Refuse(fmt::format("'{}' is not an object", name));
  std::map<std::string, std::string> texts;
  for (const auto& [key, value] : object.items()) texts[key] = AsText(value);
  return texts;
}

void CheckArguments(const Step& step) {
  const auto grbit = step.args.find("grbit");
  if (grbit != step.args.end() && !ParseGrbit(grbit->second)) {
    Refuse(fmt::format("no flag bits are named '{}'", grbit->second));
  }
  for (const char* key : {"cb", "off", "rows", "ms", "n", "at", "ib", "nsec", "first", "last"}) {
    const auto number = step.args.find(key);
    if (number != step.args.end() && !ParseNumber(number->second)) {
      Refuse(fmt::format("'{}' is not a number: '{}'", key, number->second));
    }
  }
}

Step ReadStep(json& object) {
  if (!object.is_object()) Refuse("it is not a JSON object");
  Step step;
  step.call = Member(object, "call").get<std::string>();
  if (object.contains("args")) step.args = AsTexts(object["args"], "args");
  const json& err = Member(object, "err");
  if (!err.is_number_integer()) Refuse("'err' is not a whole number");
  step.err = err.get<int32_t>();
  if (err != step.err) Refuse("'err' is no number of 32 bits");
  step.out = object.contains("out") ? std::move(object["out"]) : json::object();
  if (!step.out.is_object()) Refuse("'out' is not an object");
  const auto ms = object.find("ms");
  if (ms != object.end() && ms->is_number_unsigned()) step.ms = ms->get<uint32_t>();
  CheckArguments(step);
  return step;
}

Sequence ReadSequence(json& object) {
  if (!object.is_object()) Refuse("the line is not a JSON object");
  Sequence sequence;
  sequence.id = Member(object, "id").get<std::string>();
  if (object.contains("settings")) sequence.settings = AsTexts(object["settings"], "settings");
  sequence.incomplete = object.contains("incomplete");
  if (object.contains("next")) sequence.next = AsText(object["next"]);
  if (!Member(object, "steps").is_array()) Refuse("'steps' is not a list");
  for (json& step : object["steps"]) {
    try {
      sequence.steps.push_back(ReadStep(step));
    } catch (const std::exception& error) {
      Refuse(fmt::format("{}, step {}: {}", sequence.id, sequence.steps.size(), error.what()));
    }
  }
  return sequence;
}

}  // namespace

std::string Step::Text(const std::string& key, const std::string& otherwise) const {
  const auto found = args.find(key);
  return found == args.end() ? otherwise : found->second;
}

uint32_t Grbit(const Step& step, uint32_t otherwise) {
  const auto found = step.args.find("grbit");
  return found == step.args.end() ? otherwise : ParseGrbit(found->second).value_or(0);
}

int64_t Number(const Step& step, const std::string& key, int64_t otherwise) {
  const auto found = step.args.find(key);
  return found == step.args.end() ? otherwise : ParseNumber(found->second).value_or(otherwise);
}

int64_t OutNumber(const Step& step, const std::string& key, int64_t otherwise) {
  const auto found = step.out.find(key);
  return found != step.out.end() && found->is_number_integer() ? found->get<int64_t>() : otherwise;
}

bool Flag(const Step& step, const std::string& key) { return Number(step, key) != 0; }

std::optional<Step> ParseLine(const std::string& line) {
  std::istringstream words(line);
  Step step;
  if (!(words >> step.call)) return std::nullopt;
  for (std::string word; words >> word;) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return std::nullopt;
    step.args[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return step;
}

namespace {

/// Where a sequence creates a database that is not logged, the recorder noted JET_paramRecovery
/// "Off" as well, though the codes that follow are those of an instance that logs.
void MendSettings(Sequence* sequence) {
  for (const Step& step : sequence->steps) {
    if (step.call == "JetCreateDatabase2" && (Grbit(step) & JET_bitDbRecoveryOff) != 0) {
      sequence->settings.erase("JET_paramRecovery");
    }
  }
}

}  // namespace

std::optional<Step> ParseStep(json& object, std::string* error) {
  try {
    return ReadStep(object);
  } catch (const std::exception& failure) {
    *error = PlainMessage(failure);
    return std::nullopt;
  }
}

std::optional<Sequence> ParseSequence(const std::string& text, std::string* error) {
  try {
    json object = ParseJsonLine(text);
    Sequence sequence = ReadSequence(object);
    MendSettings(&sequence);
    return sequence;
  } catch (const std::exception& failure) {
    *error = PlainMessage(failure);
    return std::nullopt;
  }
}

bool ReadSequences(const std::string& path, const std::function<void(Sequence&&)>& visit,
                   std::string* error) {
  const auto read = [&](const std::string& line, std::string* why) {
    std::optional<Sequence> sequence = ParseSequence(line, why);
    if (sequence) visit(std::move(*sequence));
    return sequence.has_value();
  };
  return ForEachLine(path, read, error);
}

}  // namespace backstop::observed
