// SPDX-License-Identifier: MIT
// Commands for parallel state-machine tests, and the programs that are made of them.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace backstop::parallel {

/// One call of the class under test. As in rc::state a command knows what it does to a model; since
/// other calls may run beside it, it returns what the call returned instead of judging it.
/// `Result` can be compared and printed.
template <class Model, class Sut, class Result>
class Command {
 public:
  using ModelType = Model;
  using SutType = Sut;
  using ResultType = Result;

  virtual ~Command() = default;
  /// Whether the call may be made in this state, and would return in a finite time alone.
  virtual bool checkPreconditions(const Model&) const { return true; }
  /// What the call does when it runs alone, and what it returns then.
  virtual Result apply(Model& model) const = 0;
  /// Makes the call. Runs in a simulated thread: it must not draw from RapidCheck.
  virtual Result run(Sut& sut) const = 0;
  virtual void show(std::ostream& os) const = 0;
};

template <class C>
std::string TextOf(const C& command) {
  std::ostringstream text;
  command.show(text);
  return text.str();
}

/// Calls made one after the other, then several branches of calls beside each other.
template <class C>
struct ParallelProgram {
  using Calls = std::vector<std::shared_ptr<const C>>;
  Calls prefix;
  std::vector<Calls> branches;
};

template <class C>
void showValue(const ParallelProgram<C>& program, std::ostream& os) {
  os << "prefix:";
  for (const auto& call : program.prefix) os << " " << TextOf(*call);
  for (size_t i = 0; i < program.branches.size(); ++i) {
    os << "\nbranch " << i << ":";
    for (const auto& call : program.branches[i]) os << " " << TextOf(*call);
  }
}

/// Draws one of the given commands; like rc::state::gen::execOneOfWithArgs without arguments: the
/// default constructor of each may draw from RapidCheck.
template <class... Commands>
auto OneOf() {
  using First = std::tuple_element_t<0, std::tuple<Commands...>>;
  using C = Command<typename First::ModelType, typename First::SutType, typename First::ResultType>;
  return rc::gen::oneOf(rc::gen::exec(
      [] { return std::static_pointer_cast<const C>(std::make_shared<const Commands>()); })...);
}

namespace detail {

/// Whether the preconditions hold in whatever order the calls of the branches take effect.
template <class C, class Model>
bool MayRun(const std::vector<typename ParallelProgram<C>::Calls>& branches,
            std::vector<size_t>& at, const Model& model) {
  for (size_t i = 0; i < branches.size(); ++i) {
    if (at[i] == branches[i].size()) continue;
    const C& call = *branches[i][at[i]];
    if (!call.checkPreconditions(model)) return false;
    Model next = model;
    call.apply(next);
    ++at[i];
    const bool may = MayRun<C>(branches, at, next);
    --at[i];
    if (!may) return false;
  }
  return true;
}

}  // namespace detail

/// Leaves out calls whose preconditions might not hold.
template <class C, class Model>
ParallelProgram<C> Possible(const ParallelProgram<C>& drawn, const Model& initial) {
  ParallelProgram<C> program;
  Model model = initial;
  for (const auto& call : drawn.prefix) {
    if (!call->checkPreconditions(model)) continue;
    call->apply(model);
    program.prefix.push_back(call);
  }
  program.branches.resize(drawn.branches.size());
  for (size_t i = 0; i < drawn.branches.size(); ++i) {
    for (const auto& call : drawn.branches[i]) {
      program.branches[i].push_back(call);
      std::vector<size_t> at(program.branches.size());
      if (!detail::MayRun<C>(program.branches, at, model)) program.branches[i].pop_back();
    }
  }
  return program;
}

}  // namespace backstop::parallel
