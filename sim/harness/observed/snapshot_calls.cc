// SPDX-License-Identifier: MIT
// OS snapshots.
#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

using harness::JetApi;

void Prepare(Calls& calls) {
  JET_OSSNAPID made = 0;
  JET_OSSNAPID* const place = Flag(calls.step, "nullout") ? nullptr : &made;
  if (!calls.Make(&JetApi::JetOSSnapshotPrepare, place, Grbit(calls.step))) return;
  if (calls.result.err >= 0) calls.symbols.Store(calls.step, "o1", made);
}

void PrepareInstance(Calls& calls) {
  calls.Make(&JetApi::JetOSSnapshotPrepareInstance, calls.symbols.Snapshot(calls.step),
             calls.symbols.Instance(calls.step), Grbit(calls.step));
}

using ListFunction = decltype(&JetOSSnapshotFreeze) JetApi::*;

/// Makes a call that lists instances.
void ListInstances(Calls& calls, ListFunction function) {
  constexpr uint32_t kUntouched = 0x5e5e5e5e;
  uint32_t count = kUntouched;
  JET_INSTANCE_INFO_A* list = nullptr;
  if (!calls.Make(function, calls.symbols.Snapshot(calls.step),
                  Flag(calls.step, "nulln") ? nullptr : &count,
                  Flag(calls.step, "nulli") ? nullptr : &list, Grbit(calls.step))) {
    return;
  }
  if (count == kUntouched) {
    calls.result.out["n"] = "untouched";
  } else {
    calls.result.out["n"] = count;
  }
  if (list != nullptr && calls.api.JetFreeBuffer != nullptr)
    calls.api.JetFreeBuffer(reinterpret_cast<char*>(list));
}

void Freeze(Calls& calls) { ListInstances(calls, &JetApi::JetOSSnapshotFreeze); }
void GetFreezeInfo(Calls& calls) { ListInstances(calls, &JetApi::JetOSSnapshotGetFreezeInfo); }

using PlainFunction = decltype(&JetOSSnapshotThaw) JetApi::*;

template <PlainFunction kFunction>
void Plain(Calls& calls) {
  calls.Make(kFunction, calls.symbols.Snapshot(calls.step), Grbit(calls.step));
}

void TruncateLogInstance(Calls& calls) {
  calls.Make(&JetApi::JetOSSnapshotTruncateLogInstance, calls.symbols.Snapshot(calls.step),
             calls.symbols.Instance(calls.step), Grbit(calls.step));
}

constexpr NamedStep kSnapshotCalls[] = {
    {"JetOSSnapshotPrepare", &Prepare},
    {"JetOSSnapshotPrepareInstance", &PrepareInstance},
    {"JetOSSnapshotFreeze", &Freeze},
    {"JetOSSnapshotGetFreezeInfo", &GetFreezeInfo},
    {"JetOSSnapshotThaw", &Plain<&JetApi::JetOSSnapshotThaw>},
    {"JetOSSnapshotTruncateLog", &Plain<&JetApi::JetOSSnapshotTruncateLog>},
    {"JetOSSnapshotTruncateLogInstance", &TruncateLogInstance},
    {"JetOSSnapshotEnd", &Plain<&JetApi::JetOSSnapshotEnd>},
    {"JetOSSnapshotAbort", &Plain<&JetApi::JetOSSnapshotAbort>},
};

}  // namespace

StepFunction FindSnapshotCall(const std::string& name) { return FindIn(kSnapshotCalls, name); }

}  // namespace backstop::observed
