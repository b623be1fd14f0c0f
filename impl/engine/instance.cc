// SPDX-License-Identifier: MIT
#include "impl/engine/instance.h"

#include <algorithm>
#include <utility>

#include "impl/engine/io.h"
#include "impl/engine/path.h"

namespace backstop::engine {
namespace {

// Handles are the serial of the instance with a number below it.
constexpr unsigned kSessionBits = 20;
constexpr unsigned kFileBits = 40;

}  // namespace

StorageSettings SettingsOf(const Parameters& parameters) {
  StorageSettings settings;
  settings.system_path = NormalDirectory(parameters.system_path);
  settings.log_path = NormalDirectory(parameters.log_path);
  settings.base_name = parameters.base_name;
  settings.log_file_bytes = static_cast<uint32_t>(parameters.log_file_kb * 1024);
  settings.page_bytes = static_cast<uint32_t>(parameters.page_bytes);
  settings.logging = parameters.logging();
  settings.circular = parameters.circular != 0;
  settings.checkpoint_depth_bytes = static_cast<uint32_t>(parameters.checkpoint_depth);
  return settings;
}

Instance::Instance(env::Env& env, const Dialect& dialect, uint32_t serial,
                   std::optional<std::string> name, const Parameters& process_parameters)
    : parameters(process_parameters),
      env_(env),
      dialect_(dialect),
      serial_(serial),
      name_(std::move(name)),
      gate_(env, JET_SESID{serial} << kSessionBits),
      databases_(env),
      backup_(env, dialect, gate_, databases_, JET_HANDLE{serial} << kFileBits) {}

uint32_t Instance::SerialOfSession(JET_SESID id) {
  return static_cast<uint32_t>(id >> kSessionBits);
}

Err Instance::Open(const Parameters& fixed, JET_GRBIT grbit) {
  StorageSettings settings = SettingsOf(fixed);
  settings.reads_whole_log = dialect_.init_reads_whole_log;
  settings.ignore_missing_databases = (grbit & JET_bitReplayIgnoreMissingDB) != 0;
  if (fixed.create_path != 0) {
    MakeDirectories(env_, settings.system_path);
    MakeDirectories(env_, settings.log_path);
  }
  if (const Err err = Storage::Open(env_, settings, &storage_); err < 0) return err;
  max_sessions_ = fixed.max_sessions;
  backup_.Open(*storage_,
               {settings.base_name, settings.page_bytes, settings.logging, settings.circular});
  return JET_errSuccess;
}

bool Instance::InTransaction() {
  const auto& sessions = gate_.sessions();
  return std::any_of(sessions.begin(), sessions.end(), [this](const auto& session) {
    return storage_->Level(session->transaction()) > 0;
  });
}

Err Instance::CheckClosable(JET_GRBIT grbit) {
  const bool dirty = (grbit & JET_bitTermDirty) != 0;
  const bool ends_backup = (grbit & (JET_bitTermStopBackup | JET_bitTermAbrupt)) != 0;
  if (ends_backup || dirty) {
    left_log_open_ = dialect_.dirty_term_keeps_log_open && !ends_backup && backup_.HasLogOpen();
    backup_.TearDown();
  } else if (const Err busy = backup_.CheckNoneRuns(); busy < 0) {
    return busy;
  }
  return !dirty && InTransaction() ? JET_errTooManyActiveUsers : JET_errSuccess;
}

Err Instance::PrepareClose(JET_GRBIT grbit) {
  const Err refusal = CheckClosable(grbit);
  if (refusal < 0 && dialect_.refused_term_bars_backups) backup_.Bar();
  return refusal;
}

Err Instance::Close(JET_GRBIT grbit) {
  backup_.TearDown();  // a snapshot may have begun meanwhile
  const bool dirty = (grbit & JET_bitTermDirty) != 0;
  gate_.sessions().clear();
  databases_.Clear();
  const bool log_stopped = gate_.log_stopped();
  const Err err = storage_->Close(!dirty && !log_stopped);
  storage_.reset();
  if (dirty) return JET_errDirtyShutdown;
  return err >= 0 && log_stopped ? JET_errLogWriteFail : err;
}

Err Instance::BeginSession(JET_SESID* id) {
  return gate_.AddSession(storage_->NewTransaction(), max_sessions_, id);
}

}  // namespace backstop::engine
