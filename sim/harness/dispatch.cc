// SPDX-License-Identifier: MIT
#include "sim/harness/dispatch.h"

#include <span>

#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

using model::InstanceRef;
using model::Op;
using model::Outcome;

/// A handle that no engine returns.
constexpr JET_INSTANCE kBogusInstance = 0x7ffe0001;
constexpr JET_HANDLE kBogusHandle = 0x7ffe0002;
/// What the one handle of the original engine, 0, is to the specification.
constexpr model::FileRef kOnlyFile = 1;
/// A generation that no run of the harness reaches.
constexpr uint32_t kMissingGeneration = 0x7fff;

unsigned Slot(InstanceRef instance) { return instance == InstanceRef::kSecond ? 1 : 0; }

/// A list that a call writes; each call has its own, since others may run meanwhile.
struct List {
  std::array<char, 4096> text;
  uint32_t bytes = 0;
  uint32_t room() const { return static_cast<uint32_t>(text.size()); }
};

Outcome LogRange(JET_ERR err, const std::vector<uint32_t>& generations) {
  Outcome outcome;
  outcome.err = err;
  outcome.low = generations.empty() ? 1 : generations.front();
  outcome.high = generations.empty() ? 0 : generations.back();
  return outcome;
}

Outcome Just(JET_ERR err) {
  Outcome outcome;
  outcome.err = err;
  return outcome;
}

}  // namespace

std::byte* ReadBuffers::Get(unsigned thread) {
  constexpr size_t kBytes = (kPages + 2) * kPageBytes;
  const unsigned index = thread < kMaxThreads ? thread : kMaxThreads;
  if (!memory_[index]) memory_[index] = std::make_unique<std::byte[]>(kBytes);
  void* start = memory_[index].get();
  size_t space = kBytes;
  return static_cast<std::byte*>(std::align(kPageBytes, kPages * kPageBytes, start, space));
}

const std::array<Dispatch::Method, kDrawnOps> Dispatch::kMethods = {
    &Dispatch::CreateInstance,
    &Dispatch::SetSystemParameter,
    &Dispatch::Init,
    &Dispatch::Term,
    &Dispatch::StopService,
    &Dispatch::StopServiceInstance2,
    &Dispatch::StopBackup,
    &Dispatch::BeginExternalBackup,
    &Dispatch::GetAttachInfo,
    &Dispatch::OpenFile,
    &Dispatch::ReadFile,
    &Dispatch::CloseFile,
    &Dispatch::GetLogInfo,
    &Dispatch::GetTruncateLogInfo,
    &Dispatch::TruncateLog,
    &Dispatch::EndExternalBackup,
    &Dispatch::EndExternalBackup2,
    &Dispatch::BeginTransaction,
    &Dispatch::InsertRow,
    &Dispatch::CommitTransaction,
    &Dispatch::Rollback,
    &Dispatch::AttachDatabase,
    &Dispatch::DetachDatabase,
    &Dispatch::CreateDatabase,
};

void Dispatch::BeginRun(const Program& program) {
  program_ = &program;
  parameters_set_ = 0;
  file_generation_.fill(0);
}

/// JetInit without an instance is the way into one-instance mode. In multi-instance mode it would
/// make an instance that no symbol of the program names.
bool Dispatch::MayInitNothing() const {
  return program_->setup.one_instance && !program_->Uses(Op::kCreateInstance);
}

/// The value of JET_paramCircularLog, which only the setup sets.
bool Dispatch::IsCircular(JET_INSTANCE instance) const {
  return program_->setup.settings == Settings::kCircular &&
         bindings_.first == Bindings::First::kSetup && instance == bindings_.instances[0];
}

/// The specification knows one name for each of the two instances: no other call may be made that
/// asks for the first name while the second instance may bear it, nor for a second instance of
/// another name than before.
bool Dispatch::MayCreate(const ProgramCall& call) const {
  if (call.instance == InstanceRef::kFirst) return !bindings_.second_is_named_first;
  return !call.name_taken || bindings_.instances[1] == JET_instanceNil;
}

