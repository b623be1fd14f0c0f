// SPDX-License-Identifier: MIT
// Databases: creating, attaching, opening, and what their headers say.
#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

void CreateDatabase(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  JET_DBID database = JET_dbidNil;
  if (!calls.Make(&harness::JetApi::JetCreateDatabase2, calls.symbols.Session(calls.step),
                  name.c_str(), 0, &database, Grbit(calls.step))) {
    return;
  }
  if (calls.result.err >= 0) calls.symbols.Store(calls.step, "d1", database);
}

void AttachDatabase(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  calls.Make(&harness::JetApi::JetAttachDatabase2, calls.symbols.Session(calls.step), name.c_str(),
             0, Grbit(calls.step));
}

void DetachDatabase(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  calls.Make(&harness::JetApi::JetDetachDatabase2, calls.symbols.Session(calls.step), name.c_str(),
             Grbit(calls.step));
}

void OpenDatabase(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  JET_DBID database = JET_dbidNil;
  if (!calls.Make(&harness::JetApi::JetOpenDatabase, calls.symbols.Session(calls.step),
                  name.c_str(), nullptr, &database, Grbit(calls.step))) {
    return;
  }
  if (calls.result.err >= 0) calls.symbols.Store(calls.step, "d1", database);
}

void CloseDatabase(Calls& calls) {
  calls.Make(&harness::JetApi::JetCloseDatabase, calls.symbols.Session(calls.step),
             calls.symbols.Database(calls.step), Grbit(calls.step));
}

void Describe(const JET_DBINFOMISC4& header, nlohmann::json* out) {
  const auto range = [&](const char* name, const JET_BKINFO& backup) {
    (*out)[name] = {backup.genLow, backup.genHigh};
  };
  (*out)["dbstate"] = header.dbstate;
  range("full", header.bkinfoFullPrev);
  range("inc", header.bkinfoIncPrev);
  range("fullCur", header.bkinfoFullCur);
  range("copy", header.bkinfoCopyPrev);
  range("diff", header.bkinfoDiffPrev);
}

void GetDatabaseInfo(Calls& calls) {
  JET_DBINFOMISC4 header{};
  const bool made =
      calls.Make(&harness::JetApi::JetGetDatabaseInfo, calls.symbols.Session(calls.step),
                 calls.symbols.Database(calls.step), &header,
                 static_cast<uint32_t>(Number(calls.step, "cb", sizeof header)), JET_DbInfoMisc);
  if (made && calls.result.err >= 0) Describe(header, &calls.result.out);
}

void GetDatabaseFileInfo(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  JET_DBINFOMISC4 header{};
  const bool made =
      calls.Make(&harness::JetApi::JetGetDatabaseFileInfo, name.c_str(), &header,
                 static_cast<uint32_t>(Number(calls.step, "cb", sizeof header)), JET_DbInfoMisc);
  if (made && calls.result.err >= 0) Describe(header, &calls.result.out);
}

constexpr NamedStep kDatabaseCalls[] = {
    {"JetCreateDatabase2", &CreateDatabase},
    {"JetAttachDatabase2", &AttachDatabase},
    {"JetDetachDatabase2", &DetachDatabase},
    {"JetOpenDatabase", &OpenDatabase},
    {"JetCloseDatabase", &CloseDatabase},
    {"JetGetDatabaseInfo", &GetDatabaseInfo},
    {"JetGetDatabaseFileInfo", &GetDatabaseFileInfo},
};

}  // namespace

StepFunction FindDatabaseCall(const std::string& name) { return FindIn(kDatabaseCalls, name); }

}  // namespace backstop::observed
