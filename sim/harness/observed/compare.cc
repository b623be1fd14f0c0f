// SPDX-License-Identifier: MIT
#include "sim/harness/observed/compare.h"

#include <algorithm>
#include <string_view>

#include "impl/engine/error_name.h"

namespace backstop::observed {
namespace {

using nlohmann::json;

/// How the member of a step's output is compared.
enum class Binding {
  kWritten,  ///< whether it was written
  kZero,     ///< whether it is zero
  kData,     ///< whether there was any data, unless the file may have ended
  kExact,
};

struct Rule {
  std::string_view call;  ///< empty: of every call
  std::string_view member;
  Binding binding;
};

constexpr Rule kRules[] = {
    {"", "cbActual", Binding::kWritten},
    {"", "h", Binding::kWritten},
    {"", "size", Binding::kWritten},
    {"", "bufTouched", Binding::kExact},
    {"", "full", Binding::kZero},
    {"", "inc", Binding::kZero},
    {"", "fullCur", Binding::kZero},
    {"", "copy", Binding::kZero},
    {"", "diff", Binding::kZero},
    {"", "dbstate", Binding::kExact},
    {"JetGetAttachInfo", "n", Binding::kExact},
    {"JetGetAttachInfoInstance", "n", Binding::kExact},
    {"JetGetInstanceInfo", "n", Binding::kExact},
    {"JetOSSnapshotFreeze", "n", Binding::kExact},
    {"JetOSSnapshotGetFreezeInfo", "n", Binding::kExact},
    {"JetReadFile", "cbActual", Binding::kData},
    {"JetReadFileInstance", "cbActual", Binding::kData},
    {"ReadAll", "total", Binding::kData},
    {"CopyLogs", "files", Binding::kZero},
    {"CopyLogs", "failed", Binding::kExact},
    {"WriteRows", "rows", Binding::kExact},
    {"CountRows", "rows", Binding::kExact},
};

bool IsUntouched(const json& value) { return value == "untouched"; }

bool IsZero(const json& value) {
  if (value.is_array()) return std::ranges::all_of(value, IsZero);
  return value.is_number() && value == 0;
}

bool Agree(Binding binding, const json& recorded, const json& got) {
  if (IsUntouched(recorded) || IsUntouched(got)) return IsUntouched(recorded) == IsUntouched(got);
  switch (binding) {
    case Binding::kWritten:
      return true;
    case Binding::kZero:
    case Binding::kData:
      return IsZero(recorded) == IsZero(got);
    default:
      return recorded == got;
  }
}

bool IsRead(const Step& step) {
  return step.call.starts_with("JetReadFile") || step.call == "ReadAll";
}
bool IsOpen(const Step& step) { return step.call.starts_with("JetOpenFile"); }
std::string InstanceOf(const Step& step) { return step.Text("inst", "i1"); }

std::string CodeText(int32_t err) { return std::to_string(err) + " " + engine::ErrorName(err); }

}  // namespace

std::optional<Difference> Comparison::Next(const Step& recorded, const StepResult& got) {
  const bool may_have_ended = IsRead(recorded) && partly_read_.contains(InstanceOf(recorded));
  if (recorded.err >= 0 && IsRead(recorded)) partly_read_.insert(InstanceOf(recorded));
  if (recorded.err >= 0 && IsOpen(recorded)) partly_read_.erase(InstanceOf(recorded));
  if (recorded.err != got.err) {
    return Difference{"code", CodeText(recorded.err), CodeText(got.err)};
  }
  for (const Rule& rule : kRules) {
    if (!rule.call.empty() && rule.call != recorded.call) continue;
    const std::string member(rule.member);
    const auto expected = recorded.out.find(member);
    if (expected == recorded.out.end()) continue;
    if (rule.binding == Binding::kData && may_have_ended && !IsZero(*expected)) continue;
    // How far a count came before it failed depends on which page was damaged.
    if (recorded.call == "CountRows" && recorded.err < 0) continue;
    const json found = got.out.value(member, json());
    if (!Agree(rule.binding, *expected, found)) {
      return Difference{member, expected->dump(), found.dump()};
    }
  }
  return std::nullopt;
}

}  // namespace backstop::observed