Outcome Dispatch::Make(unsigned thread, const ProgramCall& call, const model::Call& resolved) {
  return (this->*kMethods[static_cast<size_t>(call.op)])(thread, call, resolved);
}

// -- symbols to arguments --

JET_INSTANCE Dispatch::Handle(InstanceRef instance) const {
  if (instance == InstanceRef::kBogus) return kBogusInstance;
  if (instance == InstanceRef::kNil) return JET_instanceNil;
  return bindings_.instances[Slot(instance)];
}

JET_SESID Dispatch::SessionOf(unsigned thread, const ProgramCall& call) const {
  if (call.nil_session || thread >= kMaxThreads) return JET_sesidNil;
  return bindings_.sessions[thread];
}

JET_HANDLE Dispatch::FileHandle(FileArg file) const {
  // What another handle gives there is undefined.
  if (program_->ese) return 0;
  const size_t known = bindings_.files.size();
  if (file == FileArg::kLatest && known >= 1) return bindings_.files[known - 1];
  if (file == FileArg::kPrevious && known >= 2) return bindings_.files[known - 2];
  return file == FileArg::kZero ? JET_HANDLE{0} : kBogusHandle;
}

uint32_t Dispatch::ListedGeneration(const ProgramCall& call) const {
  return call.log < bindings_.listed.size() ? bindings_.listed[call.log] : kMissingGeneration;
}

void Dispatch::ResolveName(const ProgramCall& call, model::Call* resolved) const {
  switch (call.name) {
    case NameArg::kDatabase:
      resolved->name = model::NameKind::kDatabase;
      return;
    case NameArg::kListedLog:
      resolved->generation = ListedGeneration(call);
      resolved->name = resolved->generation == kMissingGeneration ? model::NameKind::kOther
                                                                  : model::NameKind::kLog;
      return;
    case NameArg::kCurrentLog:
      resolved->name = model::NameKind::kCurrentLog;
      return;
    case NameArg::kBadLog:
      resolved->name = model::NameKind::kBadLog;
      return;
    case NameArg::kNull:
      resolved->name = model::NameKind::kNull;
      return;
    default:
      resolved->name = model::NameKind::kOther;
  }
}

void Dispatch::ResolveParameter(const ProgramCall& call, model::Call* resolved) const {
  resolved->same_value = call.parameter == ParameterArg::kCircularSame;
  resolved->value_valid = call.parameter != ParameterArg::kLogFileSizeBad &&
                          call.parameter != ParameterArg::kCheckpointDepthBad;
  switch (call.parameter) {
    case ParameterArg::kMaxInstances:
      resolved->parameter = model::ParameterKind::kGlobal;
      return;
    case ParameterArg::kCheckpointDepth:
    case ParameterArg::kCheckpointDepthBad:
      resolved->parameter = model::ParameterKind::kDynamic;
      return;
    case ParameterArg::kUnknown:
      resolved->parameter = model::ParameterKind::kUnknown;
      return;
    default:
      resolved->parameter = model::ParameterKind::kInstance;
  }
}

/// A handle that will never work again must not be taken for that of the instance made next.
bool Dispatch::HandleIsStale(const ProgramCall& call) const {
  const bool by_handle = call.op != Op::kCreateInstance && call.op < Op::kBeginTransaction;
  return by_handle && call.instance == InstanceRef::kFirst &&
         bindings_.first == Bindings::First::kEnded;
}

