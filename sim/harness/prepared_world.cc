// SPDX-License-Identifier: MIT
#include "sim/harness/prepared_world.h"

#include <fmt/format.h>

#include "impl/engine/process.h"
#include "sim/harness/dispatch.h"
#include "sim/harness/durability/row_payload.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

/// Makes what one instance directory holds. Stops at the first failing call.
class Maker {
 public:
  Maker(const JetApi& api, unsigned slot, Settings settings)
      : api_(api), dispatch_(api, bindings_), slot_(slot), settings_(settings) {}

  JET_ERR Make() {
    JET_INSTANCE instance = JET_instanceNil;
    Try(api_.JetCreateInstance2(&instance, slot_ == 0 ? "first" : "second", nullptr, 0));
    Then([&] { return dispatch_.SetParameters(&instance, slot_, settings_); });
    Then([&] { return api_.JetInit(&instance); });
    Then([&] { return api_.JetBeginSession(instance, &session_, nullptr, nullptr); });
    MakeSecondDatabase();
    MakeRows();
    Then([&] { return api_.JetTerm2(instance, JET_bitTermComplete); });
    return err_;
  }

 private:
  void Try(JET_ERR err) { err_ = err; }
  template <class Call>
  void Then(Call call) {
    if (err_ >= 0) err_ = call();
  }

  void MakeSecondDatabase() {
    const std::string path = DatabasePath(slot_, 1);
    JET_DBID database = 0;
    Then([&] { return api_.JetCreateDatabase2(session_, path.c_str(), 0, &database, 0); });
    Then([&] { return api_.JetCloseDatabase(session_, database, 0); });
    Then([&] { return api_.JetDetachDatabase2(session_, path.c_str(), 0); });
  }

  void MakeRows() {
    const std::string path = DatabasePath(slot_, 0);
    JET_DBID database = 0;
    JET_TABLEID table = 0;
    JET_COLUMNID column = 0;
    JET_COLUMNDEF definition{};
    definition.cbStruct = sizeof definition;
    definition.coltyp = JET_coltypBinary;
    Then([&] { return api_.JetCreateDatabase2(session_, path.c_str(), 0, &database, 0); });
    Then([&] { return api_.JetCreateTable(session_, database, "rows", 1, 80, &table); });
    Then([&] {
      return api_.JetAddColumn(session_, table, "value", &definition, nullptr, 0, &column);
    });
    for (unsigned row = 0; row < kPreparedRows; ++row) InsertRow(table, column, row);
    Then([&] { return api_.JetCloseTable(session_, table); });
    Then([&] { return api_.JetCloseDatabase(session_, database, 0); });
  }

  void InsertRow(JET_TABLEID table, JET_COLUMNID column, unsigned row) {
    const PreparedPayload bytes = PreparedPayloadOf(row);
    Then([&] { return api_.JetBeginTransaction(session_); });
    Then([&] { return api_.JetPrepareUpdate(session_, table, JET_prepInsert); });
    Then([&] {
      return api_.JetSetColumn(session_, table, column, bytes.data(), bytes.size(), 0, nullptr);
    });
    Then([&] { return api_.JetUpdate(session_, table, nullptr, 0, nullptr); });
    Then([&] { return api_.JetCommitTransaction(session_, 0); });
  }

  const JetApi& api_;
  Bindings bindings_;
  Dispatch dispatch_;
  const unsigned slot_;
  const Settings settings_;
  JET_SESID session_ = JET_sesidNil;
  JET_ERR err_ = JET_errSuccess;
};

}  // namespace

std::optional<world::SimDisk> PreparedWorlds::Make(Settings settings) {
  sched::Scheduler scheduler({});
  world::SimEnv env(scheduler, world::SimDisk(), 1);
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    env.MakeDirectory(InstanceDirectory(slot));
    const JET_ERR err = Maker(api_, slot, settings).Make();
    if (err < 0) {
      error_ = fmt::format("the engine could not prepare a database: error {}", err);
      return std::nullopt;
    }
  }
  return env.disk().Clone();
}

std::optional<world::SimDisk> PreparedWorlds::Clone(Settings settings) {
  auto found = disks_.find(settings);
  if (found == disks_.end()) {
    std::optional<world::SimDisk> disk = Make(settings);
    if (!disk) return std::nullopt;
    found = disks_.emplace(settings, std::move(*disk)).first;
  }
  return found->second.Clone();
}

}  // namespace backstop::harness
