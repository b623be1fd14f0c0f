// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "model/lifecycle.h"
#include "model/machine/conditions.h"

namespace backstop::model {

namespace {

class Writer {
 public:
  Writer(char* buffer, unsigned size) : at_(buffer), left_(size) {}

  template <class... Args>
  void Add(fmt::format_string<Args...> format, Args&&... args) {
    const auto result = fmt::format_to_n(at_, left_ - 1, format, std::forward<Args>(args)...);
    left_ -= static_cast<unsigned>(result.out - at_);
    at_ = result.out;
  }
  void Finish() { *at_ = '\0'; }

 private:
  char* at_;
  unsigned left_;
};

void AddFile(const FileState& file, Writer* out) {
  if (file.kind == FileKind::kNone) return;
  if (file.kind == FileKind::kDatabase) {
    out->Add(", file {} open (database {}", file.handle, file.database);
  } else {
    out->Add(", file {} open (log {}", file.handle, file.generation);
  }
  out->Add(", {} of {} pages)", file.offset_pages, file.size_pages);
}

void AddBackup(const BackupState& backup, Writer* out) {
  if (backup.phase == Phase::kNoBackup) return;
  out->Add(", {} {}", backup.full ? "full" : "incremental", ValueText(backup.phase));
  if (backup.whole) out->Add(", run by JetBackupInstance");
  if (backup.stop) out->Add(", stopped");
  if (backup.copied != 0) out->Add(", copied 0x{:x}", backup.copied);
  if (backup.copy_end != 0) out->Add(", logs {} to {}", backup.copy_low, backup.copy_end - 1);
  if (backup.logs_read != 0) out->Add(", read 0x{:x}", backup.logs_read);
  if (backup.truncated) out->Add(", truncated");
  AddFile(backup.file, out);
}

void AddInstance(const InstanceState& instance, Writer* out) {
  out->Add("{}", ValueText(instance.life));
  if (instance.stop_service) out->Add(", service stopped");
  if (instance.transactions != 0) out->Add(", in transaction 0x{:x}", instance.transactions);
  AddBackup(instance.backup, out);
}

void AddSnapshot(const SnapshotSession& session, Writer* out) {
  if (session.phase == SnapshotPhase::kNone) return;
  out->Add(" | snapshot {}, flags 0x{:x}, instances 0x{:x}", ValueText(session.phase),
           session.flags, session.members);
}

}  // namespace

const char* Describe(const Snapshot& state, char* buffer, unsigned size) {
  if (size == 0) return buffer;
  Writer out(buffer, size);
  AddInstance(state.instances[0], &out);
  if (state.instances[1].life != Life::kAbsent) {
    out.Add(" | ");
    AddInstance(state.instances[1], &out);
  }
  for (const SnapshotSession& session : state.snapshots) AddSnapshot(session, &out);
  out.Finish();
  return buffer;
}

}  // namespace backstop::model
