// SPDX-License-Identifier: MIT
#include "model/export/findings.h"

#include <algorithm>

namespace backstop::model {

namespace {

constexpr Finding kFindings[] = {
#define FINDING(id, topic, documented, page, original, cite, strict) \
  {id, topic, documented, page, original, cite, strict},
#include "model/export/findings.def"
#undef FINDING
};

}  // namespace

std::span<const Finding> Findings() { return kFindings; }

const Finding* FindFinding(std::string_view id) {
  const auto* found = std::ranges::find(kFindings, id, &Finding::id);
  return found == std::end(kFindings) ? nullptr : found;
}

std::vector<std::string_view> DecidedBy(const Clause& clause) {
  std::vector<std::string_view> ids;
  std::string_view rest = clause.decides;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(','), rest.size());
    ids.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(", "), rest.size()));
  }
  return ids;
}

}  // namespace backstop::model
