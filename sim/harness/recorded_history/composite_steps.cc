// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/composite_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "impl/esent.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/stream_position.h"

namespace backstop::recorded {
namespace {

using observed::Number;
using observed::OutNumber;
using observed::Step;
using Steps = std::vector<Step>;
using Names = std::vector<std::string>;

using harness::kPageBytes;
constexpr int64_t kLogBytes = 32 * kPageBytes;
/// A step of more calls than this stays as it is.
constexpr int64_t kMostParts = 10'000;

Step PartOf(const Step& whole, const char* call) {
  Step part{.call = call, .args = {}, .err = 0, .out = nlohmann::json::object(), .ms = 0};
  for (const char* key : {"inst", "h", "cb"}) {
    if (whole.Has(key)) part.args[key] = whole.Text(key);
  }
  return part;
}

Step Read(const Step& whole, int64_t bytes, int32_t err) {
  Step part = PartOf(whole, "JetReadFileInstance");
  part.err = err;
  if (err >= 0) part.out["cbActual"] = bytes;
  return part;
}

/// Reads are as long as their buffers up to the end of the file, so that their number and their sum
/// tell each of them.
std::optional<Steps> PartsOfReadAll(const Step& step) {
  const int64_t bytes = Number(step, "cb", 65536), total = OutNumber(step, "total", -1);
  if (bytes <= 0 || bytes % kPageBytes != 0 || total < 0 || total % kPageBytes != 0) return {};
  const int64_t full = total / bytes, rest = total % bytes;
  const int64_t reads = full + (rest > 0 ? 1 : 0) + 1;
  if (reads > kMostParts || OutNumber(step, "reads", -1) != reads) return {};
  Steps parts(static_cast<size_t>(full), Read(step, bytes, 0));
  if (rest > 0) parts.push_back(Read(step, rest, 0));
  parts.push_back(Read(step, 0, step.err));
  return parts;
}

/// Opens, reads and closes the logs; the last call failed if the step did. `copies` counts the
/// files of the history: their handles are not told, and are made up, all with the low half 0.
std::optional<Steps> PartsOfCopyLogs(const Step& step, const Names& listed, uint64_t* copies) {
  const auto most =
      static_cast<size_t>(std::clamp<int64_t>(Number(step, "n", kMostParts), 0, kMostParts));
  const size_t logs = std::min(listed.size(), most);
  const int64_t files = OutNumber(step, "files", -1);
  const std::string failed = step.out.value("failed", std::string());
  const bool whole = files == static_cast<int64_t>(logs) && failed.empty() && step.err >= 0;
  const bool broken = files >= 0 && files < static_cast<int64_t>(logs) && step.err < 0 &&
                      (failed == "open" || failed == "close");
  if (!whole && !broken) return {};
  Steps parts;
  for (size_t log = 0; log < static_cast<size_t>(files) + (broken ? 1 : 0); ++log) {
    const bool fails = static_cast<int64_t>(log) == files;
    const uint64_t handle = ++*copies << 32;
    const auto add = [&](const char* call) -> Step& {
      parts.push_back(PartOf(step, call));
      parts.back().args["h"] = fmt::format("@{}", handle);
      return parts.back();
    };
    Step& open = add("JetOpenFileInstance");
    open.args.erase("h");
    open.args["name"] = listed[log];
    open.out = {{"h", handle}, {"size", kLogBytes}};
    if (fails && failed == "open") {
      open.err = step.err;
      continue;
    }
    for (const int64_t bytes : {kLogBytes, int64_t{0}}) {
      Step& read = add("JetReadFileInstance");
      read.args["cb"] = fmt::format("{}", kLogBytes);
      read.out["cbActual"] = bytes;
    }
    Step& close = add("JetCloseFileInstance");
    if (fails) close.err = step.err;
  }
  return parts;
}

std::optional<Names> ListOf(const Step& step) {
  const auto names = step.out.find("names");
  const bool told = step.call.starts_with("JetGetLogInfo") && step.err >= 0 &&
                    !Flag(step, "wide") && names != step.out.end() && names->is_array();
  if (!told) return std::nullopt;
  Names list;
  for (const auto& name : *names) list.push_back(name.is_string() ? name.get<std::string>() : "");
  return list;
}

bool Overlap(const TimedCall& a, const TimedCall& b) {
  return a.invoked <= b.returned.value_or(~uint64_t{0}) &&
         b.invoked <= a.returned.value_or(~uint64_t{0});
}

bool UsesFiles(const Step& step) {
  return step.call.starts_with("JetOpenFile") || step.call.starts_with("JetReadFile") ||
         step.call.starts_with("JetCloseFile") || step.call == "ReadAll" || step.call == "CopyLogs";
}

/// The list that a step after the threads' calls refers to: the last one. Nothing if that is not
/// clear.
std::optional<Names> LastList(const RecordedHistory& history, uint64_t before) {
  std::optional<Names> last = Names{};
  for (const Step& step : history.setup.steps) {
    if (auto list = ListOf(step)) last = std::move(list);
  }
  const TimedCall* by = nullptr;
  for (const TimedCall& call : history.calls) {
    auto list = ListOf(call.step);
    if (!list || !call.returned || *call.returned >= before) continue;
    const bool unclear = by != nullptr && Overlap(*by, call) && last && *list != *last;
    if (by == nullptr || *by->returned < *call.returned) by = &call, last = std::move(list);
    if (unclear) last = std::nullopt;
  }
  return last;
}

/// Nothing if other threads list logs or move files meanwhile: which of their calls came between
/// those of the step, and what they then left, is not told.
std::optional<Names> ListFor(const RecordedHistory& history, const TimedCall& copier) {
  for (const TimedCall& call : history.calls) {
    if (call.thread == copier.thread || !Overlap(call, copier)) continue;
    if (UsesFiles(call.step) || ListOf(call.step)) return std::nullopt;
  }
  return LastList(history, copier.invoked);
}

/// Whether a file may be opened for another thread while the call runs: a read that is shorter than
/// its buffer may then be followed by others.
bool MayMeetAnOpen(const RecordedHistory& history, const TimedCall& reader) {
  return std::ranges::any_of(history.calls, [&](const TimedCall& call) {
    const bool opens = call.step.call.starts_with("JetOpenFile") || call.step.call == "CopyLogs";
    return opens && call.thread != reader.thread && Overlap(call, reader);
  });
}

std::optional<Steps> PartsOf(const RecordedHistory& history, const TimedCall& call,
                             uint64_t* copies) {
  if (call.step.call == "ReadAll") {
    const bool even =
        OutNumber(call.step, "total") % std::max<int64_t>(Number(call.step, "cb", 65536), 1) == 0;
    return even || !MayMeetAnOpen(history, call) ? PartsOfReadAll(call.step) : std::nullopt;
  }
  if (call.step.call != "CopyLogs") return std::nullopt;
  const auto list = ListFor(history, call);
  return list ? PartsOfCopyLogs(call.step, *list, copies) : std::nullopt;
}

void ExpandThreads(RecordedHistory* history, uint64_t* copies) {
  std::vector<TimedCall> calls;
  std::map<uint32_t, std::string> met;
  for (const TimedCall& call : history->calls) {
    const std::string& name = call.step.call;
    if (observed::FindFault(name)) {
      met[call.thread] = name;
      continue;
    }
    const auto meets = met.find(call.thread);
    std::optional<Steps> parts;
    if (call.returned && meets == met.end()) parts = PartsOf(*history, call, copies);
    if (!parts) parts = Steps{call.step};
    if (meets != met.end()) {
      parts->front().args[kMeets] = meets->second;
      met.erase(meets);
    }
    for (size_t part = 0; part < parts->size(); ++part) {
      calls.push_back(call);
      calls.back().step = std::move((*parts)[part]);
    }
  }
  history->calls = std::move(calls);
}

void ExpandFinal(RecordedHistory* history, uint64_t* copies) {
  Steps steps;
  std::optional<Names> list = LastList(*history, ~uint64_t{0});
  for (Step& step : history->final_steps) {
    if (auto told = ListOf(step)) list = std::move(told);
    std::optional<Steps> parts;
    if (step.call == "ReadAll") parts = PartsOfReadAll(step);
    if (step.call == "CopyLogs" && list) parts = PartsOfCopyLogs(step, *list, copies);
    if (!parts) parts = Steps{std::move(step)};
    std::ranges::move(*parts, std::back_inserter(steps));
  }
  history->final_steps = std::move(steps);
}

}  // namespace

void Expand(RecordedHistory* history) {
  uint64_t copies = 0;
  ExpandFinal(history, &copies);
  ExpandThreads(history, &copies);
}

}  // namespace backstop::recorded
