// SPDX-License-Identifier: MIT
#include "sim/harness/observed/grbit_names.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "impl/esent.h"

namespace backstop::observed {
namespace {

struct NamedBits {
  std::string_view name;
  uint32_t value;
};

#define BITS(name) \
  NamedBits { #name, name }
// Bits that no call of the built-in engine knows stand here with their number.
constexpr std::array kNames = {
    BITS(JET_bitTermComplete),
    BITS(JET_bitTermAbrupt),
    BITS(JET_bitTermStopBackup),
    BITS(JET_bitTermDirty),
    BITS(JET_bitStopServiceAll),
    BITS(JET_bitStopServiceBackgroundUserTasks),
    BITS(JET_bitStopServiceQuiesceCaches),
    BITS(JET_bitStopServiceStopAndEmitLog),
    BITS(JET_bitStopServiceResume),
    BITS(JET_bitBackupIncremental),
    NamedBits{"JET_bitKeepOldLogs", 0x2},
    BITS(JET_bitBackupAtomic),
    BITS(JET_bitBackupFullWithAllLogs),
    BITS(JET_bitBackupSnapshot),
    BITS(JET_bitBackupSurrogate),
    BITS(JET_bitInternalCopy),
    BITS(JET_bitBackupEndNormal),
    BITS(JET_bitBackupEndAbort),
    BITS(JET_bitBackupTruncateDone),
    BITS(JET_bitBackupNoDbHeaderUpdate),
    NamedBits{"JET_bitIncrementalSnapshot", 0x1},
    NamedBits{"JET_bitCopySnapshot", 0x2},
    NamedBits{"JET_bitContinueAfterThaw", 0x4},
    NamedBits{"JET_bitExplicitPrepare", 0x8},
    NamedBits{"JET_bitAllDatabasesSnapshot", 0x1},
    NamedBits{"JET_bitAbortSnapshot", 0x1},
    BITS(JET_bitReplayIgnoreMissingDB),
    BITS(JET_bitRecoveryWithoutUndo),
    BITS(JET_bitReplayMissingMapEntryDB),
    BITS(JET_bitLogStreamMustExist),
    BITS(JET_bitReplayIgnoreLostLogs),
    BITS(JET_bitAllowMissingCurrentLog),
    BITS(JET_bitAllowSoftRecoveryOnBackup),
    BITS(JET_bitSkipLostLogsEvent),
    BITS(JET_bitExternalRecoveryControl),
    BITS(JET_bitKeepDbAttachedAtEndOfRecovery),
    BITS(JET_bitDbReadOnly),
    BITS(JET_bitDbExclusive),
    BITS(JET_bitDbRecoveryOff),
    BITS(JET_bitDbShadowingOff),
    BITS(JET_bitDbOverwriteExisting),
    BITS(JET_bitForceDetach),
    BITS(JET_bitForceCloseAndDetach),
};
#undef BITS

std::optional<uint32_t> ParseOne(std::string_view text) {
  const auto* found = std::ranges::find(kNames, text, &NamedBits::name);
  if (found != kNames.end()) return found->value;
  const bool hex = text.starts_with("0x");
  const char* end = text.data() + text.size();
  uint32_t value = 0;
  const auto [stop, error] =
      std::from_chars(text.data() + (hex ? 2 : 0), end, value, hex ? 16 : 10);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<uint32_t> ParseGrbit(std::string_view text) {
  uint32_t bits = 0;
  while (true) {
    const size_t bar = text.find('|');
    const std::optional<uint32_t> part = ParseOne(text.substr(0, bar));
    if (!part) return std::nullopt;
    bits |= *part;
    if (bar == text.npos) return bits;
    text.remove_prefix(bar + 1);
  }
}

}  // namespace backstop::observed
