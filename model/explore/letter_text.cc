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
    default:
      return {};
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
  if (letter.stage == Stage::kLeave) text += " decides";
  if (letter.failing) text += call.environment.fault != Fault::kNone ? ", I/O fails" : ", refused";
  return text;
}

}  // namespace backstop::model
