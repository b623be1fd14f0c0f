// SPDX-License-Identifier: MIT
// The words of the tables: fields, terms, and the conditions that have a name.
#pragma once

#include "impl/esent.h"
#include "model/machine/conditions.h"
#include "model/machine/terms.h"

namespace backstop::model {

// -- the process --

using RunMode = WorldField<"run mode", &Snapshot::mode>;
using MaxInstances = WorldField<"JET_paramMaxInstances", &Snapshot::max_instances>;

/// The number of instances that are in one of these lives.
template <Text kName, Life... kLives>
struct InstancesThatAre {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) {
    uint32_t count = 0;
    for (const InstanceState& instance : c.world->instances) {
      count += ((instance.life == kLives) || ...);
    }
    return count;
  }
};
using LiveInstances =
    InstancesThatAre<"the number of instances", Life::kCreated, Life::kInitializing, Life::kReady,
                     Life::kTerminating, Life::kRestoring>;
using ReadyInstances = InstancesThatAre<"the number of ready instances", Life::kReady>;
using TerminatingInstances =
    InstancesThatAre<"the number of terminating instances", Life::kTerminating>;

struct FirstInstanceLives {
  static std::string Name() { return "the first instance lives"; }
  static uint32_t Get(const Context& c) { return c.world->instances[0].life != Life::kAbsent; }
};

using ModeUnset = Named<"no run mode is set", Is<RunMode, Mode::kUnset>>;
using OneInstanceMode = Named<"in single-instance mode", Is<RunMode, Mode::kOneInstance>>;
using MultiInstanceMode = Named<"in multi-instance mode", Is<RunMode, Mode::kMultiInstance>>;
using TableIsFull = Named<"the instance table is full", Not<Below<LiveInstances, MaxInstances>>>;
using OnlyTerminatingInstances =
    Named<"every initialised instance terminates",
          All<Is<ReadyInstances, 0>, Not<Is<TerminatingInstances, 0>>>>;
using NoInitializedInstance =
    Named<"no instance is initialised", All<Is<ReadyInstances, 0>, Is<TerminatingInstances, 0>>>;

// -- the instance --

using ServiceFlag = InstanceField<"the service is stopped", &InstanceState::stop_service>;
using StoppedServices = InstanceField<"stopped services", &InstanceState::stopped_bits>;
using BackupAllowed = InstanceField<"backups are allowed", &InstanceState::backup_allowed>;
using LoggingOn = InstanceField<"logging is on", &InstanceState::logging>;
using CircularLog = InstanceField<"logging is circular", &InstanceState::circular>;
using Attached = InstanceField<"attached databases", &InstanceState::attached>;
using Existing = InstanceField<"database files", &InstanceState::existing>;
using Opened = InstanceField<"open databases", &InstanceState::opened>;
using InTransaction = InstanceField<"sessions in a transaction", &InstanceState::transactions>;
using Sessions = InstanceField<"live sessions", &InstanceState::sessions>;
using FullBackups = InstanceField<"databases with a full backup", &InstanceState::full_backups>;
using DeletedBelow =
    InstanceField<"the end of the generations that may be deleted", &InstanceState::deleted_below>;

/// JetStopServiceInstance2(0) as it is remembered: everything, and each service that can resume.
inline constexpr uint32_t kEverything = 0x1;
inline constexpr uint32_t kResumable =
    JET_bitStopServiceBackgroundUserTasks | JET_bitStopServiceQuiesceCaches;
inline constexpr uint32_t kEmitLog = JET_bitStopServiceStopAndEmitLog;

using ServiceStopped = Named<"JetStopService was called", Is<ServiceFlag, true>>;
using LogStopped = Named<"the log was emitted for good", HasAny<StoppedServices, kEmitLog>>;
using AnyTransaction = Named<"a transaction is open", Not<Is<InTransaction, 0>>>;

