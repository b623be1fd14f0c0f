// SPDX-License-Identifier: MIT
#include "sim/harness/minimum/alphabet.h"

#include <algorithm>

#include "impl/esent.h"

namespace backstop::harness {
namespace {

using model::InstanceRef;
using model::Op;

bool NamesInstance(Op op) { return op < Op::kBeginTransaction; }

bool Makes(const ProgramCall& call) { return call.op == Op::kCreateInstance && !call.null_pointer; }

std::vector<uint32_t> GrbitsOf(Op op) {
  switch (op) {
    case Op::kTerm:
      return {0, JET_bitTermStopBackup, JET_bitTermAbrupt, JET_bitTermComplete, JET_bitTermDirty};
    case Op::kBeginExternalBackup:
      return {0, JET_bitBackupIncremental, JET_bitBackupAtomic, JET_bitBackupSurrogate,
              JET_bitInternalCopy};
    case Op::kEndExternalBackup2:
      return {JET_bitBackupEndAbort,
              JET_bitBackupEndNormal,
              0,
              JET_bitBackupEndNormal | JET_bitBackupEndAbort,
              JET_bitBackupEndNormal | JET_bitBackupTruncateDone,
              JET_bitBackupEndNormal | JET_bitBackupNoDbHeaderUpdate};
    case Op::kStopServiceInstance2:
      return {JET_bitStopServiceAll,
              JET_bitStopServiceStopAndEmitLog,
              JET_bitStopServiceBackgroundUserTasks,
              JET_bitStopServiceQuiesceCaches,
              JET_bitStopServiceResume,
              JET_bitStopServiceResume | JET_bitStopServiceQuiesceCaches,
              JET_bitStopServiceResume | JET_bitStopServiceStopAndEmitLog,
              JET_bitStopServiceStopAndEmitLog | JET_bitStopServiceQuiesceCaches,
              1};
    case Op::kRollback:
      return {0, JET_bitRollbackAll};
    case Op::kDetachDatabase:
      return {0, JET_bitForceDetach};
    default:
      return {0};
  }
}

/// The forms of one operation.
class Forms {
 public:
  Forms(Alphabet alphabet, Op op, const Setup& setup)
      : full_(alphabet == Alphabet::kFull), op_(op), setup_(setup) {
    good_.op = op;
    good_.grbit = GrbitsOf(op).front();
    if (op == Op::kReadFile) good_.pages = 4;
  }

  std::vector<ProgramCall> Take() {
    Add([](ProgramCall&) {});
    AddGrbits();
    AddFiles();
    AddData();
    if (full_) AddInstances();
    return std::move(forms_);
  }

 private:
  template <class Change>
  void Add(const Change& change) {
    ProgramCall call = good_;
    change(call);
    call = Normalized(call);
    if (std::ranges::find(forms_, call) == forms_.end()) forms_.push_back(call);
  }

  void AddGrbits() {
    std::vector<uint32_t> grbits = GrbitsOf(op_);
    if (!full_) grbits.resize(std::min<size_t>(grbits.size(), 2));
    for (const uint32_t grbit : grbits) Add([&](ProgramCall& call) { call.grbit = grbit; });
  }

  void AddFiles() {
    if (op_ == Op::kOpenFile) {
      const auto last = full_ ? NameArg::kNull : NameArg::kListedLog;
      for (unsigned name = 0; name <= static_cast<unsigned>(last); ++name) {
        Add([&](ProgramCall& call) { call.name = static_cast<NameArg>(name); });
      }
    }
    if (op_ == Op::kReadFile) {
      for (const uint8_t pages : {64, 3, 2, 1, 0}) {
        if (full_ || pages == 64) Add([&](ProgramCall& call) { call.pages = pages; });
      }
    }
    if (!full_) return;
    if (op_ == Op::kReadFile || op_ == Op::kCloseFile) {
      for (unsigned file = 0; file < static_cast<unsigned>(FileArg::kCount); ++file) {
        Add([&](ProgramCall& call) { call.file = static_cast<FileArg>(file); });
      }
    }
    if (op_ != Op::kReadFile) return;
    Add([](ProgramCall& call) { call.misaligned = true; });
    Add([](ProgramCall& call) { call.odd_size = true; });
  }

