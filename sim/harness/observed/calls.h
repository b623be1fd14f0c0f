// SPDX-License-Identifier: MIT
// The kinds of recorded steps, by family: each makes one call, or the calls of a composite step.
#pragma once

#include "sim/harness/observed/player.h"

namespace backstop::observed {

/// What the functions below work on.
struct Calls {
  const harness::JetApi& api;
  env::Env& env;
  Symbols& symbols;
  const Sequence& sequence;
  Player& player;
  GivenRestore& given;
  const Step& step;
  StepResult& result;

  Calls(Player& from, const Step& of, StepResult& into)
      : api(from.api_),
        env(from.env_),
        symbols(from.symbols_),
        sequence(from.sequence_),
        player(from),
        given(from.given_),
        step(of),
        result(into) {}

  /// Makes the call, or notes that the engine lacks the function.
  template <class Function, class... Arguments>
  bool Make(Function harness::JetApi::*member, Arguments... arguments) {
    const Function function = api.*member;
    if (function == nullptr) {
      result.missing = step.call;
      return false;
    }
    result.err = function(arguments...);
    return true;
  }
  /// Whether the engine has all functions of a composite step; notes that it lacks one.
  template <class... Members>
  bool Has(Members... members) {
    if (((api.*members != nullptr) && ...)) return true;
    result.missing = step.call;
    return false;
  }
  std::string DirectoryOf(const std::string& instance) { return player.DirectoryOf(instance); }
  JET_ERR SetParameters(JET_INSTANCE* instance, const std::string& name) {
    return player.SetParameters(instance, player.DirectoryOf(name));
  }
};

/// A system parameter that sequences set.
struct Parameter {
  const char* name;
  uint32_t id;
  bool is_text;
  const char* value;  ///< that every sequence was recorded with; null: the engine's own
};
/// Null if no parameter has this name.
const Parameter* FindParameter(const std::string& name);

using StepFunction = void (*)(Calls&);

/// The function that makes steps of this name, from the family; null if it is of another one.
StepFunction FindInstanceCall(const std::string& name);
StepFunction FindDatabaseCall(const std::string& name);
StepFunction FindBackupCall(const std::string& name);
StepFunction FindSnapshotCall(const std::string& name);
StepFunction FindWholeCall(const std::string& name);
StepFunction FindRestoreCall(const std::string& name);
StepFunction FindRowStep(const std::string& name);
StepFunction FindFileStep(const std::string& name);

/// A name and what makes it, for the tables of the families.
struct NamedStep {
  const char* name;
  StepFunction function;
};
template <size_t kCount>
StepFunction FindIn(const NamedStep (&table)[kCount], const std::string& name) {
  for (const NamedStep& entry : table) {
    if (name == entry.name) return entry.function;
  }
  return nullptr;
}

}  // namespace backstop::observed