using LogHeld = InstanceField<"a log is held by a dead instance", &InstanceState::log_held>;
using UnavailableFlag = InstanceField<"a fatal error happened", &InstanceState::unavailable>;
using Unlogged = InstanceField<"databases without logging", &InstanceState::unlogged>;
using SnapshotFulls =
    InstanceField<"databases with a snapshot as full backup", &InstanceState::snapshot_fulls>;
using InstanceLife = InstanceField<"the life of the instance", &InstanceState::life>;
using Logged = Called<"logged databases", Except<Attached, Unlogged>>;
using Unavailable = Named<"a fatal error happened", Not<Is<UnavailableFlag, 0>>>;
/// The fatal error was that the log disk is full.
inline constexpr int kFullLogDisk = 2;
using LogDiskWasFull =
    Named<"the fatal error was a full log disk", Is<UnavailableFlag, kFullLogDisk>>;

// -- its backup --

using BackupPhase = BackupField<"backup phase", &BackupState::phase>;
using FullFlag = BackupField<"the backup is full", &BackupState::full>;
using StopFlag = BackupField<"stop", &BackupState::stop>;
using PreparedFlag = BackupField<"log info was taken", &BackupState::prepared>;
using TruncatedFlag = BackupField<"logs were truncated", &BackupState::truncated>;
using EarlyLogFlag = BackupField<"a log was read early", &BackupState::early_log>;
using Copied = BackupField<"copied databases", &BackupState::copied>;
using CopyLow = BackupField<"the first generation to copy", &BackupState::copy_low>;
using CopyEnd = BackupField<"the end of the generations to copy", &BackupState::copy_end>;
using LogsRead = BackupField<"copied logs", &BackupState::logs_read>;
using SumRead = BackupField<"the sum of the copied generations", &BackupState::sum_read>;
using WholeFlag = BackupField<"JetBackupInstance runs it", &BackupState::whole>;
using SumToCopy = Called<"the sum of the listed generations", SumFrom<CopyLow, CopyEnd>>;
using StampedByFull = Called<"the copied databases", Except<Copied, Unlogged>>;

using LocalBackup = Named<"a backup or a snapshot is in progress",
                          Any<Is<BackupPhase, Phase::kDatabases>, Is<BackupPhase, Phase::kLogs>,
                              Is<BackupPhase, Phase::kSnapshot>>>;
using SurrogateBackup =
    Named<"a surrogate backup is in progress", Is<BackupPhase, Phase::kSurrogate>>;
using RunByJetBackup = Named<"JetBackupInstance runs the backup", Is<WholeFlag, true>>;
using StopRequested = Named<"a stop was requested", Is<StopFlag, true>>;
using Full = Named<"the backup is full", Is<FullFlag, true>>;
using Prepared = Named<"log info was taken", Is<PreparedFlag, true>>;
using RangeUnknown = Named<"the copy range was not shown", Is<CopyEnd, 0>>;
using Truncated = Named<"the logs were truncated", Is<TruncatedFlag, true>>;
using EarlyLogRead =
    Named<"a log was read to its end before the copy range was shown", Is<EarlyLogFlag, true>>;
using AllLogsCopied =
    Named<"every listed log is copied",
          All<Not<RangeUnknown>, Same<LogsRead, FirstBits<Minus<CopyEnd, CopyLow>>>>>;
using EnoughCopied = Named<"the generations copied sum up to those listed",
                           All<Not<RangeUnknown>, Not<Below<SumRead, SumToCopy>>>>;

// -- the open file --

using FileType = FileField<"the open file", &FileState::kind>;
using FileHandle = FileField<"the open handle", &FileState::handle>;
using FileDatabase = FileField<"the open database", &FileState::database>;
using FileGeneration = FileField<"the open generation", &FileState::generation>;
using FileOffset = FileField<"the offset", &FileState::offset_pages>;
using FileSize = FileField<"the size", &FileState::size_pages>;
using PagesLeft = Called<"the pages that are left", Minus<FileSize, FileOffset>>;

