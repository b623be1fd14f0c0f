// SPDX-License-Identifier: MIT
#include "sim/scheduler/name_table.h"

namespace backstop::sched {

NameId NameTable::Intern(std::string_view name) {
  if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
  const auto id = static_cast<NameId>(names_.size());
  ids_.emplace(names_.emplace_back(name), id);
  return id;
}

}  // namespace backstop::sched
