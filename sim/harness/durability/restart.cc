// SPDX-License-Identifier: MIT
#include "sim/harness/durability/restart.h"

#include <fmt/format.h>

#include <utility>

#include "impl/engine/error_name.h"
#include "impl/engine/process.h"
#include "sim/harness/dispatch.h"
#include "sim/harness/durability/row_payload.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xb6;
/// A row that the restarted engine takes, of no thread.
constexpr RowMark kNewRow = MarkOf(kMaxThreads, 0);

/// One life of the engine after the power cut.
class Life {
 public:
  Life(const JetApi& api, const Setup& setup)
      : api_(api), dispatch_(api, bindings_), setup_(setup) {}

  /// JetInit with the settings of the run; the crash recovery happens in it.
  bool Start() {
    const Settings settings = setup_.one_instance ? Settings::kDefault : setup_.settings;
    return Try("JetCreateInstance2", api_.JetCreateInstance2(&instance_, "first", nullptr, 0)) &&
           Try("JetSetSystemParameter", dispatch_.SetParameters(&instance_, 0, settings)) &&
           Try("JetInit", api_.JetInit(&instance_));
  }

  bool ReadRows(FoundRows* rows, uint64_t* count) {
    const std::string path = DatabasePath(0, 0);
    JET_DBID database = 0;
    if (!Try("JetBeginSession", api_.JetBeginSession(instance_, &session_, nullptr, nullptr)) ||
        !Try("JetAttachDatabase2", api_.JetAttachDatabase2(session_, path.c_str(), 0, 0)) ||
        !Try("JetOpenDatabase",
             api_.JetOpenDatabase(session_, path.c_str(), nullptr, &database, 0)) ||
        !Try("JetOpenTable",
             api_.JetOpenTable(session_, database, "rows", nullptr, 0, 0, &table_))) {
      return false;
    }
    JET_COLUMNDEF column{};
    if (!Try("JetGetTableColumnInfo", api_.JetGetTableColumnInfo(session_, table_, "value", &column,
                                                                 sizeof column, JET_ColInfo))) {
      return false;
    }
    column_ = column.columnid;
    JET_ERR err = api_.JetMove(session_, table_, JET_MoveFirst, 0);
    for (; err >= 0; err = api_.JetMove(session_, table_, JET_MoveNext, 0)) {
      ++*count;
      if (!ReadRow(rows)) return false;
    }
    return err == JET_errNoCurrentRecord || Try("JetMove", err);
  }

  /// What recovery leaves behind must be an engine that works.
  bool AddRowAndTerm() {
    const RowPayload payload = PayloadOf(kNewRow);
    return Try("JetBeginTransaction", api_.JetBeginTransaction(session_)) &&
           Try("JetPrepareUpdate", api_.JetPrepareUpdate(session_, table_, JET_prepInsert)) &&
           Try("JetSetColumn", api_.JetSetColumn(session_, table_, column_, payload.data(),
                                                 payload.size(), 0, nullptr)) &&
           Try("JetUpdate", api_.JetUpdate(session_, table_, nullptr, 0, nullptr)) &&
           Try("JetCommitTransaction", api_.JetCommitTransaction(session_, 0)) &&
           Try("JetTerm2", api_.JetTerm2(instance_, JET_bitTermComplete));
  }

  const std::optional<std::string>& failure() const { return failure_; }

 private:
  bool Try(const char* call, JET_ERR err) {
    if (err < 0) failure_ = fmt::format("{} = {}", call, engine::ErrorName(err));
    return err >= 0;
  }

  bool ReadRow(FoundRows* rows) {
    std::array<std::byte, 512> value;
    uint32_t bytes = 0;
    if (!Try("JetRetrieveColumn", api_.JetRetrieveColumn(session_, table_, column_, value.data(),
                                                         value.size(), &bytes, 0, nullptr))) {
      return false;
    }
    const auto mark = MarkIn(std::span(value).first(bytes));
    if (!mark) failure_ = "a row has bytes that nobody wrote";
    if (mark) ++(*rows)[*mark];
    return mark.has_value();
  }

  const JetApi& api_;
  Bindings bindings_;
  Dispatch dispatch_;
  const Setup& setup_;
  JET_INSTANCE instance_ = JET_instanceNil;
  JET_SESID session_ = JET_sesidNil;
  JET_TABLEID table_ = 0;
  JET_COLUMNID column_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace

RestartResult Restart::Verify(world::SimDisk disk, const Setup& setup, const Ledger& ledger) {
  RestartResult result;
  while (true) {
    const uint64_t strike = power_.NextStrike();
    CutAt cut(strike);
    disk.TrackDurability();
    world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
    if (strike != 0) env.SetFaults(&cut);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Life life(api_, setup);
    const bool started = life.Start();
    if (env.power_lost()) {
      ++result.crashes;
      disk = env.disk().AfterPowerLoss(power_.NextKeep());
      continue;
    }
    env.SetFaults(nullptr);
    FoundRows found;
    if (!started || !life.ReadRows(&found, &result.rows)) {
      result.failure = life.failure();
      return result;
    }
    result.loss = ledger.Compare(found);
    if (!life.AddRowAndTerm()) result.failure = life.failure();
    return result;
  }
}

}  // namespace backstop::harness