/// The handle that JetOpenFile gave last, whatever became of it.
struct LastHandle {
  static std::string Name() { return "the last handle"; }
  static uint32_t Get(const Context& c) { return c.world->last_file[c.slot]; }
  static void Put(Context& c, uint32_t value) {
    c.world->last_file[c.slot] = static_cast<FileRef>(value);
  }
};

using FileOpen = Named<"a file is open", Not<Is<FileType, FileKind::kNone>>>;
using AtStart = Named<"nothing was read yet", Is<FileOffset, 0>>;
using ReadToTheEnd = Named<"it was read to its end", Same<FileOffset, FileSize>>;
using InCopyRange =
    Named<"its generation is in the copy range",
          All<Prepared, Not<Below<FileGeneration, CopyLow>>, Below<FileGeneration, CopyEnd>>>;

// -- the call --

using CallInstance = Argument<"the instance", &Call::instance>;
using CallSession = Argument<"the session", &Call::session>;
using CallDatabase = Argument<"the database", &Call::database>;
using CallName = Argument<"the name", &Call::name>;
using CallGeneration = Argument<"the generation", &Call::generation>;
using CallFile = Argument<"the handle", &Call::file>;
using CallPages = Argument<"the pages asked for", &Call::pages>;
using Grbit = Argument<"grbit", &Call::grbit>;
using CallParameter = Argument<"the parameter", &Call::parameter>;
using AlignedFlag = Argument<"the buffer is aligned", &Call::aligned>;
using WholePagesFlag = Argument<"the count is whole pages", &Call::whole_pages>;
using NullPointerFlag = Argument<"there is no place for the handle", &Call::null_pointer>;
using NameTakenFlag = Argument<"the name is the first instance's", &Call::name_taken>;
using SameValueFlag = Argument<"the value is the present one", &Call::same_value>;
using ValidValueFlag = Argument<"the value is in range", &Call::value_valid>;

/// The transaction level of the session that the call uses.
struct Level {
  static std::string Name() { return "the session's level"; }
  static uint32_t Get(const Context& c) { return c.instance->levels[c.call->session % kSessions]; }
  static void Put(Context& c, uint32_t value) {
    c.instance->levels[c.call->session % kSessions] = static_cast<uint8_t>(value);
  }
};

using NullPointer = Named<"there is no place for the handle", Is<NullPointerFlag, true>>;
using NoInstanceGiven =
    Named<"no instance is given", Any<NullPointer, Is<CallInstance, InstanceRef::kNil>>>;
using NameCollides =
    Named<"the name is in use", All<Is<NameTakenFlag, true>, Is<FirstInstanceLives, true>>>;
using SessionIsNil = Named<"the session is nil", Is<CallSession, int{kNilSession}>>;
using SessionLives = Named<"the session lives", Contains<Sessions, CallSession>>;
using DatabaseAttached = Named<"the database is attached", Contains<Attached, CallDatabase>>;
using DatabaseExists = Named<"the database file exists", Contains<Existing, CallDatabase>>;
using DatabaseOpen = Named<"the database is open", Contains<Opened, CallDatabase>>;
using InsideTransaction = Named<"the session is in a transaction", Not<Is<Level, 0>>>;

using NameIsEmpty = Named<"the name is empty", Is<CallName, NameKind::kNull>>;
using NameIsAttachedDatabase = Named<"the name is an attached database",
                                     All<Is<CallName, NameKind::kDatabase>, DatabaseAttached>>;
using NameIsForeignFile =
    Named<"the name is of a file that is neither an attached database nor a log",
          Any<Is<CallName, NameKind::kForeign>,
              All<Is<CallName, NameKind::kDatabase>, DatabaseExists, Not<DatabaseAttached>>>>;
using NameIsNoGeneration =
    Named<"the name is the current log or of no generation",
          Any<Is<CallName, NameKind::kCurrentLog>, Is<CallName, NameKind::kBadLog>>>;
