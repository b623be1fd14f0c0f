// SPDX-License-Identifier: MIT
// Databases: creation, attachment, opening, information.
#include <cstring>
#include <string>

#include "impl/api/session_call.h"
#include "impl/engine/database_file.h"
#include "impl/engine/db_header.h"
#include "impl/engine/instance.h"
#include "impl/engine/path.h"
#include "impl/engine/process.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::AttachedDatabase;
using engine::Err;

bool HasName(JET_PCSTR name) { return name != nullptr && *name != '\0'; }

Err CreateDatabase(JET_SESID sesid, JET_PCSTR name, JET_DBID* id, JET_GRBIT grbit) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  if (!HasName(name)) return JET_errDatabaseInvalidPath;
  if (id == nullptr) return JET_errInvalidParameter;
  const std::string path = engine::NormalPath(name);
  const engine::DatabaseTable::Change change(call.instance().databases());
  // Calls that still work after a stop of the service may have changed databases meanwhile.
  if (call.instance().gate().service_stopped()) return JET_errClientRequestToStopJetService;
  if (const Err err = call.storage().CreateDatabase(path, grbit); err < 0) return err;
  AttachedDatabase& database = *call.storage().Find(path);
  *id = call.instance().databases().AddOpen(database);
  call.session().AddDatabase(*id, database);
  return JET_errSuccess;
}

/// Calls `operation()` while no backup runs. The caller holds a Change, which goes first: nobody
/// may wait for one while backups wait for him.
template <class Operation>
Err WithoutBackup(SessionCall& call, AfterStopService rule, Operation operation) {
  engine::Backup& backup = call.instance().backup();
  const bool after_stop_service = rule == AfterStopService::kAllowed;
  if (const Err err = backup.BeginAttachment(after_stop_service); err < 0) return err;
  const Err err = operation();
  backup.EndAttachment();
  return err;
}

Err Attach(SessionCall& call, const std::string& path, JET_GRBIT grbit) {
  const Err err = call.storage().AttachDatabase(path, grbit);
  if (err >= 0) call.instance().databases().Add(*call.storage().Find(path));
  return err;
}

Err AttachDatabase(JET_SESID sesid, JET_PCSTR name, JET_GRBIT grbit) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  if (call.storage().Level(call.transaction()) > 0) return JET_errInTransaction;
  if ((grbit & JET_bitDbVersioningOff) != 0) return JET_errCannotDisableVersioning;
  if (!HasName(name)) return JET_errDatabaseInvalidPath;
  constexpr JET_GRBIT kNeedsWrite = JET_bitDbDeleteCorruptIndexes | JET_bitDbReadOnly;
  if ((grbit & kNeedsWrite) == kNeedsWrite) return JET_errInvalidGrbit;
  const std::string path = engine::NormalPath(name);
  if (const Err err = call.storage().CheckPath(path, grbit); err < 0) return err;
  const engine::DatabaseTable::Change change(call.instance().databases());
  return WithoutBackup(call, AfterStopService::kRefused, [&] { return Attach(call, path, grbit); });
}

Err DetachOne(SessionCall& call, const std::string& path) {
  engine::DatabaseTable& databases = call.instance().databases();
  if (const Err err = databases.Remove(path); err < 0) return err;
  const Err err = call.storage().DetachDatabase(path);
  AttachedDatabase* kept = call.storage().Find(path);
  if (kept != nullptr) databases.Add(*kept);
  return err;
}

Err DetachAll(SessionCall& call) {
  for (const AttachedDatabase* database : call.instance().databases().All()) {
    const std::string path = database->path();
    if (const Err err = DetachOne(call, path); err < 0) return err;
  }
  return JET_errSuccess;
}

Err DetachDatabase(JET_SESID sesid, JET_PCSTR name, JET_GRBIT grbit) {
  SessionCall call(sesid, AfterStopService::kAllowed);
  if (call.err() < 0) return call.err();
  if (call.storage().Level(call.transaction()) > 0) return JET_errInTransaction;
  const std::string path = HasName(name) ? engine::NormalPath(name) : "";
  const engine::DatabaseTable::Change change(call.instance().databases());
  // Before the test for a backup (C-26).
  const bool force = (grbit & JET_bitForceDetach) != 0;
  if (force && call.instance().databases().Attached(path)) return JET_errForceDetachNotAllowed;
  return WithoutBackup(call, AfterStopService::kAllowed,
                       [&] { return path.empty() ? DetachAll(call) : DetachOne(call, path); });
}

/// Why the session does not have a database open (C-28).
Err NotOpen(SessionCall& call, JET_DBID id) {
  return call.instance().databases().Known(id) ? JET_errInvalidDatabaseId : JET_errInvalidParameter;
}

