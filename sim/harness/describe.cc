// SPDX-License-Identifier: MIT
#include "sim/harness/describe.h"

#include <fmt/format.h>

#include <array>

#include "impl/engine/error_name.h"

namespace backstop::harness {
namespace {

using model::Op;

std::string ArgumentsOfOpenFile(const model::Call& call) {
  switch (call.name) {
    case model::NameKind::kNull:
      return "null name";
    case model::NameKind::kDatabase:
      return fmt::format("db{}.edb", call.database + 1);
    case model::NameKind::kLog:
      return fmt::format("log {}", call.generation);
    case model::NameKind::kCurrentLog:
      return "current log";
    case model::NameKind::kBadLog:
      return "bad log name";
    default:
      return "unknown name";
  }
}

std::string FileText(model::FileRef file) {
  if (file == model::kNoFile) return "handle 0";
  if (file == model::kBogusFile) return "bogus handle";
  return fmt::format("file {}", file);
}

std::string Arguments(const model::Call& call) {
  switch (call.op) {
    case Op::kOpenFile:
      return ArgumentsOfOpenFile(call);
    case Op::kReadFile:
      return fmt::format("{}, {} pages{}{}", FileText(call.file), call.pages,
                         call.aligned ? "" : ", misaligned", call.whole_pages ? "" : ", odd size");
    case Op::kCloseFile:
      return FileText(call.file);
    case Op::kTerm:
    case Op::kStopServiceInstance2:
    case Op::kBeginExternalBackup:
    case Op::kEndExternalBackup2:
      return fmt::format("0x{:x}", call.grbit);
    case Op::kAttachDatabase:
    case Op::kDetachDatabase:
    case Op::kCreateDatabase:
      return fmt::format("db{}.edb", call.database + 1);
    default:
      return {};
  }
}

}  // namespace

std::string CodeText(model::Err err) { return fmt::format("{} ({})", engine::ErrorName(err), err); }

std::string ThreadText(uint8_t thread) {
  if (thread == kSetupThread) return "setup";
  if (thread == kEpilogueThread) return "epilogue";
  return fmt::format("T{}", thread);
}

std::string CallText(const model::Call& call) {
  static constexpr std::array<const char*, 4> kInstances = {"", "second instance", "nil instance",
                                                            "bogus instance"};
  std::string inside = kInstances[static_cast<size_t>(call.instance)];
  const std::string arguments = Arguments(call);
  if (!inside.empty() && !arguments.empty()) inside += ", ";
  return fmt::format("{}({}{})", model::OpName(call.op, call.legacy), inside, arguments);
}

std::string OutcomeText(const model::HistoryCall& call) {
  if (call.returned == model::kPending) return "never returned";
  const model::Outcome& outcome = call.outcome;
  std::string text = engine::ErrorName(outcome.err);
  if (outcome.err < 0) return text;
  switch (call.call.op) {
    case Op::kOpenFile:
      return text + fmt::format(", file {} of {} pages", outcome.file, outcome.size_pages);
    case Op::kReadFile:
      if (outcome.first_page < 0) return text + fmt::format(", {} pages", outcome.pages);
      return text + fmt::format(", {} pages from {}", outcome.pages, outcome.first_page);
    case Op::kGetLogInfo:
    case Op::kGetTruncateLogInfo:
      if (outcome.high < outcome.low) return text + ", no log";
      return text + fmt::format(", logs {} to {}", outcome.low, outcome.high);
    default:
      return text;
  }
}

std::string AllowedText(const std::vector<model::Reaction>& allowed) {
  std::string text;
  for (const model::Reaction& reaction : allowed) {
    const model::RowId row = reaction.row != model::kNoRow ? reaction.row : reaction.gate_row;
    if (!text.empty()) text += " or ";
    text += reaction.pending ? "to go on" : engine::ErrorName(reaction.err);
    if (reaction.pages > 0) {
      text += fmt::format(", {} pages from {}", reaction.pages, reaction.first_page);
    }
    if (row < model::Rows().size()) text += fmt::format(" ({})", model::Rows()[row].clause);
  }
  return text.empty() ? "nothing" : text;
}

std::string WaitsText(const sched::Scheduler& scheduler) {
  std::string text;
  for (const sched::WaitInfo& wait : scheduler.waits()) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{} waits at {}", scheduler.TaskName(wait.task),
                        sched::PointKindName(wait.waits.kind));
    if (wait.waits.object != sched::kNoObject) {
      text += fmt::format(" '{}'", scheduler.ObjectName(wait.waits.object));
    }
    if (wait.holder != sched::kNoTask) {
      text += fmt::format(" held by {}", scheduler.TaskName(wait.holder));
    }
  }
  return text;
}

}  // namespace backstop::harness