using NameIsLog = Named<"the name is of an archived generation", Is<CallName, NameKind::kLog>>;
using LogIsSurelyThere =
    Named<"the generation is listed and surely not deleted",
          All<Not<Below<CallGeneration, CopyLow>>, Not<Below<CallGeneration, DeletedBelow>>,
              Below<CallGeneration, CopyEnd>>>;

using HandleIsOpenFile =
    Named<"the handle is that of the open file",
          All<FileOpen, Not<Is<CallFile, int{kNoFile}>>, Same<CallFile, FileHandle>>>;
using BufferAligned = Named<"the buffer is aligned", Is<AlignedFlag, true>>;
using WholePages = Named<"the count is whole pages", Is<WholePagesFlag, true>>;
using FewerThanTwoPages = Named<"fewer than two pages are asked for", Below<CallPages, Number<2>>>;
using FewerThanThreePages =
    Named<"fewer than three pages are asked for", Below<CallPages, Number<3>>>;
using NoPages = Named<"no page is asked for", Is<CallPages, 0>>;
using Delivered = Called<"the pages delivered", Smaller<CallPages, PagesLeft>>;

using CallBuffer = Argument<"the buffer", &Call::buffer>;
using WideFlag = Argument<"the wide variant", &Call::wide>;
using LegacyFlag = Argument<"the legacy call", &Call::legacy>;
using BadSizeFlag = Argument<"the size of the structure is wrong", &Call::bad_size>;
using PathsInUseFlag = Argument<"a running instance has the same paths", &Call::paths_in_use>;
using CallSection = Argument<"the section", &Call::section>;
using CallDirectory = Argument<"the directory", &Call::directory>;
using CallRestore = Argument<"the restore", &Call::restore>;
using LazyFlag = Argument<"the commit is lazy", &Call::lazy>;
using ShortAnsiBuffer = Named<"the ANSI buffer is too small",
                              All<Is<CallBuffer, BufferKind::kSmall>, Not<Is<WideFlag, true>>>>;
using WrongSize = Named<"the size of the structure is wrong", Is<BadSizeFlag, true>>;
using SeveralSections =
    Named<"one of several sections is asked for", Is<CallSection, SectionKind::kSeveral>>;
using ForbiddenSection = Named<"the section starts within a page or the header",
                               Is<CallSection, SectionKind::kForbidden>>;
using PathsInUse = Named<"a running instance has the same paths", Is<PathsInUseFlag, true>>;

using IncrementalAsked =
    Named<"an incremental backup is asked for", HasAny<Grbit, JET_bitBackupIncremental>>;
using ReadOnlyAsked = Named<"ReadOnly is given", HasAny<Grbit, JET_bitDbReadOnly>>;
using RecoveryOffAsked = Named<"RecoveryOff is given", HasAny<Grbit, JET_bitDbRecoveryOff>>;
using SurrogateAsked =
    Named<"a surrogate backup is asked for", HasAny<Grbit, JET_bitBackupSurrogate>>;
using InternalAsked = Named<"an internal copy is asked for", HasAny<Grbit, JET_bitInternalCopy>>;
using NoStampAsked =
    Named<"NoDbHeaderUpdate is given", HasAny<Grbit, JET_bitBackupNoDbHeaderUpdate>>;
using TruncateDoneAsked = Named<"TruncateDone is given", HasAny<Grbit, JET_bitBackupTruncateDone>>;
using EndNormalAsked = HasAny<Grbit, JET_bitBackupEndNormal>;
using EndAbortAsked = Named<"an abort is asked for", HasAny<Grbit, JET_bitBackupEndAbort>>;
using StopsBackup =
    Named<"StopBackup, Abrupt or Dirty is given",
          HasAny<Grbit, JET_bitTermStopBackup | JET_bitTermAbrupt | JET_bitTermDirty>>;
