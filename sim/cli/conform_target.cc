// SPDX-License-Identifier: MIT
#include "sim/cli/conform_target.h"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

namespace backstop::cli {

bool ConformTarget::Prepare(const std::string& path, double deadline_seconds,
                            const Context& context, std::string* error) {
  if (path == "builtin") {
    api_ = harness::BuiltinJetApi(context.provenance.engine.c_str());
    return true;
  }
  std::vector<std::string> missing;
  if (!harness::LoadJetApi(path, &api_, &missing, error)) return false;
  for (const std::string& name : missing) fmt::print(stderr, "{} has no {}\n", path, name);
  if (api_.JetSetSystemParameter == nullptr) {
    *error = path + ": without JetSetSystemParameter nothing can be set up";
    return false;
  }
  library_.emplace(api_, static_cast<unsigned>(deadline_seconds));
  return true;
}

observed::RunSequence ConformTarget::InLibrary(const std::string& dialect) {
  return [this, dialect](const observed::Sequence& sequence, size_t count) {
    // Every run is a process of its own, which reads its dialect when the first call is made.
    ::setenv("BACKSTOP_DIALECT", dialect.c_str(), 1);
    return library_->Run(sequence, count);
  };
}

observed::RunSequence ConformTarget::ForRecordings() {
  if (library_) return InLibrary("ese");
  recordings_.emplace(api_, engine::kEse);
  return [this](const observed::Sequence& sequence, size_t count) {
    return recordings_->Run(sequence, count);
  };
}

observed::RunSequence ConformTarget::ForSuite(const std::string& dialect) {
  if (library_) return InLibrary(dialect);
  suite_.emplace(api_, *engine::FindDialect(dialect));
  return [this](const observed::Sequence& sequence, size_t count) {
    return suite_->Run(sequence, count);
  };
}

}  // namespace backstop::cli
