// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/random_ways.h"

#include <algorithm>

#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/item_writer.h"
#include "sim/harness/conformance/moves.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/conformance/step_writer.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::DirectoryKind;
using model::InstanceRef;
using model::NameKind;
using model::Op;

constexpr unsigned kShortest = 10;
constexpr unsigned kLongest = 50;
/// Of a hundred moves, as many are to succeed if they can.
constexpr unsigned kSucceeding = 70;
constexpr unsigned kTries = 40;

/// What a client does that backs up, restores or takes a snapshot as it should.
void AddUsual(Moves& moves) {
  moves.Add({.op = Op::kCreateInstance}).Add({.op = Op::kInit}).Add({.op = Op::kBeginSession});
  moves.Add({.op = Op::kCreateDatabase}).Add({.op = Op::kAttachDatabase});
  moves.Add({.op = Op::kOpenDatabase}).Add({.op = Op::kInsertRow});
  moves.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x1, 0x20, 0x40});
  moves.Add({.op = Op::kOpenFile, .name = NameKind::kDatabase}).Add({.op = Op::kGetAttachInfo});
  moves.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 1});
  for (const model::FileRef file : {model::FileRef{1}, model::FileRef{2}}) {
    const Call read{.op = Op::kReadFile, .file = file, .pages = 3};
    moves.Add(read).Add({.op = Op::kCloseFile, .file = file});
    Call all = read;
    all.pages = kFilePages / 2;
    moves.Add(Move{.call = all, .composite = Composite::kReadAll});
  }
  moves.Add({.op = Op::kGetLogInfo}).Add(Move{.composite = Composite::kCopyLogs});
  moves.Add({.op = Op::kGetTruncateLogInfo}).Add({.op = Op::kTruncateLog});
  moves.AddBits({.op = Op::kEndExternalBackup2}, {JET_bitBackupEndNormal, JET_bitBackupEndAbort});
  moves.Add({.op = Op::kSnapshotPrepare}).Add({.op = Op::kSnapshotFreeze});
  moves.Add({.op = Op::kSnapshotThaw}).Add({.op = Op::kSnapshotEnd});
}

Scene RootScene(sched::Random& random) {
  Scene scene{.name = "random"};
  const uint64_t setting = random.Below(8);
  if (setting == 0) scene.settings["JET_paramRecovery"] = "Off";
  if (setting == 1) scene.settings["JET_paramCircularLog"] = "1";
  for (model::InstanceState& instance : scene.root.state.instances) {
    instance.logging = setting != 0;
    instance.circular = setting == 1;
  }
  return scene;
}

/// How far a file goes depends on the engine: only ReadAll reads to its end.
bool ReadsToEnd(const Move& move, const Position& before) {
  if (move.call.op != Op::kReadFile || move.composite != Composite::kNone) return false;
  const unsigned slot = model::SlotOf(before.state, move.call) % model::kInstances;
  const model::FileState& file = before.state.instances[slot].backup.file;
  return file.offset_pages + move.call.pages >= kFilePages / 2;
}

/// The specification knows which databases are open, but not to which session: here all belong to
/// the first one, which opens each once and stays until they are closed.
bool IsOfOwner(const Move& move, const model::InstanceState& instance) {
  const Call& call = move.call;
  switch (call.op) {
    case Op::kEndSession:
      return call.session != 0 || instance.opened == 0;
    case Op::kOpenDatabase:
    case Op::kCreateDatabase:
      return call.session != 1 && (instance.opened >> call.database & 1) == 0;
    case Op::kCloseDatabase:
    case Op::kInsertRow:
    case Op::kReadRow:
    case Op::kGetDatabaseInfo:
      return call.session != 1;
    default:
      return true;
  }
}

/// Rows are written to the first database alone, and read there.
bool IsOfTable(const Move& move, const Position& before) {
  const Call& call = move.call;
  if (call.op != Op::kInsertRow && call.op != Op::kReadRow) return true;
  // The first rows of a database make its table, which is no lazy transaction and none of others.
  const unsigned slot = model::SlotOf(before.state, call) % model::kInstances;
  const bool is_alone = !call.lazy && before.state.instances[slot].transactions == 0;
  // Unlogged databases may be read-only.
  if ((before.state.instances[slot].unlogged >> call.database & 1) != 0) return false;
  return slot == 0 && call.database == 0 && (is_alone || (before.files & kRowsWritten) != 0);
}

