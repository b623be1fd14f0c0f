// SPDX-License-Identifier: MIT
#include "impl/engine/error_name.h"

namespace backstop::engine {

const char* ErrorName(Err err) {
  switch (err) {
#define JET_ERROR(name, value, meaning) \
  case value:                           \
    return #name;
#include "impl/esent/errors.def"
#undef JET_ERROR
    default:
      return "JET_errUnknown";
  }
}

}  // namespace backstop::engine