bool Dispatch::Resolve(unsigned thread, const ProgramCall& call, model::Call* resolved) const {
  if (call.op == Op::kCreateInstance && !MayCreate(call)) return false;
  *resolved = model::Call{};
  resolved->op = call.op;
  resolved->legacy = call.legacy;
  resolved->instance = call.instance;
  const bool no_session = SessionOf(thread, call) == JET_sesidNil;
  resolved->session = no_session ? model::kNilSession : static_cast<uint8_t>(thread);
  resolved->database = call.database;
  resolved->grbit = call.grbit;
  resolved->null_pointer = call.null_pointer;
  resolved->name_taken = call.name_taken || call.instance == InstanceRef::kFirst;
  resolved->aligned = !call.misaligned;
  resolved->whole_pages = !call.odd_size;
  resolved->pages = call.pages;
  const bool named_slot =
      call.instance == InstanceRef::kFirst || call.instance == InstanceRef::kSecond;
  if (named_slot && Handle(call.instance) == JET_instanceNil && call.op != Op::kCreateInstance) {
    if (call.op == Op::kInit && !MayInitNothing() && !call.null_pointer) return false;
    resolved->instance = InstanceRef::kNil;
  } else if (named_slot && HandleIsStale(call)) {
    resolved->instance = InstanceRef::kBogus;
  }
  if (call.op == Op::kReadFile || call.op == Op::kCloseFile) {
    const JET_HANDLE handle = FileHandle(call.file);
    resolved->file = handle == kBogusHandle ? model::kBogusFile
                     : handle == 0          ? (program_->ese ? kOnlyFile : model::kNoFile)
                                            : bindings_.FileNumber(handle);
  }
  if (call.op == Op::kOpenFile) ResolveName(call, resolved);
  if (call.op == Op::kSetSystemParameter) ResolveParameter(call, resolved);
  return true;
}

std::string Dispatch::FileName(const ProgramCall& call, const model::Call& resolved) const {
  const unsigned slot = Slot(resolved.instance);
  switch (call.name) {
    case NameArg::kDatabase:
      return DatabasePath(slot, call.database);
    case NameArg::kListedLog:
      return ArchivedLogPath(slot, ListedGeneration(call));
    case NameArg::kMissingLog:
      return ArchivedLogPath(slot, kMissingGeneration);
    case NameArg::kCurrentLog:
      return InstanceDirectory(slot) + "edb.log";
    case NameArg::kBadLog:
      return InstanceDirectory(slot) + "edbnotalog.log";
    case NameArg::kUnknown:
      return InstanceDirectory(slot) + "nosuch.edb";
    default:
      return {};
  }
}

// -- life of instances --

JET_ERR Dispatch::SetParameters(JET_INSTANCE* instance, unsigned slot, Settings settings) {
  const std::string directory = InstanceDirectory(slot);
  const std::string temporary = directory + "tmp.edb";
  const auto text = [&](uint32_t id, const char* value) {
    return api_.JetSetSystemParameter(instance, JET_sesidNil, id, 0, value);
  };
  const auto number = [&](uint32_t id, JET_API_PTR value) {
    return api_.JetSetSystemParameter(instance, JET_sesidNil, id, value, nullptr);
  };
  JET_ERR err = text(JET_paramSystemPath, directory.c_str());
  if (err >= 0) err = text(JET_paramLogFilePath, directory.c_str());
  if (err >= 0) err = text(JET_paramTempPath, temporary.c_str());
  if (err >= 0) err = number(JET_paramLogFileSize, 64);
  if (err >= 0) err = number(JET_paramCircularLog, settings == Settings::kCircular ? 1 : 0);
  if (err >= 0 && settings == Settings::kNoRecovery) err = text(JET_paramRecovery, "off");
  return err;
}

Outcome Dispatch::CreateInstance(unsigned, const ProgramCall& call, const model::Call&) {
  const unsigned slot = Slot(call.instance);
  JET_INSTANCE made = JET_instanceNil;
  const char* name = slot == 0 || call.name_taken ? "first" : "second";
  const JET_ERR err =
      api_.JetCreateInstance2(call.null_pointer ? nullptr : &made, name, nullptr, 0);
  if (err >= 0) {
    SetParameters(&made, slot, Settings::kDefault);
    bindings_.instances[slot] = made;
    if (slot == 1) bindings_.second_is_named_first = call.name_taken;
    if (slot == 0) bindings_.first = Bindings::First::kProgram;
  }
  return Just(err);
}