  void AddData() {
    const bool names = op_ == Op::kAttachDatabase || op_ == Op::kDetachDatabase ||
                       op_ == Op::kCreateDatabase || op_ == Op::kOpenFile;
    for (uint8_t database = 1; names && database < (full_ ? 3 : 2); ++database) {
      Add([&](ProgramCall& call) { call.database = database; });
    }
    if (full_ && !NamesInstance(op_)) Add([](ProgramCall& call) { call.nil_session = true; });
    for (unsigned i = 0; op_ == Op::kSetSystemParameter && i < ParametersTried(); ++i) {
      const auto parameter = static_cast<ParameterArg>(i);
      // There a change of the limit would change what the specification was told.
      const bool limit = parameter == ParameterArg::kMaxInstances;
      if (limit && setup_.settings == Settings::kOneSlot) continue;
      Add([&](ProgramCall& call) { call.parameter = parameter; });
    }
  }

  unsigned ParametersTried() const {
    return static_cast<unsigned>(full_ ? ParameterArg::kCount : ParameterArg::kLogFileSizeBad);
  }

  void AddInstances() {
    if (model::HasLegacyTwin(op_)) Add([](ProgramCall& call) { call.legacy = true; });
    if (op_ == Op::kInit || op_ == Op::kCreateInstance) {
      Add([](ProgramCall& call) { call.null_pointer = true; });
      Add([](ProgramCall& call) { call.instance = InstanceRef::kSecond; });
      const bool takes = op_ == Op::kCreateInstance && setup_.start != Start::kNothing;
      if (!takes) return;
      Add([](ProgramCall& call) {
        call.instance = InstanceRef::kSecond;
        call.name_taken = true;
      });
    } else if (NamesInstance(op_)) {
      for (const auto instance : {InstanceRef::kSecond, InstanceRef::kNil, InstanceRef::kBogus}) {
        Add([&](ProgramCall& call) { call.instance = instance; });
      }
    }
  }

  const bool full_;
  const Op op_;
  const Setup& setup_;
  ProgramCall good_;
  std::vector<ProgramCall> forms_;
};

/// Which setups can be drawn; see DrawSetup in generate.cc.
bool IsPossible(const Setup& setup) {
  const bool by_create = setup.start == Start::kCreated || setup.start == Start::kSecondReady;
  switch (setup.settings) {
    case Settings::kNoRecovery:
      return setup.start == Start::kReady && !setup.one_instance;
    case Settings::kOneSlot:
      return !setup.one_instance && setup.start != Start::kSecondReady &&
             setup.start != Start::kIncremental;
    case Settings::kCircular:
      return !setup.one_instance && setup.start != Start::kNothing &&
             setup.start != Start::kIncremental;
    default:
      return !(by_create && setup.one_instance);
  }
}

}  // namespace

std::vector<Setup> AllSetups(Alphabet alphabet) {
  const bool full = alphabet == Alphabet::kFull;
  std::vector<Setup> setups;
  for (unsigned settings = 0; settings < (full ? static_cast<unsigned>(Settings::kCount) : 1);
       ++settings) {
    for (const bool one_instance : {false, true}) {
      if (one_instance && !full) continue;
      for (unsigned start = 0; start < static_cast<unsigned>(Start::kCount); ++start) {
        const Setup setup{.one_instance = one_instance,
                          .settings = static_cast<Settings>(settings),
                          .start = static_cast<Start>(start)};
        if (IsPossible(setup)) setups.push_back(setup);
      }
    }
  }
  return setups;
}

std::vector<ProgramCall> AllCalls(Alphabet alphabet, const Setup& setup, bool alone) {
  std::vector<ProgramCall> calls;
  for (unsigned op = 0; op < kDrawnOps; ++op) {
    for (const ProgramCall& call : Forms(alphabet, static_cast<Op>(op), setup).Take()) {
      const bool second = Makes(call) && call.instance == InstanceRef::kSecond;
      if (second && setup.start == Start::kSecondReady) continue;
      if (alone || !Makes(call)) calls.push_back(call);
    }
  }
  return calls;
}

bool IsMeaningful(const Program& program) {
  unsigned seconds = 0;
  for (const auto& thread : program.threads) {
    for (const ProgramCall& call : thread) {
      if (!Makes(call)) continue;
      if (program.threads.size() > 1) return false;
      if (call.instance == InstanceRef::kSecond && ++seconds > 1) return false;
    }
  }
  return true;
}

}  // namespace backstop::harness
