/* SPDX-License-Identifier: MIT */
/* A client that backs a database up while it is in use: databases first, then logs, each file read
 * to its end; then logs that no restore needs are deleted.
 *
 *     backup_client DIRECTORY TARGET
 *
 * DIRECTORY has the people.edb that `writer` makes, TARGET exists and gets the copies. */
#include "impl/examples/example.h"

enum { kBufferBytes = 1024 * 1024, kListBytes = 64 * 1024 };

static const char* NameOf(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

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

static JET_ERR Backup(JET_INSTANCE instance, const char* target, void* buffer) {
  static char list[kListBytes];
  JET_ERR err = JetGetAttachInfoInstance(instance, list, sizeof list, NULL);
  if (err >= 0) err = CopyAll(instance, list, target, buffer);
  if (err >= 0) err = JetGetLogInfoInstance(instance, list, sizeof list, NULL);
  if (err >= 0) err = CopyAll(instance, list, target, buffer);
  if (err >= 0) err = JetTruncateLogInstance(instance);
  return err;
}

int main(int argc, char** argv) {
  JET_INSTANCE instance = JET_instanceNil;
  JET_SESID session = JET_sesidNil;
  JET_ERR err = JET_errSuccess;
  void* buffer = aligned_alloc(4096, kBufferBytes);
  if (argc != 3 || buffer == NULL) {
    fprintf(stderr, "usage: %s DIRECTORY TARGET\n", argv[0]);
    return 2;
  }
  instance = StartInstance("backup_client", argv[1]);
  MUST(JetBeginSession(instance, &session, NULL, NULL));
  MUST(JetAttachDatabase(session, In(argv[1], "people.edb"), 0));
  MUST(JetBeginExternalBackupInstance(instance, 0));
  err = Backup(instance, argv[2], buffer);
  MUST(JetEndExternalBackupInstance2(instance,
                                     err >= 0 ? JET_bitBackupEndNormal : JET_bitBackupEndAbort));
  MUST(err);
  MUST(JetEndSession(session, 0));
  MUST(JetTerm(instance));
  free(buffer);
  return 0;
}
