// SPDX-License-Identifier: MIT
// A row of a transition table:
//
//   Row<Databases, ReadFile, Fails<JET_errBackupAbortByServer, "READ-2">, If<StopRequested>>
//
// reads "in the databases phase, JetReadFileInstance fails with JET_errBackupAbortByServer if a
// stop was requested; clause READ-2". Rows of one call are tried from the top: the order of the
// rows is the order of the checks. `In<...>` and `On<...>` stand for several states or events.
#pragma once

#include <boost/mp11.hpp>
#include <string_view>
#include <type_traits>

#include "model/clauses/clauses.h"
#include "model/dialect.h"
#include "model/machine/conditions.h"
#include "model/machine/effects.h"

namespace backstop::model {

namespace mp = boost::mp11;

// -- what the call returns --

enum class ResultKind : uint8_t { kReturns, kGoesOn, kAdmits };

template <ResultKind kKindValue, int32_t kErrValue, Text kClauseId>
struct Result {
  static_assert(IsClause(kClauseId.view()),
                "a row names a clause that model/clauses does not have");
  static constexpr ResultKind kKind = kKindValue;
  static constexpr Err kErr = kErrValue;
  static constexpr std::string_view kClause = kClauseId.view();
};

template <int32_t kErr, Text kClause>
struct Fails : Result<ResultKind::kReturns, kErr, kClause> {
  static_assert(kErr < 0, "errors are negative");
};
template <Text kClause>
struct Succeeds : Result<ResultKind::kReturns, 0, kClause> {};
template <int32_t kErr, Text kClause>
struct Warns : Result<ResultKind::kReturns, kErr, kClause> {
  static_assert(kErr > 0, "warnings are positive");
};
/// The first event of a call of two: the second one decides.
template <Text kClause>
struct GoesOn : Result<ResultKind::kGoesOn, 0, kClause> {};
/// The entry gate lets the call through to its family.
template <Text kClause>
struct Admits : Result<ResultKind::kAdmits, 0, kClause> {};

// -- the parts of a row --

template <class... States>
struct In {};
template <class... Events>
struct On {};

template <class ConditionType>
struct If {
  using Condition = ConditionType;
};
template <class... Effects>
struct Do {
  using List = mp::mp_list<Effects...>;
};
template <class StateType>
struct To {
  using State = StateType;
};
/// No public call can reach the row; says why.
template <Text kWhy>
struct Internal {
  static constexpr std::string_view kReason = kWhy.view();
};

/// A difference between the dialects, as it is named in a row: its id and its field.
template <Text kIdText, Follow Dialect::*kFieldMember>
struct DifferenceType {
  static constexpr std::string_view kId = kIdText.view();
  static constexpr auto kField = kFieldMember;
};
/// The row holds only where the dialect follows the original engine.
template <class DifferenceName>
struct Ese {
  static constexpr std::string_view kDialect = "ese";
  static constexpr std::string_view kDifference = DifferenceName::kId;
  static bool Holds(const Context& c) {
    return c.dialect->*DifferenceName::kField == Follow::kSource;
  }
};
/// The row holds only where the dialect does not follow the original engine.
template <class DifferenceName>
struct Strict {
  static_assert(kStrict.*DifferenceName::kField != Follow::kSource,
                "the dialects agree on this difference");
  static constexpr std::string_view kDialect = "strict";
  static constexpr std::string_view kDifference = DifferenceName::kId;
  static bool Holds(const Context& c) {
    return c.dialect->*DifferenceName::kField != Follow::kSource;
  }
};
/// Every dialect has the row.
struct BothDialects {
  static constexpr std::string_view kDialect = "";
  static constexpr std::string_view kDifference = "";
  static bool Holds(const Context&) { return true; }
};

/// The call does not return before something else happens; says what it waits for.
template <Text kFor>
struct Waits {
  static constexpr std::string_view kReason = kFor.view();
};

template <class Source, class Event, class Result, class... Parts>
struct Row {};

// -- one row of one state and one event --

struct Stays {};

namespace detail {

template <class Part>
struct IsIf : std::false_type {};
template <class C>
struct IsIf<If<C>> : std::true_type {};
template <class Part>
struct IsDo : std::false_type {};
template <class... E>
struct IsDo<Do<E...>> : std::true_type {};
template <class Part>
struct IsTo : std::false_type {};
template <class S>
struct IsTo<To<S>> : std::true_type {};
template <class Part>
struct IsInternal : std::false_type {};
template <Text kWhy>
struct IsInternal<Internal<kWhy>> : std::true_type {};
template <class Part>
struct IsDialect : std::false_type {};
template <class D>
struct IsDialect<Ese<D>> : std::true_type {};
template <class D>
struct IsDialect<Strict<D>> : std::true_type {};
template <class Part>
struct IsWaits : std::false_type {};
template <Text kFor>
struct IsWaits<Waits<kFor>> : std::true_type {};

/// The part that `Pred` picks, else `Default`.
template <template <class> class Pred, class Default, class... Parts>
using PartOr = mp::mp_front<mp::mp_push_back<mp::mp_copy_if<mp::mp_list<Parts...>, Pred>, Default>>;

template <class T>
struct Members {
  using List = mp::mp_list<T>;
};
template <class... T>
struct Members<In<T...>> {
  using List = mp::mp_list<T...>;
};
template <class... T>
struct Members<On<T...>> {
  using List = mp::mp_list<T...>;
};

}  // namespace detail

template <class SourceState, class EventType, class ResultType, class... Parts>
struct Single {
  using Source = SourceState;
  using Event = EventType;
  using Result = ResultType;
  using Condition = typename detail::PartOr<detail::IsIf, If<Otherwise>, Parts...>::Condition;
  using Effects = typename detail::PartOr<detail::IsDo, Do<>, Parts...>::List;
  using Target = typename detail::PartOr<detail::IsTo, To<Stays>, Parts...>::State;
  using InternalPart = detail::PartOr<detail::IsInternal, void, Parts...>;
  using DialectPart = detail::PartOr<detail::IsDialect, BothDialects, Parts...>;
  using WaitsPart = detail::PartOr<detail::IsWaits, void, Parts...>;
  /// Neither a condition nor a dialect: the row always holds.
  static constexpr bool kAlways =
      std::is_same_v<Condition, Otherwise> && std::is_same_v<DialectPart, BothDialects>;
  static bool Holds(const Context& c) { return DialectPart::Holds(c) && Condition::Holds(c); }
};

namespace detail {

template <class R>
struct Expand;
template <class Source, class Event, class Result, class... Parts>
struct Expand<Row<Source, Event, Result, Parts...>> {
  template <class S, class E>
  using One = Single<S, E, Result, Parts...>;
  using List = mp::mp_product<One, typename Members<Source>::List, typename Members<Event>::List>;
};
template <class R>
using ExpandedRow = typename Expand<R>::List;

}  // namespace detail

/// Every row of one state and one event, in the order in which they are tried.
template <class Rows>
using Expanded = mp::mp_flatten<mp::mp_transform<detail::ExpandedRow, Rows>>;

}  // namespace backstop::model
