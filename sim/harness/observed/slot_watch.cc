// SPDX-License-Identifier: MIT
// What the original engine leaves undefined about files of a backup: it never checks the handle of
// a read, nor the pointers it writes a handle and a size to, and the end of a backup does not clean
// the slot of a database that was open.
#include <algorithm>
#include <array>

#include "impl/esent.h"
#include "sim/harness/observed/skip_rules.h"

namespace backstop::observed {
namespace {

constexpr uint64_t kHandleMask = 0xffffffff;  // the original takes handles as 32 bits
constexpr int64_t kPage = 4096;

bool IsRead(const Step& step) {
  return step.call == "JetReadFileInstance" || step.call == "JetReadFile" || step.call == "ReadAll";
}

bool IsOpen(const Step& step) { return step.call.starts_with("JetOpenFile"); }
bool IsEnd(const Step& step) { return step.call.starts_with("JetEndExternalBackup"); }
bool IsBegin(const Step& step) { return step.call.starts_with("JetBeginExternalBackup"); }
bool IsClose(const Step& step) { return step.call.starts_with("JetCloseFile"); }

/// What is returned before a read looks at its handle.
bool IsRefusal(int32_t err) {
  constexpr std::array kRefusals = {JET_errNoBackup,
                                    JET_errBackupAbortByServer,
                                    JET_errBackupNotAllowedYet,
                                    JET_errClientRequestToStopJetService,
                                    JET_errNotInitialized,
                                    JET_errTermInProgress,
                                    JET_errRestoreInProgress,
                                    JET_errRunningInMultiInstanceMode};
  return std::ranges::find(kRefusals, err) != kRefusals.end();
}

/// What JetInit is refused with before it begins; any other failure frees the instance.
bool IsInitRefused(const Step& step) {
  constexpr std::array kRefusals = {JET_errAlreadyInitialized,
                                    JET_errInitInProgress,
                                    JET_errRunningInMultiInstanceMode,
                                    JET_errTooManyInstances,
                                    JET_errInstanceNameInUse,
                                    JET_errRestoreInProgress,
                                    JET_errTermInProgress,
                                    JET_errClientRequestToStopJetService};
  return step.Has("cbs") || std::ranges::find(kRefusals, step.err) != kRefusals.end();
}

/// JetInit without an instance makes one.
bool MakesInstance(const Step& step) {
  const std::string instance = step.Text("inst", "i1");
  return instance == "NULL" || instance == "@nil" || instance == "@0";
}

bool IsAligned(const Step& step) { return Number(step, "off") % kPage == 0; }

}  // namespace

SlotWatch::Slot& SlotWatch::SlotOf(const Step& step) {
  // In one-instance mode any handle means the one instance.
  return slots_[one_instance_ ? "NULL" : step.Text("inst", "i1")];
}

bool SlotWatch::IsWild(const Step& step) const {
  const std::string handle = step.Text("h", "h1");
  if (handle == "@nil") return true;
  if (handle.starts_with('@')) {
    return (std::strtoull(handle.c_str() + 1, nullptr, 0) & kHandleMask) != 0;
  }
  return !known_.contains(handle);
}

bool SlotWatch::ReadIsUndefined(const Step& step, const Slot& slot) const {
  if (!slot.alive || IsRefusal(step.err) || !IsAligned(step)) return false;
  if (IsWild(step)) return true;
  if (slot.open == File::kNone) return slot.stale;
  return Flag(step, "nullbuf");
}

bool SlotWatch::IsUndefined(const Step& step) {
  bool undefined = false;
  if (IsRead(step)) undefined = ReadIsUndefined(step, SlotOf(step));
  if (IsOpen(step) && step.err >= 0) {
    undefined = Flag(step, "nullh") || Flag(step, "nulllo") || Flag(step, "nullhi");
  }
  Follow(step);
  return undefined;
}

void SlotWatch::Follow(const Step& step) {
  FollowInstance(step);
  if (step.call.starts_with("JetOSSnapshot")) {
    if (step.err >= 0) FollowSnapshot(step);
  } else {
    FollowFile(step, SlotOf(step));
  }
}

/// A freeze takes no instance that is in a backup: what was open there was closed by the end of a
/// snapshot that had only been prepared (H-18).
void SlotWatch::FollowSnapshot(const Step& step) {
  if (step.call == "JetOSSnapshotPrepare") {
    std::set<std::string>& members = members_[step.Text("as", "o1")];
    members.clear();
    if ((Grbit(step) & JET_bitExplicitPrepare) != 0) return;
    for (const auto& [name, slot] : slots_) members.insert(name);
  } else if (step.call == "JetOSSnapshotPrepareInstance") {
    members_[step.Text("snap", "o1")].insert(step.Text("inst", "i1"));
  } else if (step.call == "JetOSSnapshotFreeze") {
    for (const std::string& name : members_[step.Text("snap", "o1")]) CloseSlot(slots_[name]);
  }
}

void SlotWatch::CloseSlot(Slot& slot) {
  if (slot.open == File::kNone) return;
  slot.stale = slot.open == File::kDatabase;
  slot.open = File::kNone;
}

void SlotWatch::FollowInstance(const Step& step) {
  const bool good = step.err >= 0;
  if (step.call == "JetCreateInstance2" && good) slots_[step.Text("as", "i1")] = {.alive = true};
  if (step.call.starts_with("JetInit") && MakesInstance(step) && good) {
    const bool alone = std::ranges::none_of(slots_, [](const auto& s) { return s.second.alive; });
    one_instance_ = one_instance_ || alone;
    SlotOf(alone || !step.Has("as") ? Step{}
                                    : Step{.args = {{"inst", step.Text("as")}}}) = {.alive = true};
  }
  const bool gone = good || step.err == JET_errDirtyShutdown || step.err == JET_errLogWriteFail;
  if (step.call.starts_with("JetTerm") && gone) {
    SlotOf(step) = {};
    one_instance_ = false;
  }
  const bool freed = step.call.starts_with("JetInit") && !good && !IsInitRefused(step);
  if (freed) SlotOf(step).alive = false;
}

void SlotWatch::FollowFile(const Step& step, Slot& slot) {
  const bool good = step.err >= 0;
  const bool over = (IsEnd(step) || IsBegin(step)) ? good : step.err == JET_errNoBackup;
  if (over) CloseSlot(slot);
  if (IsOpen(step) && good) {
    const std::string name = step.Text("name");
    slot.open = name.ends_with(".edb") ? File::kDatabase : File::kOther;
    slot.stale = false;
    known_[step.Text("as", "h1")] = true;
  }
  if (IsClose(step) && good) slot.open = File::kNone;
  // A file that cannot be read is closed by the engine.
  if (IsRead(step) && !good && !IsRefusal(step.err) && step.err != JET_errInvalidParameter) {
    slot.open = File::kNone;
  }
}

}  // namespace backstop::observed
