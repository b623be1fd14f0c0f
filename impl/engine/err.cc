// SPDX-License-Identifier: MIT
#include "impl/engine/err.h"

#include "impl/esent.h"

namespace backstop::engine {

Err FromIo(env::IoStatus status) {
  switch (status) {
    case env::IoStatus::kOk:
      return JET_errSuccess;
    case env::IoStatus::kNotFound:
      return JET_errFileNotFound;
    case env::IoStatus::kExists:
      return JET_errDatabaseDuplicate;
    case env::IoStatus::kAccessDenied:
      return JET_errFileAccessDenied;
    case env::IoStatus::kNoSpace:
      return JET_errDiskFull;
    case env::IoStatus::kIoError:
      return JET_errDiskIO;
    case env::IoStatus::kInvalidPath:
      return JET_errInvalidPath;
    case env::IoStatus::kClosed:
      return JET_errInternalError;
  }
  return JET_errInternalError;
}

}  // namespace backstop::engine
