// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/tail.h"

#include <algorithm>
#include <set>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/moves.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/conformance/step_writer.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::InstanceRef;
using model::Op;

constexpr unsigned kDeepest = 3;
constexpr size_t kMostNodes = 600;
constexpr size_t kLongestTail = 6;

/// Backups, snapshots and transactions; the rest would begin another story.
bool IsOfTail(const Call& call) {
  const Op op = call.op;
  const bool of_snapshot = op >= Op::kSnapshotPrepare && op <= Op::kSnapshotEnd;
  const bool of_transaction =
      op == Op::kBeginTransaction || op == Op::kCommitTransaction || op == Op::kRollback;
  return model::IsStreaming(call) || op == Op::kStopBackup || of_snapshot || of_transaction;
}

/// Every such call as plain as it can be.
std::vector<Move> TailMoves(const model::Lifecycle& lifecycle) {
  Moves all(lifecycle);
  AddEachCall(InstanceRef::kFirst, all);
  for (const model::FileRef file : {model::FileRef{1}, model::FileRef{2}}) {
    all.Add({.op = Op::kReadFile, .file = file, .pages = 3});
    all.Add({.op = Op::kCloseFile, .file = file});
  }
  all.Add({.op = Op::kOpenFile, .name = model::NameKind::kLog, .generation = 1});
  all.AddBits({.op = Op::kBeginExternalBackup}, {JET_bitBackupIncremental});
  all.AddBits({.op = Op::kEndExternalBackup2}, {JET_bitBackupEndAbort});
  AddEachCall(InstanceRef::kSecond, all);
  std::vector<Move> moves = all.Take();
  std::erase_if(moves, [](const Move& move) {
    return move.call.legacy || move.call.file == model::kBogusFile || !IsOfTail(move.call);
  });
  return moves;
}

/// What a sequence would show of them.
bool Alike(const Event& a, const Event& b) {
  const model::Reaction& one = a.reaction;
  const model::Reaction& other = b.reaction;
  if (one.err != other.err || one.pending != other.pending) return false;
  return one.err < 0 || (one.pages == other.pages && one.databases == other.databases &&
                         one.instances == other.instances);
}

/// How many logs are to be copied before a truncation depends on the engine.
bool IsKnown(const Event& event) {
  return event.call.op != Op::kTruncateLog || event.reaction.err < 0;
}

uint64_t HashOf(const Position& right, const Position& wrong) {
  return XXH3_64bits_withSeed(&wrong, sizeof wrong, XXH3_64bits(&right, sizeof right));
}

void Spoil(Position* position, const WrongValue& fault) {
  PutVariable(&position->state, fault.variable, fault.place, fault.value);
}

}  // namespace

TailSearch::TailSearch(model::Lifecycle& lifecycle)
    : lifecycle_(lifecycle), walk_(lifecycle), moves_(TailMoves(lifecycle)) {}

TailSearch::Made TailSearch::Make(Pair* pair, const Move& move, const WrongValue& fault,
                                  bool* touches) {
  if (!CanWrite(pair->right, move, lifecycle_.dialect())) return Made::kNot;
  const model::Snapshot before = pair->right.state;
  if (!walk_.Make(&pair->right, move, PendingNumber(move), &events_)) return Made::kNot;
  const Event right = events_.back();
  if (std::ranges::any_of(events_, [](const Event& event) { return event.reaction.waits; })) {
    return Made::kNot;
  }
  *touches = pair->right.state != before;
  if (!IsKnown(right)) return Made::kNot;
  if (!walk_.Make(&pair->wrong, move, PendingNumber(move), &events_)) return Made::kNot;
  if (fault.sticks) Spoil(&pair->wrong, fault);
  return Alike(right, events_.back()) ? Made::kAlike : Made::kDiffers;
}

size_t TailSearch::Expand(size_t number, const WrongValue& fault) {
  size_t best = moves_.size();
  for (size_t move = 0; move < moves_.size(); ++move) {
    Pair next = nodes_[number].pair;
    bool touches = false;
    const Made made = Make(&next, moves_[move], fault, &touches);
    if (made == Made::kDiffers) {
      // A call that changes nothing leaves the others to be asked as well.
      if (!touches) return move;
      best = std::min(best, move);
    }
    if (made == Made::kAlike && touches && nodes_.size() < kMostNodes &&
        nodes_[number].depth + 1 < kDeepest) {
      nodes_.push_back({next, number, move, nodes_[number].depth + 1});
    }
  }
  return best;
}

std::vector<Move> TailSearch::WayTo(size_t node, size_t last) const {
  std::vector<Move> way = {moves_[last]};
  for (; node != 0; node = nodes_[node].parent) way.push_back(moves_[nodes_[node].move]);
  std::ranges::reverse(way);
  return way;
}

std::vector<Move> TailSearch::Shortest(const Pair& from, const WrongValue& fault) {
  nodes_.assign(1, {from, 0, 0, 0});
  std::set<uint64_t> seen;
  for (size_t node = 0; node < nodes_.size(); ++node) {
    const Pair& pair = nodes_[node].pair;
    if (!seen.insert(HashOf(pair.right, pair.wrong)).second) continue;
    const size_t last = Expand(node, fault);
    if (last != moves_.size()) return WayTo(node, last);
  }
  return {};
}

std::vector<Move> TailSearch::Find(const Position& here, const std::vector<WrongValue>& faults) {
  std::vector<Move> tail;
  std::vector<std::pair<Position, WrongValue>> open;
  for (const WrongValue& fault : faults) {
    Position wrong = here;
    Spoil(&wrong, fault);
    if (wrong != here || fault.sticks) open.push_back({wrong, fault});
  }
  Position right = here;
  while (!open.empty() && tail.size() < kLongestTail) {
    const std::vector<Move> more = Shortest({right, open.front().first}, open.front().second);
    if (more.empty()) open.erase(open.begin());
    for (const Move& move : more) {
      bool touches = false;
      std::erase_if(open, [&](auto& one) {
        Pair pair{right, one.first};
        const Made made = Make(&pair, move, one.second, &touches);
        one.first = pair.wrong;
        return made != Made::kAlike;
      });
      walk_.Make(&right, move, PendingNumber(move), &events_);
      tail.push_back(move);
    }
  }
  return tail;
}

}  // namespace backstop::conformance