bool IsDatabaseInfoSize(uint32_t bytes) {
  return bytes == sizeof(JET_DBINFOMISC) || bytes == sizeof(JET_DBINFOMISC2) ||
         bytes == sizeof(JET_DBINFOMISC3) || bytes == sizeof(JET_DBINFOMISC4);
}

/// Gives as much of the information as the structure of this size has.
Err GiveInfo(const JET_DBINFOMISC4& info, void* to, uint32_t bytes) {
  if (!IsDatabaseInfoSize(bytes)) return JET_errInvalidBufferSize;
  std::memcpy(to, &info, bytes);
  return JET_errSuccess;
}

Err GetFileInfo(JET_PCSTR name, void* result, uint32_t bytes, uint32_t level) {
  if (!HasName(name) || result == nullptr) return JET_errInvalidParameter;
  if (level != JET_DbInfoMisc && level != JET_DbInfoPageSize) return JET_errInvalidParameter;
  engine::DatabaseHeader header;
  const bool fits =
      level == JET_DbInfoMisc ? IsDatabaseInfoSize(bytes) : bytes == sizeof header.page_bytes;
  if (!fits) return JET_errInvalidBufferSize;
  env::Env& env = engine::Process::Current().env();
  const Err err = engine::ReadDatabaseHeader(env, engine::NormalPath(name), &header);
  if (err < 0) return err;
  if (level == JET_DbInfoMisc) return GiveInfo(engine::ToInfo(header), result, bytes);
  std::memcpy(result, &header.page_bytes, bytes);
  return JET_errSuccess;
}

}  // namespace
}  // namespace backstop::api

using backstop::api::AfterStopService;
using backstop::api::SessionCall;

JET_ERR JET_API JetCreateDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR, JET_DBID* pdbid,
                                  JET_GRBIT grbit) {
  return backstop::api::CreateDatabase(sesid, szFilename, pdbid, grbit);
}

JET_ERR JET_API JetCreateDatabase2(JET_SESID sesid, JET_PCSTR szFilename, uint32_t, JET_DBID* pdbid,
                                   JET_GRBIT grbit) {
  return backstop::api::CreateDatabase(sesid, szFilename, pdbid, grbit);
}

JET_ERR JET_API JetAttachDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_GRBIT grbit) {
  return backstop::api::AttachDatabase(sesid, szFilename, grbit);
}

JET_ERR JET_API JetAttachDatabase2(JET_SESID sesid, JET_PCSTR szFilename, uint32_t,
                                   JET_GRBIT grbit) {
  return backstop::api::AttachDatabase(sesid, szFilename, grbit);
}

JET_ERR JET_API JetDetachDatabase(JET_SESID sesid, JET_PCSTR szFilename) {
  return backstop::api::DetachDatabase(sesid, szFilename, 0);
}

JET_ERR JET_API JetDetachDatabase2(JET_SESID sesid, JET_PCSTR szFilename, JET_GRBIT grbit) {
  return backstop::api::DetachDatabase(sesid, szFilename, grbit);
}

JET_ERR JET_API JetOpenDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR, JET_DBID* pdbid,
                                JET_GRBIT grbit) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  if (!backstop::api::HasName(szFilename)) return JET_errDatabaseInvalidPath;
  if (pdbid == nullptr) return JET_errInvalidParameter;
  const bool exclusive = (grbit & JET_bitDbExclusive) != 0;
  backstop::engine::AttachedDatabase* database = nullptr;
  const JET_ERR err = call.instance().databases().Open(backstop::engine::NormalPath(szFilename),
                                                       exclusive, pdbid, &database);
  if (err >= 0) call.session().AddDatabase(*pdbid, *database);
  return err;
}

JET_ERR JET_API JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT) {
  SessionCall call(sesid, AfterStopService::kAllowed);
  if (call.err() < 0) return call.err();
  if (!call.session().RemoveDatabase(dbid)) return JET_errInvalidDatabaseId;
  call.instance().databases().Close(dbid);
  return JET_errSuccess;
}

JET_ERR JET_API JetGetDatabaseInfo(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax,
                                   uint32_t InfoLevel) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  backstop::engine::AttachedDatabase* database = call.session().FindDatabase(dbid);
  if (database == nullptr) return backstop::api::NotOpen(call, dbid);
  if (InfoLevel != JET_DbInfoMisc || pvResult == nullptr) return JET_errInvalidParameter;
  return backstop::api::GiveInfo(database->Info(), pvResult, cbMax);
}

JET_ERR JET_API JetGetDatabaseFileInfo(JET_PCSTR szDatabaseName, void* pvResult, uint32_t cbMax,
                                       uint32_t InfoLevel) {
  return backstop::api::GetFileInfo(szDatabaseName, pvResult, cbMax, InfoLevel);
}
