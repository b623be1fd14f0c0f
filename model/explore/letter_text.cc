// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "model/explore/alphabet.h"
#include "model/machine/conditions.h"

namespace backstop::model {

namespace {

std::string FileText(const Call& call) {
  if (call.name == NameKind::kDatabase) return fmt::format(", database {}", call.database);
  if (call.name == NameKind::kLog) return fmt::format(", log {}", call.generation);
  return fmt::format(", name {}", ValueText(call.name));
}

std::string ArgumentText(const Call& call) {
  switch (call.op) {
    case Op::kOpenFile:
    case Op::kOpenFileSection:
      return FileText(call);
    case Op::kReadFile:
      return fmt::format(", file {}, {} pages{}{}", call.file, call.pages,
                         call.aligned ? "" : ", unaligned", call.whole_pages ? "" : " and a bit");
    case Op::kCloseFile:
      return fmt::format(", file {}", call.file);
    case Op::kBeginTransaction:
    case Op::kInsertRow:
    case Op::kCommitTransaction:
    case Op::kRollback:
      return fmt::format(", session {}", call.session);
    case Op::kAttachDatabase:
    case Op::kDetachDatabase:
    case Op::kCreateDatabase:
      return fmt::format(", session {}, database {}", call.session, call.database);
    case Op::kSetSystemParameter:
      return fmt::format(", parameter {}{}{}", ValueText(call.parameter),
                         call.same_value ? ", same value" : "",
                         call.value_valid ? "" : ", out of range");
    case Op::kBackup:
    case Op::kRestoreInstance:
      return fmt::format(", directory {}", ValueText(call.directory));
    case Op::kExternalRestore:
      return fmt::format(", {}", ValueText(call.restore));
    default:
      return call.op >= Op::kSnapshotPrepare && call.op <= Op::kFreezeTimesOut
                 ? fmt::format(", snapshot {}", call.snapshot)
                 : std::string();
  }
}

}  // namespace

std::string LetterText(const Letter& letter) {
  const Call& call = letter.call;
  std::string text =
      fmt::format("{}({}{}", OpName(call.op, call.legacy),
                  call.null_pointer ? "null" : ValueText(call.instance), ArgumentText(call));
  if (call.name_taken) text += ", name taken";
  if (call.grbit != 0) text += fmt::format(", grbit {}", BitsText(call.grbit));
  text += ")";
  if (letter.stage == Stage::kMiddle) text += " copies";
  if (letter.stage == Stage::kLeave) text += letter.call.op == Op::kTerm ? " decides" : " is done";
  if (letter.failing) {
    const Fault fault = call.environment.fault;
    text += fault == Fault::kNone ? ", refused" : fmt::format(", {}", ValueText(fault));
  }
  return text;
}

}  // namespace backstop::model
