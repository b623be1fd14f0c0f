/* SPDX-License-Identifier: MIT */
/* What the example programs share: a call that must succeed, and an instance in a directory. */
#ifndef BACKSTOP_IMPL_EXAMPLES_EXAMPLE_H_
#define BACKSTOP_IMPL_EXAMPLES_EXAMPLE_H_

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "impl/esent.h"

enum { kPathBytes = 1024 };

/* Ends the program with one clear line if a call failed; warnings are fine. */
#define MUST(call) Must((call), #call)

static void Must(JET_ERR err, const char* what) {
  if (err >= 0) return;
  fprintf(stderr, "error %d from %s\n", (int)err, what);
  exit(1);
}

/* Joins a directory and a name; the result is good until the next call. */
static const char* In(const char* directory, const char* name) {
  static char path[kPathBytes];
  const int length = snprintf(path, sizeof path, "%s/%s", directory, name);
  if (length < 0 || (size_t)length >= sizeof path) {
    fprintf(stderr, "%s: the path is too long\n", directory);
    exit(2);
  }
  return path;
}

/* Starts an instance whose files are all in one directory, which exists. */
static JET_INSTANCE StartInstance(const char* name, const char* directory) {
  JET_INSTANCE instance = JET_instanceNil;
  const uint32_t paths[] = {JET_paramSystemPath, JET_paramLogFilePath, JET_paramTempPath};
  size_t i = 0;
  MUST(JetCreateInstance(&instance, name));
  for (i = 0; i < sizeof paths / sizeof *paths; ++i) {
    MUST(JetSetSystemParameter(&instance, JET_sesidNil, paths[i], 0, In(directory, "")));
  }
  MUST(JetInit(&instance));
  return instance;
}

#endif