Outcome Dispatch::SetSystemParameter(unsigned, const ProgramCall& call,
                                     const model::Call& resolved) {
  JET_INSTANCE handle = Handle(resolved.instance);
  const auto set = [&](uint32_t id, JET_API_PTR value) {
    return Just(api_.JetSetSystemParameter(&handle, JET_sesidNil, id, value, nullptr));
  };
  const JET_API_PTR fresh = ++parameters_set_;
  switch (call.parameter) {
    case ParameterArg::kMaxInstances:
      return set(JET_paramMaxInstances, 100 + fresh);
    case ParameterArg::kMaxSessions:
      return set(JET_paramMaxSessions, 100 + fresh);
    case ParameterArg::kLogFileSizeBad:
      return set(JET_paramLogFileSize, 100);
    case ParameterArg::kCircularSame:
      return set(JET_paramCircularLog, IsCircular(handle) ? 1 : 0);
    case ParameterArg::kCheckpointDepth:
      return set(JET_paramCheckpointDepthMax, 32768);
    case ParameterArg::kCheckpointDepthBad:
      return set(JET_paramCheckpointDepthMax, JET_API_PTR{1} << 40);
    default:
      return set(999'999, 1);
  }
}

Outcome Dispatch::Init(unsigned, const ProgramCall& call, const model::Call& resolved) {
  const unsigned slot = Slot(resolved.instance);
  JET_INSTANCE handle = Handle(resolved.instance);
  if (handle == JET_instanceNil) handle = 0;
  const JET_ERR err = api_.JetInit(call.null_pointer ? nullptr : &handle);
  if (err >= 0 && !call.null_pointer) bindings_.instances[slot] = handle;
  const bool nameless = call.null_pointer || resolved.instance == InstanceRef::kNil;
  if (err >= 0 && nameless) bindings_.first = Bindings::First::kProgram;
  return Just(err);
}

Outcome Dispatch::Term(unsigned, const ProgramCall& call, const model::Call& resolved) {
  return Just(api_.JetTerm2(Handle(resolved.instance), call.grbit));
}

Outcome Dispatch::StopService(unsigned, const ProgramCall& call, const model::Call& resolved) {
  if (call.legacy) return Just(api_.JetStopService());
  return Just(api_.JetStopServiceInstance(Handle(resolved.instance)));
}

Outcome Dispatch::StopServiceInstance2(unsigned, const ProgramCall& call,
                                       const model::Call& resolved) {
  return Just(api_.JetStopServiceInstance2(Handle(resolved.instance), call.grbit));
}

// -- backup --

Outcome Dispatch::StopBackup(unsigned, const ProgramCall& call, const model::Call& resolved) {
  if (call.legacy) return Just(api_.JetStopBackup());
  return Just(api_.JetStopBackupInstance(Handle(resolved.instance)));
}

Outcome Dispatch::BeginExternalBackup(unsigned, const ProgramCall& call,
                                      const model::Call& resolved) {
  if (call.legacy) return Just(api_.JetBeginExternalBackup(call.grbit));
  return Just(api_.JetBeginExternalBackupInstance(Handle(resolved.instance), call.grbit));
}

Outcome Dispatch::GetAttachInfo(unsigned, const ProgramCall& call, const model::Call& resolved) {
  List list;
  Outcome outcome;
  outcome.err = call.legacy
                    ? api_.JetGetAttachInfo(list.text.data(), list.room(), &list.bytes)
                    : api_.JetGetAttachInfoInstance(Handle(resolved.instance), list.text.data(),
                                                    list.room(), &list.bytes);
  if (outcome.err >= 0) outcome.databases = DatabasesInList(list.text.data(), list.bytes);
  return outcome;
}

Outcome Dispatch::OpenFile(unsigned, const ProgramCall& call, const model::Call& resolved) {
  const std::string name = FileName(call, resolved);
  const char* name_argument = call.name == NameArg::kNull ? nullptr : name.c_str();
  JET_HANDLE handle = 0;
  uint32_t low = 0;
  uint32_t high = 0;
  Outcome outcome;
  outcome.err = call.legacy ? api_.JetOpenFile(name_argument, &handle, &low, &high)
                            : api_.JetOpenFileInstance(Handle(resolved.instance), name_argument,
                                                       &handle, &low, &high);
  if (outcome.err < 0) return outcome;
  outcome.file = bindings_.FileNumber(handle);
  outcome.size_pages = static_cast<uint32_t>(((uint64_t{high} << 32) | low) / kPageBytes);
  const bool log = resolved.name == model::NameKind::kLog;
  file_generation_[outcome.file] = log ? resolved.generation : 0;
  if (program_->ese || streams_ == nullptr) return outcome;
  if (log) streams_->OpenedLog(outcome.file, resolved.generation);
  if (!log) streams_->OpenedDatabase(outcome.file, name, outcome.size_pages);
  return outcome;
}

Outcome Dispatch::ReadFile(unsigned thread, const ProgramCall& call, const model::Call& resolved) {
  std::byte* buffer = buffers_.Get(thread) + (call.misaligned ? 8 : 0);
  const auto bytes = static_cast<uint32_t>(call.pages * kPageBytes + (call.odd_size ? 512 : 0));
  uint32_t actual = 0;
  const JET_HANDLE handle = FileHandle(call.file);
  Outcome outcome;
  last_read_ = {};
  outcome.err = call.legacy ? api_.JetReadFile(handle, buffer, bytes, &actual)
                            : api_.JetReadFileInstance(Handle(resolved.instance), handle, buffer,
                                                       bytes, &actual);
  if (outcome.err < 0) return outcome;
  outcome.pages = static_cast<uint16_t>(actual / kPageBytes);
  const std::span<const std::byte> data(buffer, outcome.pages * kPageBytes);
  last_read_ = data;
  // All files have the same handle there, so that nobody knows which one was read.
  if (program_->ese) return outcome;
  const uint32_t generation = file_generation_[resolved.file];
  outcome.first_page = generation != 0 ? LogPosition(data, generation) : DatabasePosition(data);
  if (streams_) streams_->Delivered(resolved.file, data);
  return outcome;
}

Outcome Dispatch::CloseFile(unsigned, const ProgramCall& call, const model::Call& resolved) {
  const JET_HANDLE handle = FileHandle(call.file);
  if (call.legacy) return Just(api_.JetCloseFile(handle));
  return Just(api_.JetCloseFileInstance(Handle(resolved.instance), handle));
}

Outcome Dispatch::GetLogInfo(unsigned, const ProgramCall& call, const model::Call& resolved) {
  List list;
  const JET_ERR err = call.legacy
                          ? api_.JetGetLogInfo(list.text.data(), list.room(), &list.bytes)
                          : api_.JetGetLogInfoInstance(Handle(resolved.instance), list.text.data(),
                                                       list.room(), &list.bytes);
  if (err < 0) return Just(err);
  bindings_.listed = GenerationsInList(list.text.data(), list.bytes);
  return LogRange(err, bindings_.listed);
}

Outcome Dispatch::GetTruncateLogInfo(unsigned, const ProgramCall&, const model::Call& resolved) {
  List list;
  const JET_ERR err = api_.JetGetTruncateLogInfoInstance(
      Handle(resolved.instance), list.text.data(), list.room(), &list.bytes);
  if (err < 0) return Just(err);
  return LogRange(err, GenerationsInList(list.text.data(), list.bytes));
}

Outcome Dispatch::TruncateLog(unsigned, const ProgramCall& call, const model::Call& resolved) {
  if (call.legacy) return Just(api_.JetTruncateLog());
  return Just(api_.JetTruncateLogInstance(Handle(resolved.instance)));
}

Outcome Dispatch::EndExternalBackup(unsigned, const ProgramCall& call,
                                    const model::Call& resolved) {
  if (call.legacy) return Just(api_.JetEndExternalBackup());
  return Just(api_.JetEndExternalBackupInstance(Handle(resolved.instance)));
}

Outcome Dispatch::EndExternalBackup2(unsigned, const ProgramCall& call,
                                     const model::Call& resolved) {
  return Just(api_.JetEndExternalBackupInstance2(Handle(resolved.instance), call.grbit));
}

// -- sessions --

Outcome Dispatch::BeginTransaction(unsigned thread, const ProgramCall& call, const model::Call&) {
  return Just(api_.JetBeginTransaction(SessionOf(thread, call)));
}

JET_ERR Dispatch::StoreRow(unsigned thread, JET_SESID session, uint32_t how) {
  const JET_TABLEID table = bindings_.tables[thread];
  const RowPayload row = PayloadOf(bindings_.rows[thread]);
  JET_ERR err = api_.JetPrepareUpdate(session, table, how);
  // A row that an earlier, failing attempt has left prepared is this one, or is given up.
  const bool prepared = err == JET_errAlreadyPrepared && how == JET_prepInsert;
  if (err == JET_errAlreadyPrepared && !prepared) {
    api_.JetPrepareUpdate(session, table, JET_prepCancel);
    err = api_.JetPrepareUpdate(session, table, how);
  }
  if (err >= 0 || prepared) {
    err = api_.JetSetColumn(session, table, bindings_.columns[thread], row.data(), row.size(), 0,
                            nullptr);
  }
  if (err >= 0) err = api_.JetUpdate(session, table, nullptr, 0, nullptr);
  // What failed stays prepared, and the next change may be another one.
  if (err < 0) api_.JetPrepareUpdate(session, table, JET_prepCancel);
  return err;
}

/// Replaces or deletes a row; one that is not there is inserted.
JET_ERR Dispatch::ChangeRow(unsigned thread, JET_SESID session, const ProgramCall& call) {
  const JET_TABLEID table = bindings_.tables[thread];
  JET_ERR err = api_.JetMove(session, table, JET_MoveFirst, 0);
  if (err >= 0 && call.index > 0) err = api_.JetMove(session, table, call.index, 0);
  if (err == JET_errNoCurrentRecord) return StoreRow(thread, session, JET_prepInsert);
  if (err < 0) return err;
  std::array<std::byte, 512> value;
  uint32_t bytes = 0;
  err = api_.JetRetrieveColumn(session, table, bindings_.columns[thread], value.data(),
                               value.size(), &bytes, 0, nullptr);
  if (err < 0) return err;
  const auto old = MarkIn(std::span(value).first(bytes));
  if (old && on_aim) on_aim(thread, *old);
  return call.row == RowArg::kDelete ? api_.JetDelete(session, table)
                                     : StoreRow(thread, session, JET_prepReplace);
}

Outcome Dispatch::InsertRow(unsigned thread, const ProgramCall& call, const model::Call&) {
  const JET_SESID session = SessionOf(thread, call);
  const JET_ERR err = call.row == RowArg::kInsert ? StoreRow(thread, session, JET_prepInsert)
                                                  : ChangeRow(thread, session, call);
  ++bindings_.rows[thread];
  return Just(err);
}

Outcome Dispatch::CommitTransaction(unsigned thread, const ProgramCall& call, const model::Call&) {
  return Just(api_.JetCommitTransaction(SessionOf(thread, call), 0));
}

Outcome Dispatch::Rollback(unsigned thread, const ProgramCall& call, const model::Call&) {
  return Just(api_.JetRollback(SessionOf(thread, call), call.grbit));
}

Outcome Dispatch::AttachDatabase(unsigned thread, const ProgramCall& call, const model::Call&) {
  return Just(api_.JetAttachDatabase2(SessionOf(thread, call),
                                      DatabasePath(0, call.database).c_str(), 0, 0));
}

Outcome Dispatch::DetachDatabase(unsigned thread, const ProgramCall& call, const model::Call&) {
  return Just(api_.JetDetachDatabase2(SessionOf(thread, call),
                                      DatabasePath(0, call.database).c_str(), call.grbit));
}

Outcome Dispatch::CreateDatabase(unsigned thread, const ProgramCall& call, const model::Call&) {
  JET_DBID database = 0;
  return Just(api_.JetCreateDatabase2(SessionOf(thread, call),
                                      DatabasePath(0, call.database).c_str(), 0, &database, 0));
}

}  // namespace backstop::harness
