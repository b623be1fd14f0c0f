// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/history_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "sim/harness/observed/json_line.h"
#include "sim/harness/observed/text_lines.h"
#include "sim/harness/recorded_history/composite_steps.h"

namespace backstop::recorded {
namespace {

using nlohmann::json;
using observed::Step;

/// Later times are left for the calls of the final part.
constexpr uint64_t kLatestTime = uint64_t{1} << 62;

// What is wrong is reported as an exception between these functions, like those of the JSON
// library, and becomes a value in ParseHistory.
[[noreturn]] void Refuse(const std::string& what) { throw std::invalid_argument(what); }

json& Member(json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) Refuse(fmt::format("'{}' is missing", name));
  return *found;
}

uint64_t Time(json& object, const char* name) {
  const json& value = Member(object, name);
  if (!value.is_number_unsigned()) {
    Refuse(fmt::format("'{}' is not a number of 0 or more", name));
  }
  if (value.get<uint64_t>() > kLatestTime) Refuse(fmt::format("'{}' is beyond 2^62", name));
  return value.get<uint64_t>();
}

Step ReadStep(json& object) {
  std::string error;
  std::optional<Step> step = observed::ParseStep(object, &error);
  if (!step) Refuse(error);
  return *std::move(step);
}

TimedCall ReadCall(json& object) {
  if (!object.is_object()) Refuse("it is not a JSON object");
  TimedCall call;
  const json& thread = Member(object, "thread");
  if (!thread.is_number_unsigned() || thread.get<uint64_t>() >= kMaxThreads) {
    Refuse(fmt::format("'thread' is not a number below {}", kMaxThreads));
  }
  call.thread = thread.get<uint32_t>();
  call.invoked = Time(object, "inv");
  if (!Member(object, "ret").is_null()) {
    call.returned = Time(object, "ret");
    if (*call.returned < call.invoked) Refuse("it returned before it was invoked");
  } else {
    object["err"] = 0;
  }
  call.step = ReadStep(object);
  return call;
}

/// Reads the elements of a list; an error names the list and the element.
template <class Read>
void ReadList(json& object, const char* name, const Read& read) {
  json& list = Member(object, name);
  if (!list.is_array()) Refuse(fmt::format("'{}' is not a list", name));
  for (size_t index = 0; index < list.size(); ++index) {
    try {
      read(list[index]);
    } catch (const std::exception& error) {
      Refuse(fmt::format("'{}', element {}: {}", name, index, error.what()));
    }
  }
}

/// A name of the file as it may stand in a line: without line breaks of its own.
std::string Quoted(const std::string& name) { return nlohmann::json(name).dump(); }

/// A thread makes one call after the other.
void CheckThreads(const std::vector<TimedCall>& calls) {
  std::map<uint32_t, const TimedCall*> last;
  for (const TimedCall& call : calls) {
    const TimedCall*& before = last[call.thread];
    if (before != nullptr && (!before->returned || *before->returned > call.invoked)) {
      Refuse(fmt::format("thread {} invokes {} at {} while its {} is running", call.thread,
                         Quoted(call.step.call), call.invoked, Quoted(before->step.call)));
    }
    before = &call;
  }
}

void ReadCrash(json& object, RecordedHistory* history) {
  history->crashed = object.contains("incomplete");
  if (!history->crashed) return;
  const auto call = object.find("crash_call");
  if (call != object.end() && call->is_string()) history->crash_call = call->get<std::string>();
  const auto thread = object.find("crash_thread");
  if (thread != object.end() && thread->is_number_unsigned()) {
    history->crash_thread = thread->get<uint32_t>();
  }
}

void ReadSettings(const json& settings, RecordedHistory* history) {
  if (!settings.is_object()) Refuse("'settings' is not an object");
  for (const auto& [key, value] : settings.items()) {
    history->setup.settings[key] = value.is_string() ? value.get<std::string>() : value.dump();
  }
}

RecordedHistory ReadHistory(json& object) {
  if (!object.is_object()) Refuse("the line is not a JSON object");
  RecordedHistory history;
  history.id = Member(object, "id").get<std::string>();
  history.setup.id = history.id;
  if (object.contains("settings")) ReadSettings(object["settings"], &history);
  ReadList(object, "setup", [&](json& step) { history.setup.steps.push_back(ReadStep(step)); });
  ReadList(object, "history", [&](json& call) { history.calls.push_back(ReadCall(call)); });
  if (object.contains("final")) {
    ReadList(object, "final", [&](json& step) { history.final_steps.push_back(ReadStep(step)); });
  }
  std::ranges::stable_sort(history.calls, {}, &TimedCall::invoked);
  CheckThreads(history.calls);
  ReadCrash(object, &history);
  Expand(&history);
  return history;
}

}  // namespace

std::optional<RecordedHistory> ParseHistory(const std::string& text, std::string* error) {
  try {
    json object = observed::ParseJsonLine(text);
    return ReadHistory(object);
  } catch (const std::exception& failure) {
    *error = observed::PlainMessage(failure);
    return std::nullopt;
  }
}

bool ReadHistories(const std::string& path, const std::function<void(RecordedHistory&&)>& visit,
                   std::string* error) {
  const auto read = [&](const std::string& line, std::string* why) {
    std::optional<RecordedHistory> history = ParseHistory(line, why);
    if (history) visit(*std::move(history));
    return history.has_value();
  };
  return observed::ForEachLine(path, read, error);
}

}  // namespace backstop::recorded
