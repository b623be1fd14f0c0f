// SPDX-License-Identifier: MIT
// Keeps what the calls of a run copy, as a backup program would, and which rows a restore of it may
// show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/call.h"
#include "sim/harness/durability/client.h"
#include "sim/harness/durability/ledger.h"

namespace backstop::harness {

/// A backup of which every listed log and at least one database was read from beginning to end, and
/// which ended well.
struct KeptBackup {
  BackupCopy copy;
  RowWindow rows;  ///< of the call that took the log range
};

/// Follows the streaming calls on the first instance. A backup whose calls overlap each other is
/// not kept: nobody could say in which order their bytes belong.
class BackupKeeper {
 public:
  void BeginRun();

  void Invoke(const model::Call& call, const Ledger& ledger);
  /// `data`: what JetReadFile gave, else empty; `listed`: the generations that JetGetLogInfo
  /// listed.
  void Return(const model::Call& call, const model::Outcome& outcome,
              std::span<const std::byte> data, const std::vector<uint32_t>& listed,
              const Ledger& ledger);

  /// The backup that ended last.
  const std::optional<KeptBackup>& kept() const { return kept_; }

 private:
  struct OpenFile {
    model::FileRef handle = model::kNoFile;
    bool is_log = false;
    uint32_t generation = 0;
    uint8_t database = 0;
    uint64_t size = 0;
    BackupCopy::Bytes bytes;
  };

  void Begin();
  void CloseFile();
  void TakeLogs(const std::vector<uint32_t>& listed, const Ledger& ledger);
  void End();

  unsigned under_way_ = 0;  ///< streaming calls
  bool whole_ = false;      ///< a full backup whose calls did not overlap
  uint64_t listing_ = 0;    ///< when the first log info was asked for
  bool listed_ = false;
  KeptBackup made_;
  std::optional<OpenFile> file_;
  std::optional<KeptBackup> kept_;
};

}  // namespace backstop::harness
