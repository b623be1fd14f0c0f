// SPDX-License-Identifier: MIT
#include "model/dialect.h"

namespace backstop::model {

namespace {

constexpr Difference kDifferences[] = {
#define BACKSTOP_TEXT(field, id, strict, topic, strict_text, ese_text) \
  {id, #field, Follow::strict, topic, strict_text, ese_text},
    BACKSTOP_DIFFERENCES(BACKSTOP_TEXT)
#undef BACKSTOP_TEXT
};

}  // namespace

const Dialect* FindDialect(std::string_view name) {
  if (name == "strict") return &kStrict;
  return name == "ese" ? &kEse : nullptr;
}

std::span<const Difference> Differences() { return kDifferences; }

}  // namespace backstop::model
