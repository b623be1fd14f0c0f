// SPDX-License-Identifier: MIT
// What can be said of a table without running it.
#pragma once

#include <array>

#include "model/machine/events.h"
#include "model/machine/row.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

template <class Table>
struct Facts {
  using List = Expanded<typename Table::Rows>;
  static constexpr size_t kRows = mp::mp_size<List>::value;
  using Mask = std::array<bool, kEventCount>;

  static constexpr Mask Known() {
    Mask mask{};
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>(
        [&](auto row) { mask[static_cast<size_t>(decltype(row)::type::Event::kId)] = true; });
    return mask;
  }

  static constexpr Mask AskingEnvironment() {
    Mask mask{};
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>([&](auto row) {
      using R = typename decltype(row)::type;
      if (R::Condition::template kAsks<Refusal> || R::Condition::kFaults != 0) {
        mask[static_cast<size_t>(R::Event::kId)] = true;
      }
    });
    return mask;
  }

  /// By event: bit f is set if a row asks for fault number f; bit 0 (no fault) if one asks whether
  /// the environment refuses at all.
  static constexpr std::array<uint32_t, kEventCount> AskedFaults() {
    std::array<uint32_t, kEventCount> mask{};
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>([&](auto row) {
      using R = typename decltype(row)::type;
      mask[static_cast<size_t>(R::Event::kId)] |=
          R::Condition::kFaults | uint32_t{R::Condition::template kAsks<Refusal>};
    });
    return mask;
  }
};

/// What taking a row does, but for the change of state.
template <class R>
void TakeRow(Context& c, RowId row) {
  mp::mp_for_each<typename R::Effects>([&](auto effect) { decltype(effect)::Apply(c); });
  c.reaction.err = R::Result::kErr;
  c.reaction.pending = R::Result::kKind == ResultKind::kGoesOn;
  c.reaction.handled = true;
  c.reaction.touches =
      !mp::mp_empty<typename R::Effects>::value || !std::is_same_v<typename R::Target, Stays>;
  c.reaction.waits = !std::is_void_v<typename R::WaitsPart>;
  c.reaction.row = row;
  c.admitted = R::Result::kKind == ResultKind::kAdmits;
}

}  // namespace backstop::model
