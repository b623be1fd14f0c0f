// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/grbit_text.h"

#include <fmt/format.h>

#include <span>

#include "impl/esent.h"

namespace backstop::conformance {
namespace {

using model::Op;

struct Bit {
  const char* name;
  uint32_t value;
};

#define BIT(name) \
  Bit { #name, name }
constexpr Bit kTerm[] = {BIT(JET_bitTermComplete), BIT(JET_bitTermAbrupt),
                         BIT(JET_bitTermStopBackup), BIT(JET_bitTermDirty)};
constexpr Bit kService[] = {BIT(JET_bitStopServiceBackgroundUserTasks),
                            BIT(JET_bitStopServiceQuiesceCaches),
                            BIT(JET_bitStopServiceStopAndEmitLog), BIT(JET_bitStopServiceResume)};
constexpr Bit kBegin[] = {BIT(JET_bitBackupIncremental), BIT(JET_bitBackupAtomic),
                          BIT(JET_bitBackupSurrogate), BIT(JET_bitInternalCopy)};
constexpr Bit kEnd[] = {BIT(JET_bitBackupEndNormal), BIT(JET_bitBackupEndAbort),
                        BIT(JET_bitBackupTruncateDone), BIT(JET_bitBackupNoDbHeaderUpdate),
                        BIT(JET_bitBackupSurrogate)};
constexpr Bit kDetach[] = {BIT(JET_bitForceDetach)};
constexpr Bit kDatabase[] = {BIT(JET_bitDbReadOnly), BIT(JET_bitDbRecoveryOff)};
#undef BIT
constexpr Bit kPrepare[] = {{"JET_bitIncrementalSnapshot", 0x1},
                            {"JET_bitCopySnapshot", 0x2},
                            {"JET_bitContinueAfterThaw", 0x4},
                            {"JET_bitExplicitPrepare", 0x8}};
constexpr Bit kTruncate[] = {{"JET_bitAllDatabasesSnapshot", 0x1}};
constexpr Bit kSnapshotEnd[] = {{"JET_bitAbortSnapshot", 0x1}};

std::span<const Bit> BitsOf(Op op) {
  switch (op) {
    case Op::kTerm:
      return kTerm;
    case Op::kStopServiceInstance2:
      return kService;
    case Op::kBeginExternalBackup:
    case Op::kBackup:
      return kBegin;
    case Op::kEndExternalBackup2:
      return kEnd;
    case Op::kDetachDatabase:
      return kDetach;
    case Op::kCreateDatabase:
    case Op::kAttachDatabase:
      return kDatabase;
    case Op::kSnapshotPrepare:
      return kPrepare;
    case Op::kSnapshotTruncateLog:
    case Op::kSnapshotTruncateLogInstance:
      return kTruncate;
    case Op::kSnapshotEnd:
      return kSnapshotEnd;
    default:
      return {};
  }
}

bool AlwaysWritten(Op op) {
  return op == Op::kTerm || op == Op::kStopServiceInstance2 || op == Op::kBeginExternalBackup ||
         op == Op::kEndExternalBackup2;
}

}  // namespace

std::string GrbitText(Op op, uint32_t grbit) {
  if (grbit == 0) return AlwaysWritten(op) ? "0" : "";
  std::string text;
  for (const Bit& bit : BitsOf(op)) {
    if ((grbit & bit.value) == 0) continue;
    grbit &= ~bit.value;
    text += fmt::format("{}{}", text.empty() ? "" : "|", bit.name);
  }
  if (grbit != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : "|", grbit);
  return text;
}

}  // namespace backstop::conformance
