// SPDX-License-Identifier: MIT
// An instance: its gate, databases, backup, and, while it is initialised, its storage.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "impl/engine/api_gate.h"
#include "impl/engine/backup.h"
#include "impl/engine/database_table.h"
#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/parameters.h"
#include "impl/engine/storage.h"
#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

/// What the parameters say about the storage.
StorageSettings SettingsOf(const Parameters& parameters);

/// Lives as long as somebody refers to it, so that a call which found it never touches freed
/// memory (H-03); it is freed in the sense of the API when it leaves the instance table.
class Instance {
 public:
  /// `serial` numbers the instances of a process from 1; handles derive from it.
  /// `dialect` must outlive it.
  Instance(env::Env& env, const Dialect& dialect, uint32_t serial, std::optional<std::string> name,
           const Parameters& parameters);

  JET_INSTANCE handle() const { return serial_; }
  const Dialect& dialect() const { return dialect_; }
  const std::optional<std::string>& name() const { return name_; }
  ApiGate& gate() { return gate_; }
  DatabaseTable& databases() { return databases_; }
  Backup& backup() { return backup_; }
  /// Only between initialisation and termination.
  Storage& storage() { return *storage_; }

  /// Recovers and opens the storage; for the caller of ApiGate::BeginInit.
  /// `grbit`: of JetInit3.
  Err Open(const Parameters& parameters, JET_GRBIT grbit);
  /// Ends the backup as JetTerm2 says, or refuses termination and changes nothing but a backup torn
  /// down; for the caller of ApiGate::BeginTerm.
  Err PrepareClose(JET_GRBIT grbit);
  /// Ends the instance after that.
  Err Close(JET_GRBIT grbit);
  /// Whether it ended with a log open that nobody will ever close (D-33).
  bool left_log_open() const { return left_log_open_; }

  Err BeginSession(JET_SESID* id);
  /// The serial of the instance that a session identifier belongs to.
  static uint32_t SerialOfSession(JET_SESID id);

  // -- under the lock of the process --
  Parameters parameters;
  bool paths_claimed = false;  ///< no other instance may use them

 private:
  bool InTransaction();
  Err CheckClosable(JET_GRBIT grbit);

  env::Env& env_;
  const Dialect& dialect_;
  uint32_t serial_;
  std::optional<std::string> name_;
  ApiGate gate_;
  DatabaseTable databases_;
  Backup backup_;
  std::unique_ptr<Storage> storage_;
  uint64_t max_sessions_ = 0;
  bool left_log_open_ = false;
};

}  // namespace backstop::engine