using StopsOrAborts = Named<"StopBackup or Abrupt is given",
                            HasAny<Grbit, JET_bitTermStopBackup | JET_bitTermAbrupt>>;
using DirtyAsked = Named<"Dirty is given", HasAny<Grbit, JET_bitTermDirty>>;
using ResumeAsked = Named<"Resume is given", HasAny<Grbit, JET_bitStopServiceResume>>;
using ResumeAlone = Named<"Resume alone is given", Is<Grbit, JET_bitStopServiceResume>>;

// -- OS snapshots --

using SnapshotFlags = SnapshotField<"the snapshot's flags", &SnapshotSession::flags>;
using SnapshotMembers = SnapshotField<"instances in the snapshot", &SnapshotSession::members>;

/// The number of the addressed instance.
struct ThisInstance {
  static std::string Name() { return "the instance"; }
  static uint32_t Get(const Context& c) { return c.slot; }
};
/// Initialised instances that take part in no snapshot.
struct Claimable {
  static std::string Name() { return "the initialised instances that are in no snapshot"; }
  static uint32_t Get(const Context& c) {
    uint32_t mask = 0;
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      if (c.world->instances[slot].life == Life::kReady) mask |= 1u << slot;
    }
    for (const SnapshotSession& session : c.world->snapshots) mask &= ~uint32_t{session.members};
    return mask;
  }
};
/// The phase of the snapshot in which the addressed instance takes part.
struct ClaimPhase {
  static std::string Name() { return "the snapshot that the instance is in"; }
  static uint32_t Get(const Context& c) {
    for (const SnapshotSession& session : c.world->snapshots) {
      if ((session.members >> c.slot & 1) != 0) return static_cast<uint32_t>(session.phase);
    }
    return 0;
  }
};
using Claimed = Named<"the instance is in a snapshot", Not<Is<ClaimPhase, SnapshotPhase::kNone>>>;
using FrozenNow = Named<"the instance is frozen", Is<ClaimPhase, SnapshotPhase::kFrozen>>;
using NoInstance = Named<"there is no instance", Is<LiveInstances, 0>>;
using IncrementalSnapshot =
    Named<"the snapshot is incremental", HasAny<SnapshotFlags, JET_bitIncrementalSnapshot>>;
using CopySnapshot = Named<"the snapshot is a copy", HasAny<SnapshotFlags, JET_bitCopySnapshot>>;
using ContinueAfterThaw =
    Named<"ContinueAfterThaw was given", HasAny<SnapshotFlags, JET_bitContinueAfterThaw>>;
using ExplicitPrepare =
    Named<"ExplicitPrepare was given", HasAny<SnapshotFlags, JET_bitExplicitPrepare>>;
using PartOfSnapshot =
    Named<"the instance is in this snapshot", Contains<SnapshotMembers, ThisInstance>>;

// -- the environment --

/// Which branch the environment takes: see Lifecycle::Apply.
struct Refusal {
  static std::string Name() { return "the environment refuses"; }
  static uint32_t Get(const Context& c) { return c.failing; }
};
using Refused = Named<"the environment refuses", Is<Refusal, true>>;
using IoFails = Meets<Fault::kIo>;

using ReportedHandle = Report<"a new handle", &Outcome::file>;
using ReportedSize = Report<"its size", &Outcome::size_pages>;
using ReportedLow = Report<"the lowest generation listed", &Outcome::low>;
using ReportedHigh = Report<"the highest generation listed", &Outcome::high>;

// -- outputs --

using PagesOut = Output<"pages", &Reaction::pages>;
using FirstPageOut = Output<"first page", &Reaction::first_page>;
using DatabasesOut = Output<"databases listed", &Reaction::databases>;
using LowOut = Output<"lowest generation", &Reaction::low>;
using HighOut = Output<"highest generation", &Reaction::high>;
using HeaderOut = Output<"the header shown", &Reaction::database>;
using InstancesOut = Output<"instances listed", &Reaction::instances>;

}  // namespace backstop::model