bool IsOwnInit(const Move& move) {
  const Call& call = move.call;
  return call.op == Op::kInit && (call.null_pointer || call.instance == InstanceRef::kNil);
}

/// A restore is of the instance that made the backup, and that has a handle.
bool IsOfOwnBackup(const RandomWay& drawn, const Call& call) {
  const bool made = call.directory == model::DirectoryKind::kBackup ||
                    call.directory == model::DirectoryKind::kAtomicBackup;
  return !(made && drawn.two) && std::ranges::none_of(drawn.way, &IsOwnInit);
}

bool IsOfLog(const Call& call) {
  return call.name == NameKind::kLog || call.name == NameKind::kCurrentLog ||
         call.name == NameKind::kBadLog;
}

/// An instance that JetInit made has no handle of its own that later steps could name it by: it is
/// the first and the only one.
bool IsNamed(const RandomWay& drawn, const Move& move) {
  const Call& call = move.call;
  if (call.op != Op::kInit && call.op != Op::kCreateInstance) return true;
  const bool odd = call.instance == InstanceRef::kBogus || call.instance == InstanceRef::kNil;
  if (call.op == Op::kCreateInstance && odd) return false;
  if (IsOwnInit(move)) return drawn.way.empty();
  return std::ranges::none_of(drawn.way, &IsOwnInit);
}

/// Whether the database was made without logging. Nobody keeps whether a termination has left such
/// a file clean.
bool IsUnloggedFile(const RandomWay& drawn, const Call& call) {
  return std::ranges::any_of(drawn.way, [&](const Move& move) {
    const Call& made = move.call;
    return made.op == Op::kCreateDatabase && (made.grbit & JET_bitDbRecoveryOff) != 0 &&
           made.database == call.database && made.instance == call.instance;
  });
}

bool RollsLog(const Move& move) {
  const Op op = move.call.op;
  return op == Op::kGetLogInfo || op == Op::kGetLogInfo2 || op == Op::kGetTruncateLogInfo ||
         op == Op::kBackup || op == Op::kSnapshotFreeze;
}

/// Whether a backup may have logs that were not read, although the first one listed was: the log
/// has rolled before, and nobody knows how many generations that has left.
bool MayHaveUnreadLogs(const RandomWay& drawn, const model::BackupState& backup) {
  if (backup.logs_read == 0) return false;
  const auto begins = [](const Move& move) { return move.call.op == Op::kBeginExternalBackup; };
  const auto begin = std::find_if(drawn.way.rbegin(), drawn.way.rend(), begins).base();
  const auto copies = [](const Move& move) { return move.composite == Composite::kCopyLogs; };
  if (std::any_of(begin, drawn.way.end(), copies)) return false;
  return std::ranges::count_if(drawn.way, RollsLog) > 1;
}

