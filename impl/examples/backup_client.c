/* SPDX-License-Identifier: MIT */
/* A client that backs a database up while it is in use, and restores it to another place.
 *
 *     backup_client backup DIRECTORY COPIES
 *     backup_client restore COPIES DIRECTORY
 *
 * Backup: databases first, then logs, each file read to its end; then logs that no restore needs
 * are deleted. DIRECTORY has the people.edb that `writer` makes; COPIES exists and gets the copies
 * and the file `backup.txt`, which says what a restore has to know. Restore: the database is put in
 * its new place, the logs are redone from where they are, and the rows are counted. DIRECTORY
 * exists and is empty. */
#include "impl/examples/example.h"

enum { kBufferBytes = 1024 * 1024, kListBytes = 64 * 1024 };

static const char* NameOf(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

/* -- backup -- */

/* Whatever goes wrong, a backup that was begun is ended. */
static JET_ERR CopyFile(JET_INSTANCE instance, const char* from, const char* target, void* buffer) {
  JET_HANDLE handle = 0;
  uint32_t low = 0, high = 0, bytes = 0;
  FILE* copy = NULL;
  JET_ERR err = JetOpenFileInstance(instance, from, &handle, &low, &high);
  if (err < 0) return err;
  copy = fopen(In(target, NameOf(from)), "wb");
  if (copy == NULL) err = JET_errFileAccessDenied;
  while (err >= 0) {
    err = JetReadFileInstance(instance, handle, buffer, kBufferBytes, &bytes);
    if (err < 0 || bytes == 0) break;
    if (fwrite(buffer, 1, bytes, copy) != bytes) err = JET_errDiskFull;
  }
  if (copy != NULL && fclose(copy) != 0 && err >= 0) err = JET_errDiskFull;
  JetCloseFileInstance(instance, handle);
  if (err >= 0) printf("%s\n", NameOf(from));
  return err;
}

static JET_ERR CopyAll(JET_INSTANCE instance, const char* list, const char* target, void* buffer) {
  JET_ERR err = JET_errSuccess;
  for (; *list != '\0' && err >= 0; list += strlen(list) + 1) {
    err = CopyFile(instance, list, target, buffer);
  }
  return err;
}

/* The range of the logs, and where the database was. */
static JET_ERR WriteDown(const char* target, const JET_LOGINFO_A* logs, const char* database) {
  FILE* file = fopen(In(target, "backup.txt"), "w");
  if (file == NULL) return JET_errFileAccessDenied;
  fprintf(file, "%u %u %s\n", (unsigned)logs->ulGenLow, (unsigned)logs->ulGenHigh, database);
  return fclose(file) == 0 ? JET_errSuccess : JET_errDiskFull;
}

static JET_ERR Copy(JET_INSTANCE instance, const char* target, void* buffer) {
  static char databases[kListBytes], logs[kListBytes];
  JET_LOGINFO_A range;
  JET_ERR err = JetGetAttachInfoInstance(instance, databases, sizeof databases, NULL);
  memset(&range, 0, sizeof range);
  range.cbSize = sizeof range;
  if (err >= 0) err = CopyAll(instance, databases, target, buffer);
  if (err >= 0) err = JetGetLogInfoInstance2(instance, logs, sizeof logs, NULL, &range);
  if (err >= 0) err = CopyAll(instance, logs, target, buffer);
  if (err >= 0) err = WriteDown(target, &range, databases);
  if (err >= 0) err = JetTruncateLogInstance(instance);
  return err;
}

static void Backup(const char* directory, const char* target) {
  JET_SESID session = JET_sesidNil;
  JET_ERR err = JET_errSuccess;
  void* buffer = aligned_alloc(4096, kBufferBytes);
  JET_INSTANCE instance = StartInstance("backup_client", directory);
  if (buffer == NULL) MUST(JET_errOutOfMemory);
  MUST(JetBeginSession(instance, &session, NULL, NULL));
  MUST(JetAttachDatabase(session, In(directory, "people.edb"), 0));
  MUST(JetBeginExternalBackupInstance(instance, 0));
  err = Copy(instance, target, buffer);
  MUST(JetEndExternalBackupInstance2(instance,
                                     err >= 0 ? JET_bitBackupEndNormal : JET_bitBackupEndAbort));
  MUST(err);
  MUST(JetEndSession(session, 0));
  MUST(JetTerm(instance));
  free(buffer);
}

/* -- restore -- */

/* The engine recovers a copy where it lies: putting it there is up to the client. */
static void PutInPlace(const char* from, const char* to) {
  static char buffer[kBufferBytes];
  FILE* copy = fopen(from, "rb");
  FILE* place = fopen(to, "wb");
  size_t bytes = 0;
  if (copy == NULL || place == NULL) MUST(JET_errFileAccessDenied);
  while ((bytes = fread(buffer, 1, sizeof buffer, copy)) > 0) {
    if (fwrite(buffer, 1, bytes, place) != bytes) MUST(JET_errDiskFull);
  }
  fclose(copy);
  if (fclose(place) != 0) MUST(JET_errDiskFull);
}

static void ReadDown(const char* copies, JET_LOGINFO_A* logs, char* database) {
  unsigned low = 0, high = 0;
  FILE* file = fopen(In(copies, "backup.txt"), "r");
  if (file == NULL || fscanf(file, "%u %u %1023[^\n]", &low, &high, database) != 3) {
    fprintf(stderr, "%s: no backup.txt that `backup_client backup` wrote\n", copies);
    exit(2);
  }
  fclose(file);
  memset(logs, 0, sizeof *logs);
  logs->cbSize = sizeof *logs;
  logs->ulGenLow = low;
  logs->ulGenHigh = high;
  memcpy(logs->szBaseName, "edb", 3);
}

static int CountRows(const char* directory, const char* database) {
  JET_INSTANCE instance = StartInstance("restored", directory);
  JET_SESID session = JET_sesidNil;
  JET_DBID opened = 0;
  JET_TABLEID table = 0;
  JET_ERR err = JET_errSuccess;
  int rows = 0;
  MUST(JetBeginSession(instance, &session, NULL, NULL));
  MUST(JetAttachDatabase(session, database, 0));
  MUST(JetOpenDatabase(session, database, NULL, &opened, 0));
  MUST(JetOpenTable(session, opened, "People", NULL, 0, 0, &table));
  err = JetMove(session, table, JET_MoveFirst, 0);
  for (; err >= 0; err = JetMove(session, table, JET_MoveNext, 0)) ++rows;
  if (err != JET_errNoCurrentRecord) MUST(err);
  MUST(JetCloseTable(session, table));
  MUST(JetEndSession(session, 0));
  MUST(JetTerm(instance));
  return rows;
}

static void Restore(const char* copies, const char* directory) {
  char old_path[kPathBytes], new_path[kPathBytes], logs[kPathBytes], place[kPathBytes];
  JET_LOGINFO_A range;
  JET_RSTMAP_A map = {old_path, new_path};
  ReadDown(copies, &range, old_path);
  snprintf(new_path, sizeof new_path, "%s", In(directory, NameOf(old_path)));
  snprintf(logs, sizeof logs, "%s", In(copies, ""));
  snprintf(place, sizeof place, "%s", In(directory, ""));
  PutInPlace(In(copies, NameOf(old_path)), new_path);
  MUST(JetExternalRestore2(place, place, &map, 1, logs, &range, NULL, NULL, NULL, NULL));
  printf("%s: %d rows\n", NameOf(new_path), CountRows(directory, new_path));
}

int main(int argc, char** argv) {
  const int backs_up = argc == 4 && strcmp(argv[1], "backup") == 0;
  const int restores = argc == 4 && strcmp(argv[1], "restore") == 0;
  if (!backs_up && !restores) {
    fprintf(stderr, "usage: %s backup DIRECTORY COPIES | restore COPIES DIRECTORY\n", argv[0]);
    return 2;
  }
  if (backs_up) Backup(argv[2], argv[3]);
  if (restores) Restore(argv[2], argv[3]);
  return 0;
}
