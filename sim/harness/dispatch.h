// SPDX-License-Identifier: MIT
// Turns one symbolic call into the arguments of the C API, makes it, and turns what came back into
// the symbols of the specification.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>

#include "model/call.h"
#include "sim/harness/bindings.h"
#include "sim/harness/content/stream_watch.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/program.h"

namespace backstop::harness {

/// Grown only on first use of a thread; aligned to the page size.
class ReadBuffers {
 public:
  static constexpr unsigned kPages = 64;
  /// Room for kPages pages and a little more, for thread `thread`.
  std::byte* Get(unsigned thread);

 private:
  std::array<std::unique_ptr<std::byte[]>, kMaxThreads + 1> memory_;
};

class Dispatch {
 public:
  /// `streams`, if given, is shown what backups deliver.
  Dispatch(const JetApi& api, Bindings& bindings, StreamWatch* streams = nullptr)
      : api_(api), bindings_(bindings), streams_(streams) {}

  /// Forgets what the last run opened.
  void BeginRun(const Program& program);

  /// What the call will be with the handles known now. False if it cannot be formed: there is no
  /// instance variable that it could initialise.
  bool Resolve(unsigned thread, const ProgramCall& call, model::Call* resolved) const;

  /// Makes the call. `resolved` comes from Resolve with no point in between.
  model::Outcome Make(unsigned thread, const ProgramCall& call, const model::Call& resolved);

  /// Told of the row that an update is about to replace or delete. May be empty.
  std::function<void(unsigned thread, RowMark old)> on_aim;
  /// What the last JetReadFile of a thread gave.
  std::span<const std::byte> last_read() const { return last_read_; }

  /// Sets the paths and sizes that every instance of a run uses; not a recorded call.
  JET_ERR SetParameters(JET_INSTANCE* instance, unsigned slot, Settings settings);

 private:
  using Method = model::Outcome (Dispatch::*)(unsigned, const ProgramCall&, const model::Call&);
  static const std::array<Method, kDrawnOps> kMethods;

  // One method per operation, all with the signature of Method.
#define BACKSTOP_METHOD(name) \
  model::Outcome name(unsigned thread, const ProgramCall& call, const model::Call& resolved);
  BACKSTOP_METHOD(CreateInstance)
  BACKSTOP_METHOD(SetSystemParameter)
  BACKSTOP_METHOD(Init)
  BACKSTOP_METHOD(Term)
  BACKSTOP_METHOD(StopService)
  BACKSTOP_METHOD(StopServiceInstance2)
  BACKSTOP_METHOD(StopBackup)
  BACKSTOP_METHOD(BeginExternalBackup)
  BACKSTOP_METHOD(GetAttachInfo)
  BACKSTOP_METHOD(OpenFile)
  BACKSTOP_METHOD(ReadFile)
  BACKSTOP_METHOD(CloseFile)
  BACKSTOP_METHOD(GetLogInfo)
  BACKSTOP_METHOD(GetTruncateLogInfo)
  BACKSTOP_METHOD(TruncateLog)
  BACKSTOP_METHOD(EndExternalBackup)
  BACKSTOP_METHOD(EndExternalBackup2)
  BACKSTOP_METHOD(BeginTransaction)
  BACKSTOP_METHOD(InsertRow)
  BACKSTOP_METHOD(CommitTransaction)
  BACKSTOP_METHOD(Rollback)
  BACKSTOP_METHOD(AttachDatabase)
  BACKSTOP_METHOD(DetachDatabase)
  BACKSTOP_METHOD(CreateDatabase)
#undef BACKSTOP_METHOD

  JET_INSTANCE Handle(model::InstanceRef instance) const;
  JET_SESID SessionOf(unsigned thread, const ProgramCall& call) const;
  JET_HANDLE FileHandle(FileArg file) const;
  uint32_t ListedGeneration(const ProgramCall& call) const;
  std::string FileName(const ProgramCall& call, const model::Call& resolved) const;
  bool MayInitNothing() const;
  bool MayCreate(const ProgramCall& call) const;
  bool HandleIsStale(const ProgramCall& call) const;
  bool IsCircular(JET_INSTANCE instance) const;
  void ResolveParameter(const ProgramCall& call, model::Call* resolved) const;
  void ResolveName(const ProgramCall& call, model::Call* resolved) const;

  JET_ERR StoreRow(unsigned thread, JET_SESID session, uint32_t how);
  JET_ERR ChangeRow(unsigned thread, JET_SESID session, const ProgramCall& call);

  const JetApi& api_;
  Bindings& bindings_;
  StreamWatch* streams_;
  std::span<const std::byte> last_read_;
  ReadBuffers buffers_;
  const Program* program_ = nullptr;
  unsigned parameters_set_ = 0;
  /// What the open files of this run are, by FileRef: which generation (0: a database).
  std::array<uint32_t, 256> file_generation_{};
};

}  // namespace backstop::harness