/// Whether the steps say what the move means, whatever came before it.
bool IsSaid(const RandomWay& drawn, const Move& move, const Position& before) {
  const Call& call = move.call;
  const unsigned slot = model::SlotOf(before.state, call) % model::kInstances;
  const model::InstanceState& instance = before.state.instances[slot];
  if (!IsNamed(drawn, move) || !IsOfOwner(move, instance) || !IsOfTable(move, before)) return false;
  // The specification does not know whether a transaction has changed anything.
  if (call.op == Op::kCommitTransaction && instance.backup.phase == model::Phase::kSnapshot) {
    return false;
  }
  // A list that was cut short, or is of wide characters, names no logs.
  const bool lists = call.op == Op::kGetLogInfo || call.op == Op::kGetLogInfo2;
  if (lists && (call.wide || call.buffer != model::BufferKind::kLarge)) return false;
  const bool logs = !drawn.scene.settings.contains("JET_paramRecovery");
  if (!logs && call.name == NameKind::kForeign) return false;
  // Nobody has seen what follows an incremental backup that ended without its list of logs.
  const bool ends = call.op == Op::kEndExternalBackup || call.op == Op::kEndExternalBackup2;
  const model::BackupState& backup = instance.backup;
  if (ends && backup.phase == model::Phase::kLogs && !backup.prepared) return false;
  // Without a log a termination may leave a file that cannot be attached.
  if (call.op == Op::kAttachDatabase && (!logs || IsUnloggedFile(drawn, call))) return false;
  if (call.op == Op::kTruncateLog && MayHaveUnreadLogs(drawn, backup)) return false;
  if (call.op == Op::kRestoreInstance && !IsOfOwnBackup(drawn, call)) return false;
  // Without a log nothing is known of snapshots: the original engine hung when it was recorded.
  if (!logs && call.op == Op::kSnapshotFreeze) return false;
  if (!drawn.two) return call.instance != InstanceRef::kSecond;
  // Files of one's own directory, unless a list has shown them.
  if (IsOfLog(call) && instance.backup.copy_end == 0) return false;
  return call.name != NameKind::kForeign && call.directory != DirectoryKind::kOccupied;
}

}  // namespace

RandomWays::RandomWays(model::Lifecycle& lifecycle, uint64_t seed)
    : moves_(lifecycle), random_(seed) {
  const auto add = [&](unsigned weight, auto fill) {
    Moves moves(lifecycle);
    fill(moves);
    groups_.push_back({weight, moves.Take()});
    std::erase_if(groups_.back().moves, [](const Move& move) {
      return move.part != Part::kWhole || move.call.op == Op::kInstanceUnavailable ||
             move.composite == Composite::kManyRows;
    });
    weights_ += weight;
  };
  add(30, [](Moves& moves) { AddUsual(moves); });
  add(2, [](Moves& moves) { AddLife(InstanceRef::kFirst, moves); });
  add(1, [](Moves& moves) { AddLife(InstanceRef::kSecond, moves); });
  add(2, [](Moves& moves) { AddServices(moves); });
  add(2, [](Moves& moves) { AddParameters(InstanceRef::kFirst, moves); });
  add(6, [](Moves& moves) { AddSessions(InstanceRef::kFirst, moves); });
  add(2, [](Moves& moves) { AddSessions(InstanceRef::kSecond, moves); });
  add(6, [](Moves& moves) { AddDatabases(InstanceRef::kFirst, moves); });
  add(2, [](Moves& moves) { AddDatabases(InstanceRef::kSecond, moves); });
  add(6, [](Moves& moves) { AddBegin(moves); });
  add(12, [](Moves& moves) { AddFiles(moves); });
  add(6, [](Moves& moves) { AddLogs(moves); });
  add(4, [](Moves& moves) { AddEnds(moves); });
  add(3, [](Moves& moves) { AddWhole(moves); });
  add(2, [](Moves& moves) { AddRestores(moves); });
  add(8, [](Moves& moves) { AddSnapshots(moves); });
  for (const InstanceRef instance :
       {InstanceRef::kFirst, InstanceRef::kSecond, InstanceRef::kNil, InstanceRef::kBogus}) {
    add(2, [&](Moves& moves) { AddEachCall(instance, moves); });
  }
}

const Move& RandomWays::Draw() {
  uint64_t drawn = random_.Below(weights_);
  size_t group = 0;
  while (drawn >= groups_[group].weight) drawn -= groups_[group++].weight;
  return groups_[group].moves[random_.Below(static_cast<uint32_t>(groups_[group].moves.size()))];
}

bool SaidMoves::Make(const RandomWay& drawn, const Move& move, Position* position) {
  if (!CanWrite(*position, move, lifecycle_.dialect())) return false;
  if (ReadsToEnd(move, *position) || !IsSaid(drawn, move, *position)) return false;
  if (IsOpen(move, *position)) return false;
  if (!walk_.Make(position, move, PendingNumber(move), &events_)) return false;
  // Files made with other parameters would have to be read with them.
  const Call& call = move.call;
  const bool changes = call.op == Op::kSetSystemParameter && events_.back().reaction.err >= 0 &&
                       !call.same_value && call.parameter != model::ParameterKind::kDynamic;
  if (changes) return false;
  return std::ranges::none_of(events_, [](const Event& event) { return event.reaction.waits; });
}

