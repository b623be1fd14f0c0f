// SPDX-License-Identifier: MIT
#include "sim/harness/jet_api.h"

namespace backstop::harness {

JetApi BuiltinJetApi(const char* name) {
  JetApi table;
  table.name = name;
#define BACKSTOP_FILL(function) table.function = &::function;
  BACKSTOP_JET_FUNCTIONS(BACKSTOP_FILL)
#undef BACKSTOP_FILL
  return table;
}

}  // namespace backstop::harness
