// SPDX-License-Identifier: MIT
// Instances and sessions.
#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

void CreateInstance(Calls& calls) {
  JET_INSTANCE made = JET_instanceNil;
  const std::string name = calls.step.Text("name", "i1");
  JET_INSTANCE* const place = Flag(calls.step, "nullout") ? nullptr : &made;
  if (!calls.Make(&harness::JetApi::JetCreateInstance2, place, name.c_str(), nullptr, 0)) return;
  if (calls.result.err < 0) return;
  calls.symbols.Store(calls.step, "i1", made);
  calls.SetParameters(&made, name);
}

/// Where the engine leaves the handle it was given, or takes none.
template <class Call>
void Initialise(Calls& calls, Call call) {
  const std::string symbol = calls.step.Text("inst", "i1");
  if (symbol == "NULL") {
    call(nullptr);
    return;
  }
  const bool makes = symbol == "@nil" || symbol == "@0";
  JET_INSTANCE handle = calls.symbols.Instance(calls.step);
  call(&handle);
  calls.symbols.Assign(makes ? calls.step.Text("as", "i1") : symbol, handle);
}

void Init(Calls& calls) {
  Initialise(calls,
             [&](JET_INSTANCE* instance) { calls.Make(&harness::JetApi::JetInit, instance); });
}

void Init3(Calls& calls) {
  JET_RSTINFO_A restore{};
  restore.cbStruct = static_cast<uint32_t>(Number(calls.step, "cbs", sizeof restore));
  // A map that its count contradicts.
  if (calls.step.Text("given") == "bad-map") restore.crstmap = 1;
  const bool gives = calls.step.Has("cbs") || calls.step.Has("given");
  Initialise(calls, [&](JET_INSTANCE* instance) {
    calls.Make(&harness::JetApi::JetInit3, instance, gives ? &restore : nullptr, Grbit(calls.step));
  });
}

void Term(Calls& calls) {
  calls.Make(&harness::JetApi::JetTerm, calls.symbols.Instance(calls.step));
}

void Term2(Calls& calls) {
  calls.Make(&harness::JetApi::JetTerm2, calls.symbols.Instance(calls.step), Grbit(calls.step));
}

void StopService(Calls& calls) { calls.Make(&harness::JetApi::JetStopService); }

void StopServiceInstance(Calls& calls) {
  calls.Make(&harness::JetApi::JetStopServiceInstance, calls.symbols.Instance(calls.step));
}

void StopServiceInstance2(Calls& calls) {
  calls.Make(&harness::JetApi::JetStopServiceInstance2, calls.symbols.Instance(calls.step),
             Grbit(calls.step));
}

void SetSystemParameter(Calls& calls) {
  JET_INSTANCE handle =
      calls.step.Has("inst") ? calls.symbols.Instance(calls.step) : JET_INSTANCE{0};
  const std::string value = calls.step.Text("value");
  const Parameter* parameter = FindParameter(calls.step.Text("param"));
  if (parameter == nullptr) {
    calls.result.missing = calls.step.Text("param");
    return;
  }
  const JET_API_PTR number = parameter->is_text ? 0 : std::strtoull(value.c_str(), nullptr, 0);
  const JET_SESID session =
      calls.step.Has("sess") ? calls.symbols.Session(calls.step) : JET_sesidNil;
  calls.Make(&harness::JetApi::JetSetSystemParameter, &handle, session, parameter->id, number,
             parameter->is_text ? value.c_str() : nullptr);
}

void BeginSession(Calls& calls) {
  JET_SESID session = JET_sesidNil;
  if (!calls.Make(&harness::JetApi::JetBeginSession, calls.symbols.Instance(calls.step), &session,
                  nullptr, nullptr)) {
    return;
  }
  if (calls.result.err >= 0) calls.symbols.Store(calls.step, "s1", session);
}

void EndSession(Calls& calls) {
  calls.Make(&harness::JetApi::JetEndSession, calls.symbols.Session(calls.step), Grbit(calls.step));
}

void BeginTransaction(Calls& calls) {
  calls.Make(&harness::JetApi::JetBeginTransaction, calls.symbols.Session(calls.step));
}

void CommitTransaction(Calls& calls) {
  calls.Make(&harness::JetApi::JetCommitTransaction, calls.symbols.Session(calls.step),
             Grbit(calls.step));
}

void Rollback(Calls& calls) {
  calls.Make(&harness::JetApi::JetRollback, calls.symbols.Session(calls.step), Grbit(calls.step));
}

void GetInstanceInfo(Calls& calls) {
  uint32_t count = 0;
  JET_INSTANCE_INFO_A* list = nullptr;
  uint32_t* const place = Flag(calls.step, "nulln") ? nullptr : &count;
  if (!calls.Make(&harness::JetApi::JetGetInstanceInfo, place, &list)) return;
  if (calls.result.err < 0) return;
  calls.result.out["n"] = count;
  if (list != nullptr && calls.api.JetFreeBuffer != nullptr)
    calls.api.JetFreeBuffer(reinterpret_cast<char*>(list));
}

constexpr NamedStep kInstanceCalls[] = {
    {"JetCreateInstance2", &CreateInstance},
    {"JetInit", &Init},
    {"JetInit3", &Init3},
    {"JetTerm", &Term},
    {"JetTerm2", &Term2},
    {"JetStopService", &StopService},
    {"JetStopServiceInstance", &StopServiceInstance},
    {"JetStopServiceInstance2", &StopServiceInstance2},
    {"JetSetSystemParameter", &SetSystemParameter},
    {"JetBeginSession", &BeginSession},
    {"JetEndSession", &EndSession},
    {"JetBeginTransaction", &BeginTransaction},
    {"JetCommitTransaction", &CommitTransaction},
    {"JetRollback", &Rollback},
    {"JetGetInstanceInfo", &GetInstanceInfo},
};

}  // namespace

StepFunction FindInstanceCall(const std::string& name) { return FindIn(kInstanceCalls, name); }

}  // namespace backstop::observed
