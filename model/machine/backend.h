// SPDX-License-Identifier: MIT
// Runs a table with Boost.MSM. Included by the files that compile a machine and by nothing else:
// each costs seconds and hundreds of megabytes.
#pragma once

#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "model/machine/facts.h"
#include "model/machine/family.h"
#include "model/machine/regions.h"

namespace backstop::model {

namespace msm = boost::msm;

template <class State>
struct MsmState : msm::front::state<> {};

/// Rows are named by number, not by their parts: the names of MSM's functions stay short.
template <class Table, size_t kRow>
struct RowGuard {
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event&, Machine& machine, From&, To&) const {
    using R = mp::mp_at_c<typename Facts<Table>::List, kRow>;
    return R::Holds(*machine.context);
  }
};

template <class Table, size_t kRow>
struct RowAction {
  template <class Event, class Machine, class From, class To>
  void operator()(const Event&, Machine& machine, From&, To&) const {
    TakeRow<mp::mp_at_c<typename Facts<Table>::List, kRow>>(*machine.context, RowId{kRow});
  }
};

template <class Table, class Index>
struct MsmRowOf {
  using R = mp::mp_at<typename Facts<Table>::List, Index>;
  using Target = std::conditional_t<std::is_same_v<typename R::Target, Stays>, msm::front::none,
                                    MsmState<typename R::Target>>;
  using Guard = std::conditional_t<R::kAlways, msm::front::none, RowGuard<Table, Index::value>>;
  using type = msm::front::Row<MsmState<typename R::Source>, typename R::Event, Target,
                               RowAction<Table, Index::value>, Guard>;
};

template <class Table>
struct Definition : msm::front::state_machine_def<Definition<Table>> {
  using no_message_queue = int;
  using no_exception_thrown = int;
  using initial_state = MsmState<mp::mp_front<typename Table::Region::States>>;
  template <class Index>
  using MsmRow = typename MsmRowOf<Table, Index>::type;
  /// MSM tries the last row of a (state, event) first, the table is read from the top.
  using transition_table =
      mp::mp_reverse<mp::mp_transform<MsmRow, mp::mp_iota_c<Facts<Table>::kRows>>>;

  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {}
  template <class Machine, class Event>
  void exception_caught(const Event&, Machine&, std::exception&) {}

  Context* context = nullptr;
};

/// A machine is never copied: a copy would fall back to the initial state. It is loaded and read
/// for each event instead.
template <class Table>
class Backed final : public Family {
 public:
  Backed() { machine_.start(); }

  void React(EventId event, Context& c) override {
    auto& state = Table::Region::Of(c);
    machine_.context = &c;
    Loader loader{kIds[static_cast<size_t>(state)]};
    machine_.serialize(loader, 0);
    const Handler handler = kHandlers[static_cast<size_t>(event)];
    if (handler != nullptr) handler(machine_);
    // An effect may have reset the instance: the region is stored after it.
    state = kStates[static_cast<size_t>(machine_.current_state()[0])];
  }
  bool Knows(EventId event) const override { return kKnown[static_cast<size_t>(event)]; }
  bool AsksEnvironment(EventId event) const override { return kAsking[static_cast<size_t>(event)]; }
  uint32_t AskedFaults(EventId event) const override { return kFaults[static_cast<size_t>(event)]; }
  RowId RowCount() const override { return Facts<Table>::kRows; }

 private:
  using Machine = msm::back::state_machine<Definition<Table>>;
  using Handler = void (*)(Machine&);
  using States = typename Table::Region::States;
  using Value = std::remove_cvref_t<decltype(mp::mp_front<States>::kValue)>;

  /// Plays the archive of MSM's serialize(), which hands out the array of active states.
  struct Loader {
    int id;
    template <class Member>
    Loader& operator&(Member& member) {
      if constexpr (std::is_same_v<Member, int[1]>) member[0] = id;
      return *this;
    }
  };

  template <class State>
  static constexpr int kIdOf =
      msm::back::get_state_id<typename Machine::stt, MsmState<State>>::value;

  static constexpr auto kIds = [] {
    std::array<int, mp::mp_size<States>::value> ids{};
    mp::mp_for_each<States>([&](auto state) {
      using State = decltype(state);
      ids[static_cast<size_t>(State::kValue)] = kIdOf<State>;
    });
    return ids;
  }();
  static constexpr auto kStates = [] {
    std::array<Value, mp::mp_size<States>::value> states{};
    mp::mp_for_each<States>([&](auto state) {
      using State = decltype(state);
      states[static_cast<size_t>(kIdOf<State>)] = State::kValue;
    });
    return states;
  }();

  template <class Event>
  static void Process(Machine& machine) {
    machine.process_event(Event());
  }
  static constexpr auto kHandlers = [] {
    std::array<Handler, kEventCount> handlers{};
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Facts<Table>::List>>([&](auto row) {
      using Event = typename decltype(row)::type::Event;
      handlers[static_cast<size_t>(Event::kId)] = &Process<Event>;
    });
    return handlers;
  }();
  static constexpr auto kKnown = Facts<Table>::Known();
  static constexpr auto kAsking = Facts<Table>::AskingEnvironment();
  static constexpr auto kFaults = Facts<Table>::AskedFaults();

  Machine machine_;
};

}  // namespace backstop::model
