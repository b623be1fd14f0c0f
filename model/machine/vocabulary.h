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
using LiveInstances = InstancesThatAre<"the number of instances", Life::kCreated,
                                       Life::kInitializing, Life::kReady, Life::kTerminating>;
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

using BackupActive = Named<"a backup is in progress", Not<Is<BackupPhase, Phase::kNoBackup>>>;
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

using IncrementalAsked =
    Named<"an incremental backup is asked for", HasAny<Grbit, JET_bitBackupIncremental>>;
using EndNormalAsked = HasAny<Grbit, JET_bitBackupEndNormal>;
using EndAbortAsked = Named<"an abort is asked for", HasAny<Grbit, JET_bitBackupEndAbort>>;
using StopsBackup =
    Named<"StopBackup, Abrupt or Dirty is given",
          HasAny<Grbit, JET_bitTermStopBackup | JET_bitTermAbrupt | JET_bitTermDirty>>;
using DirtyAsked = Named<"Dirty is given", HasAny<Grbit, JET_bitTermDirty>>;
using ResumeAsked = Named<"Resume is given", HasAny<Grbit, JET_bitStopServiceResume>>;
using ResumeAlone = Named<"Resume alone is given", Is<Grbit, JET_bitStopServiceResume>>;

// -- the environment --

/// Which branch the environment takes: see Lifecycle::Apply.
struct Refusal {
  static std::string Name() { return "the environment refuses"; }
  static uint32_t Get(const Context& c) { return c.failing; }
};
struct IoFaultInjected {
  static std::string Name() { return "a fault was injected"; }
  static uint32_t Get(const Context& c) { return c.call->environment.may_fail_io; }
};
using Refused = Named<"the environment refuses", Is<Refusal, true>>;
using IoFails = Named<"the I/O fails", All<Is<Refusal, true>, Is<IoFaultInjected, true>>>;

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

}  // namespace backstop::model