bool SaidMoves::IsOpen(const Move& move, const Position& before) {
  Move refused = move;
  refused.failing = true;
  Position next = before;
  const auto err = [&](const Move& made) {
    next = before;
    const bool known = walk_.Make(&next, made, PendingNumber(made), &events_);
    return known && !events_.empty() ? events_.back().reaction.err : 0;
  };
  return NeedsLogs(move.call.op) && err(move) != err(refused);
}

bool RandomWays::Go(RandomWay* drawn, Position* position) {
  const bool is_to_succeed = random_.Below(100) < kSucceeding;
  for (unsigned i = 0; i < kTries; ++i) {
    const Move& move = Draw();
    Position next = *position;
    if (!moves_.Make(*drawn, move, &next)) continue;
    if (is_to_succeed && moves_.err() < 0 && i + 1 < kTries) continue;
    *position = next;
    drawn->way.push_back(move);
    return true;
  }
  return false;
}

void RandomWays::Begin(RandomWay* drawn, Position* position) {
  std::vector<Call> calls;
  const uint64_t kind = random_.Below(10);
  if (kind > 0) calls = {{.op = Op::kCreateInstance}, {.op = Op::kInit}};
  if (kind > 1) calls.insert(calls.end(), {{.op = Op::kBeginSession}, {.op = Op::kCreateDatabase}});
  drawn->two = kind > 7;
  if (drawn->two) {
    calls.push_back({.op = Op::kCreateInstance, .instance = InstanceRef::kSecond});
    calls.push_back({.op = Op::kInit, .instance = InstanceRef::kSecond});
  }
  for (const Call& call : calls) {
    const Move move{.call = call};
    if (moves_.Make(*drawn, move, position)) drawn->way.push_back(move);
  }
}

RandomWay RandomWays::Next() {
  RandomWay drawn{.scene = RootScene(random_), .way = {}};
  Position position = drawn.scene.root;
  Begin(&drawn, &position);
  const uint64_t length = kShortest + random_.Below(kLongest - kShortest + 1);
  while (drawn.way.size() < length && Go(&drawn, &position)) {
  }
  return drawn;
}

namespace {

/// What is left of a way from which moves were taken out: without them others may mean nothing.
void KeepSaid(RandomWay* drawn, model::Lifecycle& lifecycle) {
  SaidMoves moves(lifecycle);
  Way all;
  all.swap(drawn->way);
  Position position = drawn->scene.root;
  for (const Move& move : all) {
    Position next = position;
    if (!moves.Make(*drawn, move, &next)) continue;
    position = next;
    drawn->way.push_back(move);
  }
}

}  // namespace

std::optional<Item> RandomItem(RandomWay* drawn, model::Lifecycle& lifecycle,
                               const std::string& dialect, const std::string& id) {
  const ItemWriter writer(lifecycle, dialect);
  size_t misread = 0;
  for (KeepSaid(drawn, lifecycle); !drawn->way.empty(); KeepSaid(drawn, lifecycle)) {
    auto item = writer.WriteUnnamed(drawn->scene, drawn->way, id, &misread);
    if (item || misread >= drawn->way.size()) return item;
    drawn->way.erase(drawn->way.begin() + static_cast<std::ptrdiff_t>(misread));
  }
  return std::nullopt;
}

RandomWay Shrink(RandomWay drawn, const std::function<bool(const RandomWay&)>& fails) {
  for (size_t size = drawn.way.size() / 2; size > 0; size /= 2) {
    for (size_t at = drawn.way.size(); at-- > 0;) {
      if (at + size > drawn.way.size()) continue;
      RandomWay less = drawn;
      const auto from = less.way.begin() + static_cast<std::ptrdiff_t>(at);
      less.way.erase(from, from + static_cast<std::ptrdiff_t>(size));
      if (fails(less)) drawn = std::move(less);
    }
  }
  return drawn;
}

}  // namespace backstop::conformance
