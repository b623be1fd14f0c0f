// SPDX-License-Identifier: MIT
// The specification as an oracle: what may a call return in a state, and what is the state then?
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/call.h"
#include "model/dialect.h"
#include "model/snapshot.h"

namespace backstop::model {

/// A call takes effect in one event, or in two if it is not atomic: JetInit and JetTerm lock the
/// instance in the first and decide in the second. Calls of other threads may come in between.
/// JetBackupInstance is three: it begins, copies, and ends what it began.
enum class Stage : uint8_t { kOnly, kEnter = kOnly, kMiddle, kLeave };

/// Index of a row of the transition tables; stable only within one build.
using RowId = uint16_t;
inline constexpr RowId kNoRow = 0xffff;

/// What the specification says of one event.
struct Reaction {
  Err err = 0;              ///< the code returned, unless `pending`
  bool pending = false;     ///< the call goes on: its kLeave event decides
  bool waits = false;       ///< the call returns only after something else has happened
  bool handled = false;     ///< false: no row for this (state, event), a defect of the tables
  RowId gate_row = kNoRow;  ///< row of the entry gate that was passed or that refused
  RowId row = kNoRow;       ///< row of the family's table, kNoRow if the gate refused
  bool touches = false;     ///< the row has effects or a target: it may have changed the state
  // Outputs that follow from the state; what Outcome must equal.
  uint16_t pages = 0;
  int32_t first_page = -1;
  uint8_t databases = 0;
  uint32_t low = 0;  ///< JetGetLogInfo: generations to copy
  uint32_t high = 0;
  uint8_t instances = 0;  ///< OS snapshots: instances listed
  uint8_t database = 0;   ///< JetGetDatabaseInfo: the file whose header is shown
};

/// One way a call may have gone, given what the environment may have done.
struct Alternative {
  Reaction reaction;
  Snapshot next;
};

class Family;

/// The state machine behind a plain interface. Cheap to construct once and reuse; not thread-safe.
class Lifecycle {
 public:
  /// `dialect` must outlive the object.
  explicit Lifecycle(const Dialect& dialect = kStrict);
  /// Other tables than those of the specification, the entry gate first: for tests of the tests.
  explicit Lifecycle(std::vector<std::unique_ptr<Family>> families,
                     const Dialect& dialect = kStrict);
  ~Lifecycle();
  Lifecycle(const Lifecycle&) = delete;
  Lifecycle& operator=(const Lifecycle&) = delete;

  /// Applies one event to `state`. `failing` takes the branch in which the environment refuses: the
  /// I/O of this call fails, or a log file that may be gone is gone. `observed` supplies what
  /// cannot be predicted (sizes, ranges, handles); null if unknown, as of a call that never
  /// returned.
  Reaction Apply(Snapshot& state, const Call& call, Stage stage, bool failing,
                 const Outcome* observed);

  /// The two steps of Apply, for a search that tries many calls in one state. Enter is the entry
  /// gate alone: what it says depends on the door of the call, on the instance or session named and
  /// on the arguments that the gate tests, and never changes the state. `row` stays kNoRow;
  /// `handled` and `err` 0 say that the call is admitted.
  Reaction Enter(Snapshot& state, const Call& call, unsigned slot);
  /// Continue is what follows a call that is admitted, or a later event. `slot` is that of SlotOf.
  Reaction Continue(Snapshot& state, const Call& call, Stage stage, bool failing,
                    const Outcome& observed, unsigned slot);

  /// Applies the event and says whether it gives `outcome` (err and outputs); a pending first event
  /// always does. `state` is undefined if it does not. `reaction` may not be null.
  bool Accept(Snapshot& state, const Call& call, Stage stage, bool failing, const Outcome& outcome,
              Reaction* reaction);

  /// Rows of all tables, expanded: one more than the largest RowId.
  RowId RowCount() const;

  const Dialect& dialect() const;

  /// Bit f is set if Apply may react differently with `failing` and fault number f.
  uint32_t AskedFaults(const Call& call, Stage stage) const;

  /// Whether Apply may react differently with `failing`.
  bool AsksEnvironment(const Call& call, Stage stage) const;

  /// Appends to `out` every way in which the event can go and give `outcome` (err and outputs).
  /// A pending first event always fits.
  void Explain(const Snapshot& state, const Call& call, Stage stage, const Outcome& outcome,
               std::vector<Alternative>* out);

  /// The codes that Explain would have accepted, with the rows that give them.
  std::vector<Reaction> Allowed(const Snapshot& state, const Call& call, Stage stage);

 private:
  struct Machines;
  std::unique_ptr<Machines> machines_;
};

/// One row of the tables, as text.
struct RowInfo {
  const char* table;   ///< "entry gate", "data calls", ...
  const char* source;  ///< state
  const char* event;
  const char* guard;       ///< prose
  const char* effect;      ///< prose
  const char* target;      ///< state, empty when it stays
  const char* clause;      ///< "READ-2"
  const char* internal;    ///< why no public call can reach the row, null if one can
  const char* dialect;     ///< "strict", "ese", or empty for both
  const char* difference;  ///< "D-01", empty for a row of both dialects
  uint32_t faults;         ///< bit f: the row asks for fault number f
  Err err;
  bool succeeds;
};
const std::vector<RowInfo>& Rows();

/// A short text such as "ready, databases phase, stopped, file 1 open".
const char* Describe(const Snapshot& state, char* buffer, unsigned size);

}  // namespace backstop::model
