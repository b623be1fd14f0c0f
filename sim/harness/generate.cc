// SPDX-License-Identifier: MIT
#include "sim/harness/generate.h"

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "impl/esent.h"
#include "sim/harness/shrink.h"

namespace backstop::harness {
namespace {

using model::InstanceRef;
using model::Op;

template <class T>
T Weighted(const std::vector<std::pair<size_t, T>>& choices) {
  size_t total = 0;
  for (const auto& choice : choices) total += choice.first;
  size_t ticket = *rc::gen::inRange<size_t>(0, total);
  for (const auto& [weight, value] : choices) {
    if (ticket < weight) return value;
    ticket -= weight;
  }
  return choices.back().second;
}

bool OneIn(int n) { return *rc::gen::inRange(0, n) == 0; }

/// What a program is about. Drawing the theme first makes each program dense in one kind of trouble
/// (swarm testing) instead of an even mixture of everything.
enum class Theme : uint8_t { kStopReadEnd, kLogs, kLife, kDatabases, kEverything };

using OpWeights = std::vector<std::pair<size_t, Op>>;

const OpWeights& WeightsOf(Theme theme) {
  static const OpWeights stop_read_end = {
      {6, Op::kStopBackup},    {10, Op::kReadFile},           {6, Op::kEndExternalBackup},
      {3, Op::kCloseFile},     {4, Op::kBeginExternalBackup}, {4, Op::kOpenFile},
      {2, Op::kGetAttachInfo}, {3, Op::kEndExternalBackup2}};
  static const OpWeights logs = {{4, Op::kStopBackup},
                                 {4, Op::kReadFile},
                                 {3, Op::kEndExternalBackup2},
                                 {3, Op::kCloseFile},
                                 {4, Op::kOpenFile},
                                 {5, Op::kGetLogInfo},
                                 {3, Op::kEndExternalBackup},
                                 {3, Op::kGetTruncateLogInfo},
                                 {4, Op::kTruncateLog},
                                 {4, Op::kBeginExternalBackup},
                                 {2, Op::kStopServiceInstance2}};
  static const OpWeights life = {{3, Op::kCreateInstance},
                                 {2, Op::kSetSystemParameter},
                                 {4, Op::kInit},
                                 {4, Op::kTerm},
                                 {2, Op::kStopService},
                                 {3, Op::kStopServiceInstance2},
                                 {4, Op::kStopBackup},
                                 {3, Op::kBeginExternalBackup},
                                 {4, Op::kReadFile},
                                 {2, Op::kEndExternalBackup},
                                 {1, Op::kGetAttachInfo},
                                 {1, Op::kCloseFile},
                                 {1, Op::kGetLogInfo},
                                 {1, Op::kTruncateLog},
                                 {2, Op::kBeginTransaction},
                                 {2, Op::kDetachDatabase},
                                 {1, Op::kRollback}};
  static const OpWeights databases = {{3, Op::kAttachDatabase},
                                      {3, Op::kDetachDatabase},
                                      {2, Op::kCreateDatabase},
                                      {4, Op::kInsertRow},
                                      {4, Op::kBeginTransaction},
                                      {4, Op::kCommitTransaction},
                                      {3, Op::kRollback},
                                      {5, Op::kBeginExternalBackup},
                                      {3, Op::kEndExternalBackup},
                                      {2, Op::kStopBackup},
                                      {1, Op::kTerm},
                                      {2, Op::kOpenFile},
                                      {4, Op::kGetAttachInfo}};
  static const OpWeights everything = [] {
    OpWeights weights;
    for (unsigned op = 0; op < kDrawnOps; ++op) {
      weights.emplace_back(op == static_cast<unsigned>(Op::kTerm) ? 1 : 2, static_cast<Op>(op));
    }
    return weights;
  }();
  switch (theme) {
    case Theme::kStopReadEnd:
      return stop_read_end;
    case Theme::kLogs:
      return logs;
    case Theme::kLife:
      return life;
    case Theme::kDatabases:
      return databases;
    default:
      return everything;
  }
}

uint32_t DrawGrbit(Op op) {
  switch (op) {
    case Op::kTerm:
      return Weighted<uint32_t>({{3, 0},
                                 {2, JET_bitTermComplete},
                                 {2, JET_bitTermAbrupt},
                                 {5, JET_bitTermStopBackup},
                                 {2, JET_bitTermDirty}});
    case Op::kBeginExternalBackup:
      return Weighted<uint32_t>({{12, 0},
                                 {2, JET_bitBackupIncremental},
                                 {1, JET_bitBackupAtomic},
                                 {1, JET_bitBackupSurrogate},
                                 {1, JET_bitInternalCopy}});
    case Op::kEndExternalBackup2:
      return Weighted<uint32_t>({{5, JET_bitBackupEndNormal},
                                 {5, JET_bitBackupEndAbort},
                                 {1, 0},
                                 {1, JET_bitBackupEndNormal | JET_bitBackupEndAbort},
                                 {1, JET_bitBackupEndNormal | JET_bitBackupTruncateDone},
                                 {1, JET_bitBackupEndNormal | JET_bitBackupNoDbHeaderUpdate}});
    case Op::kStopServiceInstance2:
      return Weighted<uint32_t>(
          {{3, JET_bitStopServiceAll},
           {2, JET_bitStopServiceBackgroundUserTasks},
           {2, JET_bitStopServiceQuiesceCaches},
           {2, JET_bitStopServiceResume},
           {1, JET_bitStopServiceResume | JET_bitStopServiceQuiesceCaches},
           {3, JET_bitStopServiceStopAndEmitLog},
           {1, JET_bitStopServiceResume | JET_bitStopServiceStopAndEmitLog},
           {1, JET_bitStopServiceStopAndEmitLog | JET_bitStopServiceQuiesceCaches},
           {1, 1}});
    case Op::kRollback:
      return Weighted<uint32_t>({{3, 0}, {1, JET_bitRollbackAll}});
    case Op::kDetachDatabase:
      return Weighted<uint32_t>({{5, 0}, {1, JET_bitForceDetach}});
    default:
      return 0;
  }
}

bool NamesInstance(Op op) { return op < Op::kBeginTransaction; }

/// What a program makes itself. A call that overlapped the second creation of an instance could
/// mean either by its handle; so that happens only in one thread, or where no instance terminates.
struct Creations {
  bool alone = false;
  bool first = false;
  bool second = false;
};

ProgramCall DrawCall(Theme theme, const Setup& setup, Creations* creations) {
  ProgramCall call;
  call.op = Weighted(WeightsOf(theme));
  call.grbit = DrawGrbit(call.op);
  if (NamesInstance(call.op)) {
    call.instance = Weighted<InstanceRef>({{24, InstanceRef::kFirst},
                                           {theme == Theme::kLife ? 8 : 1, InstanceRef::kSecond},
                                           {1, InstanceRef::kNil},
                                           {1, InstanceRef::kBogus}});
  }
  if (model::HasLegacyTwin(call.op)) call.legacy = OneIn(setup.one_instance ? 2 : 24);
  if (call.op == Op::kCreateInstance) {
    const bool setup_has_first =
        setup.start != Start::kNothing && setup.start != Start::kSecondReady;
    const bool may_first = creations->alone || (!setup_has_first && !creations->first);
    // Refused at once, so that it makes nothing.
    call.null_pointer = OneIn(8);
    if (call.null_pointer) return call;
    const bool may_second = setup.start != Start::kSecondReady && !creations->second;
    if (!may_first && !may_second) {
      call.op = Op::kStopBackup;
      return call;
    }
    const bool second = may_second && (!may_first || OneIn(2));
    call.instance = second ? InstanceRef::kSecond : InstanceRef::kFirst;
    (second ? creations->second : creations->first) = true;
    // Where the program makes the first instance too, either may come first and take the name.
    call.name_taken = second && setup.start != Start::kNothing && OneIn(6);
  }
  if (call.op == Op::kInit) {
    const bool named = call.instance == InstanceRef::kSecond;
    call.instance = named ? InstanceRef::kSecond : InstanceRef::kFirst;
    call.null_pointer = OneIn(10);
  }
  if (call.op == Op::kSetSystemParameter) {
    call.parameter =
        static_cast<ParameterArg>(*rc::gen::inRange(0, static_cast<int>(ParameterArg::kCount)));
    // There a change of the limit would change what the specification was told.
    const bool limit = call.parameter == ParameterArg::kMaxInstances;
    if (limit && setup.settings == Settings::kOneSlot) call.parameter = ParameterArg::kUnknown;
  }
  if (!NamesInstance(call.op)) call.nil_session = OneIn(16);
  call.database = Weighted<uint8_t>({{6, 0}, {2, 1}, {1, 2}});
  if (call.op == Op::kCreateDatabase) call.database = Weighted<uint8_t>({{3, 2}, {1, 1}, {1, 0}});
  if (call.op == Op::kOpenFile) {
    const size_t logs = theme == Theme::kLogs ? 8 : 2;
    call.name = Weighted<NameArg>({{8, NameArg::kDatabase},
                                   {logs, NameArg::kListedLog},
                                   {1, NameArg::kMissingLog},
                                   {1, NameArg::kCurrentLog},
                                   {1, NameArg::kBadLog},
                                   {1, NameArg::kUnknown},
                                   {1, NameArg::kNull}});
    call.log = Weighted<uint8_t>({{6, 0}, {1, 1}});
  }
  if (call.op == Op::kReadFile || call.op == Op::kCloseFile) {
    call.file = Weighted<FileArg>({{20, FileArg::kLatest},
                                   {2, FileArg::kPrevious},
                                   {1, FileArg::kBogus},
                                   {1, FileArg::kZero}});
  }
  if (call.op == Op::kReadFile) {
    call.pages = Weighted<uint8_t>(
        {{6, 4}, {4, 3}, {2, 2}, {1, 1}, {1, 0}, {theme == Theme::kLogs ? 10 : 2, 64}});
    call.misaligned = OneIn(24);
    call.odd_size = OneIn(24);
  }
  return call;
}

Setup DrawSetup(Theme theme) {
  Setup setup;
  setup.one_instance = OneIn(theme == Theme::kLife ? 5 : 12);
  setup.settings = Weighted<Settings>({{18, Settings::kDefault},
                                       {1, Settings::kCircular},
                                       {1, Settings::kNoRecovery},
                                       {theme == Theme::kLife ? 3 : 0, Settings::kOneSlot}});
  switch (theme) {
    case Theme::kLogs:
      setup.start = Weighted<Start>({{2, Start::kBegun},
                                     {2, Start::kFileOpen},
                                     {3, Start::kCopied},
                                     {4, Start::kLogsListed},
                                     {3, Start::kLogOpen},
                                     {3, Start::kLogsCopied},
                                     {3, Start::kIncremental},
                                     {3, Start::kLogsUnlisted}});
      break;
    case Theme::kLife:
      setup.start = Weighted<Start>({{2, Start::kNothing},
                                     {3, Start::kCreated},
                                     {3, Start::kSecondReady},
                                     {4, Start::kReady},
                                     {3, Start::kBegun},
                                     {4, Start::kFileOpen}});
      break;
    case Theme::kDatabases:
      setup.start = Weighted<Start>(
          {{5, Start::kReady}, {2, Start::kBegun}, {1, Start::kCopied}, {1, Start::kLogsListed}});
      break;
    default:
      setup.start = Weighted<Start>({{3, Start::kReady},
                                     {4, Start::kBegun},
                                     {6, Start::kFileOpen},
                                     {3, Start::kMidRead},
                                     {1, Start::kCopied},
                                     {1, Start::kLogsListed}});
  }
  // Without logging no backup can begin, and one-instance mode makes its instance by JetInit.
  if (setup.settings == Settings::kNoRecovery) setup.start = Start::kReady;
  const bool by_create = setup.start == Start::kCreated || setup.start == Start::kSecondReady;
  if (by_create && setup.one_instance) {
    setup.start = Start::kNothing;
  } else if (by_create && setup.settings == Settings::kOneSlot) {
    setup.start = Start::kCreated;
  }
  // Circular logging allows no incremental backup.
  if (setup.start == Start::kIncremental) setup.settings = Settings::kDefault;
  // In one-instance mode the settings are those of the process and survive the instance; without a
  // setup there is nothing they could apply to.
  const bool applies = setup.settings == Settings::kOneSlot || setup.start != Start::kNothing;
  if (setup.one_instance || !applies) setup.settings = Settings::kDefault;
  return setup;
}

ProgramCall Plain(Op op) {
  ProgramCall call;
  call.op = op;
  return call;
}

/// A thread that commits rows, as applications do while a backup runs; or, seldom, one that nests
/// transactions as deep as it can.
std::vector<ProgramCall> Writer(unsigned calls) {
  static constexpr Op kCycle[] = {Op::kBeginTransaction, Op::kInsertRow, Op::kCommitTransaction};
  const bool nests = OneIn(10);
  std::vector<ProgramCall> thread(calls);
  for (unsigned i = 0; i < calls; ++i) {
    thread[i].op = nests ? kCycle[0] : kCycle[i % 3];
    if (thread[i].op == Op::kCommitTransaction && OneIn(8)) thread[i].op = Op::kRollback;
  }
  return thread;
}

ProgramCall Update(RowArg row) {
  ProgramCall call = Plain(Op::kInsertRow);
  call.row = row;
  if (row != RowArg::kInsert) call.index = *rc::gen::inRange<uint8_t>(0, 24);
  return call;
}

/// The same where the power may fail: all kinds of updates, in transactions of several levels. Only
/// one thread of a program is like this, so that nobody else changes the rows it changes.
std::vector<ProgramCall> Changer(unsigned calls) {
  std::vector<ProgramCall> thread;
  unsigned level = 0;
  while (thread.size() < calls) {
    const auto what = Weighted<Op>({{level == 0 ? 8 : 1, Op::kBeginTransaction},
                                    {8, Op::kInsertRow},
                                    {level > 0 ? 5 : 0, Op::kCommitTransaction},
                                    {level > 0 ? 1 : 0, Op::kRollback}});
    if (what == Op::kBeginTransaction) ++level;
    if (what == Op::kCommitTransaction || what == Op::kRollback) --level;
    thread.push_back(what == Op::kInsertRow
                         ? Update(Weighted<RowArg>(
                               {{4, RowArg::kInsert}, {3, RowArg::kReplace}, {2, RowArg::kDelete}}))
                         : Plain(what));
  }
  return thread;
}

/// The rest of a complete backup.
std::vector<ProgramCall> Backer(Start start) {
  const auto named = [](Op op, NameArg name) {
    ProgramCall call = Plain(op);
    call.name = name;
    return call;
  };
  const auto read = [] {
    ProgramCall call = Plain(Op::kReadFile);
    call.pages = 64;
    return call;
  };
  const std::vector<std::pair<Start, ProgramCall>> steps = {
      {Start::kBegun, Plain(Op::kBeginExternalBackup)},
      {Start::kFileOpen, Plain(Op::kOpenFile)},
      {Start::kCopied, read()},
      {Start::kCopied, Plain(Op::kCloseFile)},
      {Start::kLogsListed, Plain(Op::kGetLogInfo)},
      {Start::kLogOpen, named(Op::kOpenFile, NameArg::kListedLog)},
      {Start::kLogsCopied, read()},
      {Start::kLogsCopied, Plain(Op::kCloseFile)},
      {Start::kCount, Plain(Op::kEndExternalBackup)}};
  std::vector<ProgramCall> thread;
  for (const auto& [reaches, call] : steps) {
    if (reaches > start) thread.push_back(Normalized(call));
  }
  return thread;
}

/// A backup that nobody disturbs, while others write: one that is kept and restored.
void BackUpBesideWriters(Program* program) {
  program->setup.start = Weighted<Start>({{4, Start::kReady},
                                          {2, Start::kBegun},
                                          {2, Start::kFileOpen},
                                          {1, Start::kCopied},
                                          {1, Start::kLogsCopied}});
  program->threads.clear();
  program->threads.push_back(Backer(program->setup.start));
  program->threads.push_back(Changer(*rc::gen::inRange(3u, 20u)));
  if (OneIn(3)) program->threads.push_back(Writer(*rc::gen::inRange(3u, 12u)));
}

/// Without a first instance a JetInit may make the one that a creation makes anew after its
/// termination: then, too, a call could mean either by its handle.
void KeepOneInstance(Program* program) {
  if (!program->Uses(Op::kCreateInstance)) return;
  for (auto& thread : program->threads) {
    for (ProgramCall& call : thread) {
      if (call.op == Op::kTerm) call = Plain(Op::kInit);
    }
  }
}

/// Without logging a power cut may take everything.
Faults DrawFaults(Faults worst, const Setup& setup) {
  const bool logged = setup.settings != Settings::kNoRecovery;
  if (worst == Faults::kHeavy && logged && !OneIn(4)) return Faults::kHeavy;
  return worst != Faults::kNone && OneIn(6) ? Faults::kLight : Faults::kNone;
}

/// What a client does with each log of the list: by chance these three calls seldom meet.
void CopyLog(std::vector<ProgramCall>* thread) {
  ProgramCall open = Plain(Op::kOpenFile);
  open.name = NameArg::kListedLog;
  open.log = Weighted<uint8_t>({{1, 0}, {1, 1}});
  ProgramCall read = Plain(Op::kReadFile);
  read.pages = 64;
  thread->insert(thread->end(), {open, read, Plain(Op::kCloseFile)});
}

/// A client that copies one log of the list twice and takes the list for copied.
std::vector<ProgramCall> Miscounter() {
  std::vector<ProgramCall> thread = {Plain(Op::kGetLogInfo)};
  for (unsigned i = 0; i < 2; ++i) CopyLog(&thread);
  for (ProgramCall& call : thread) call.log = thread[1].log;
  for (ProgramCall& call : thread) call = Normalized(call);
  thread.push_back(Plain(Op::kTruncateLog));
  return thread;
}

struct Size {
  unsigned threads = 1;
  unsigned most_calls = 1;
};

/// A bug that needs many calls is rare, and one that needs two is hidden by six others: every third
/// program is a duel of few calls.
Size DrawSize(const GenerateOptions& options) {
  Size size{*rc::gen::inRange(1u, kMaxThreads + 1), 8};
  if (OneIn(3)) size = {2, 2};
  if (options.threads != 0) size.threads = options.threads;
  return size;
}

/// A surrogate backup is streamed by another machine: no call of a program can do anything with it.
void LeaveOutSurrogates(Program* program) {
  for (auto& thread : program->threads) {
    for (ProgramCall& call : thread) {
      if (call.op == Op::kBeginExternalBackup) call.grbit &= ~JET_bitBackupSurrogate;
    }
  }
}

Program Draw(const GenerateOptions& options) {
  const auto theme = Weighted<Theme>({{8, Theme::kStopReadEnd},
                                      {4, Theme::kLogs},
                                      {3, Theme::kLife},
                                      {2, Theme::kDatabases},
                                      {1, Theme::kEverything}});
  Program program;
  program.setup = DrawSetup(theme);
  program.faults = DrawFaults(options.faults, program.setup);
  program.ese = options.ese;
  const Size size = DrawSize(options);
  const unsigned threads = size.threads;
  Creations creations{.alone = threads == 1 || OneIn(3)};
  const bool can_write = program.setup.start >= Start::kReady;
  const bool heavy = program.faults == Faults::kHeavy;
  const bool writes = can_write && (threads > 1 || heavy) && OneIn(heavy ? 1 : 3);
  for (unsigned i = 0; i < threads; ++i) {
    const unsigned calls =
        options.calls ? options.calls : *rc::gen::inRange(1u, size.most_calls + 1);
    if (writes && i + 1 == threads) {
      program.threads.push_back(heavy && OneIn(2) ? Changer(calls) : Writer(calls));
      continue;
    }
    std::vector<ProgramCall> thread;
    for (unsigned j = 0; j < calls; ++j) {
      if (theme == Theme::kLogs && j + 3 <= calls && OneIn(6)) {
        CopyLog(&thread);
        j += 2;
        continue;
      }
      thread.push_back(Normalized(DrawCall(theme, program.setup, &creations)));
      const bool ends = thread.back().op == Op::kTerm;
      if (ends && creations.alone && threads > 1) thread.back() = Plain(Op::kInit);
    }
    program.threads.push_back(std::move(thread));
  }
  if (heavy && writes && options.threads == 0 && OneIn(3)) BackUpBesideWriters(&program);
  const Start start = program.setup.start;
  const bool lists_two = start == Start::kIncremental || start == Start::kLogsUnlisted;
  if (lists_two && threads == 1 && options.calls == 0 && OneIn(4)) program.threads = {Miscounter()};
  const bool no_first = start == Start::kNothing || start == Start::kSecondReady;
  if (threads > 1 && no_first) KeepOneInstance(&program);
  if (program.ese) LeaveOutSurrogates(&program);
  return program;
}

/// Beyond this many calls there are more interleavings than a campaign can try.
constexpr size_t kFewCalls = 4;

}  // namespace

uint32_t SchedulesWorth(const Program& program, uint32_t most) {
  const bool alone = program.threads.size() == 1;
  if (alone && program.faults == Faults::kNone) return 1;
  if (alone && program.faults == Faults::kLight) return std::min(most, 10u);
  const bool few = program.threads.size() == 2 && program.CallCount() <= kFewCalls;
  return few && program.faults != Faults::kHeavy ? std::min(most, 60u) : most;
}

rc::Gen<Program> ArbitraryProgram(GenerateOptions options) {
  const auto drawn = rc::gen::noShrink(rc::gen::exec([options] { return Draw(options); }));
  return rc::Gen<Program>([drawn](const rc::Random& random, int size) {
    return rc::shrinkable::shrinkRecur(drawn(random, size).value(), &ProgramShrinks);
  });
}

Program DrawProgram(const GenerateOptions& options, uint64_t seed) {
  return ArbitraryProgram(options)(rc::Random(seed), rc::kNominalSize).value();
}

}  // namespace backstop::harness
