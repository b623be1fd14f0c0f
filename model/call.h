// SPDX-License-Identifier: MIT
// One API call as the specification sees it: symbolic arguments instead of pointers and handles,
// plus what the call reported or met, which the specification cannot know beforehand.
#pragma once

#include <cstdint>

namespace backstop::model {

using Err = int32_t;

/// Every call of the slice. The legacy twins are the same operations with `Call::legacy`.
enum class Op : uint8_t {
  kCreateInstance,
  kSetSystemParameter,
  kInit,
  kTerm,                  ///< JetTerm and JetTerm2; `grbit` holds the bits (JetTerm: Abrupt)
  kStopService,           ///< JetStopService, JetStopServiceInstance
  kStopServiceInstance2,  ///< `grbit`
  kStopBackup,
  kBeginExternalBackup,  ///< `grbit`
  kGetAttachInfo,
  kOpenFile,   ///< `name`, `generation` or `database`
  kReadFile,   ///< `file`, `pages`, `aligned`, `whole_pages`
  kCloseFile,  ///< `file`
  kGetLogInfo,
  kGetTruncateLogInfo,
  kTruncateLog,
  kEndExternalBackup,   ///< JetEndExternalBackup(Instance): normal end
  kEndExternalBackup2,  ///< `grbit`
  kBeginTransaction,    ///< `session`
  kInsertRow,           ///< JetPrepareUpdate + JetSetColumn + JetUpdate on the session's table
  kCommitTransaction,
  kRollback,
  kAttachDatabase,  ///< `database`
  kDetachDatabase,  ///< `database`
  kCreateDatabase,  ///< `database`; the database stays open, as the API leaves it
  kBeginSession,    ///< `session`: the index that the new session gets
  kEndSession,
  kOpenDatabase,         ///< `database`
  kCloseDatabase,        ///< `database`
  kReadRow,              ///< JetOpenTable + JetMove + JetRetrieveColumn on `database`
  kGetDatabaseInfo,      ///< `database`
  kGetDatabaseFileInfo,  ///< `database`
  kGetInstanceInfo,
  kOpenFileSection,  ///< as kOpenFile, with `section`
  kGetLogInfo2,      ///< as kGetLogInfo, with `bad_size`
  kBackup,           ///< JetBackupInstance: `grbit`, `directory`
  kRestoreInstance,  ///< `directory`
  kExternalRestore,  ///< JetExternalRestore2: `restore`
  kSnapshotPrepare,  ///< `grbit`, `snapshot`: the index that the new session gets
  kSnapshotPrepareInstance,
  kSnapshotFreeze,
  kSnapshotThaw,
  kSnapshotAbort,
  kSnapshotTruncateLog,
  kSnapshotTruncateLogInstance,
  kSnapshotGetFreezeInfo,
  kSnapshotEnd,
  // What happens by itself.
  kFreezeTimesOut,       ///< JET_paramOSSnapshotTimeout has passed since the freeze
  kInstanceUnavailable,  ///< a fatal error marks the instance
  kCount,
};
inline constexpr unsigned kOpCount = static_cast<unsigned>(Op::kCount);

/// The API name of an operation, for example "JetReadFileInstance" (legacy: "JetReadFile").
const char* OpName(Op op, bool legacy = false);

/// Whether the operation has a twin without the instance argument; `Call::legacy` means nothing to
/// the others.
bool HasLegacyTwin(Op op);

/// A run has at most this many instances, databases and sessions.
inline constexpr unsigned kInstances = 2;
inline constexpr unsigned kDatabaseSlots = 3;
inline constexpr unsigned kSessions = 4;
/// `Call::session` of a call that passes JET_sesidNil.
inline constexpr uint8_t kNilSession = 255;
/// `Call::session` of a call that passes a session that never lived.
inline constexpr uint8_t kBogusSession = 254;
/// OS snapshots that can be under way at a time, and an identifier that names none.
inline constexpr unsigned kSnapshotSlots = 3;
inline constexpr uint8_t kBogusSnapshot = 255;
/// Generations of a backup whose log list was never shown.
inline constexpr uint32_t kUnknownGeneration = 0xfffffff0;

/// Which instance handle a call was given: the one last handed out for the first or second slot
/// (before that, and after the instance is gone, it is no handle), JET_instanceNil, or garbage. A
/// call that uses a session names here the instance that the session belongs to.
enum class InstanceRef : uint8_t { kFirst, kSecond, kNil, kBogus };

/// What the name given to JetOpenFileInstance is.
enum class NameKind : uint8_t {
  kNull,        ///< a null pointer or an empty string
  kDatabase,    ///< database number `database`, attached or not
  kLog,         ///< archived generation number `generation` of this instance's log stream
  kCurrentLog,  ///< the file that is being written
  kBadLog,      ///< has a log extension, but is of no generation of this stream
  kForeign,     ///< a file that is neither an attached database nor a log
  kOther,       ///< no such file
};

/// The buffer that a list call was given.
enum class BufferKind : uint8_t {
  kLarge,
  kSmall,  ///< too small for the list
  kNone,   ///< a null pointer, or of size 0
};

/// The part of the file that JetOpenFileSectionInstance asks for.
enum class SectionKind : uint8_t {
  kWhole,      ///< from the start
  kLater,      ///< from a page beyond the header and the first data page
  kForbidden,  ///< from the middle of a page, or from the header
  kSeveral,    ///< one of several sections
};

/// The directory that JetBackupInstance or JetRestoreInstance is given.
enum class DirectoryKind : uint8_t {
  kNone,     ///< a null pointer or an empty string
  kMissing,  ///< does not exist
  kEmpty,
  kBackup,        ///< holds a backup
  kAtomicBackup,  ///< holds a backup made with JET_bitBackupAtomic
  kOccupied,      ///< holds files that are no backup
};

/// What JetExternalRestore2 is given.
enum class RestoreKind : uint8_t {
  kGood,
  kNoTarget,       ///< only one of the target directories, or a name and directories
  kNotRunning,     ///< the named target does not run
  kForeignBase,    ///< the base name differs from the target's
  kBadMap,         ///< the map and its count contradict each other
  kNoLogs,         ///< the log directory holds nothing usable
  kForeignLogs,    ///< a log has another signature
  kBrokenLogs,     ///< a log is missing between others
  kDamagedHeader,  ///< the copy's header is unreadable
  kNoCopy,         ///< the file is not a backup copy
  kBadTrailer,     ///< the trailer page is damaged
  kWrongTrailer,   ///< the trailer page is of another backup
  kLowTooHigh,     ///< the first generation given is above what the copy needs
  kHighTooLow,     ///< the last generation given is below what the copy needs
  kHighMissing,    ///< the last generation given does not exist
  kHighZero,       ///< the last generation given is 0
  kRunning,        ///< into the instance named, which is expected to run
};

/// The parameter that a JetSetSystemParameter call sets.
enum class ParameterKind : uint8_t {
  kGlobal,    ///< of the process: page size, maximum of instances
  kInstance,  ///< fixed at initialisation: paths, base name, log size, circular log, recovery
  kDynamic,   ///< always settable: checkpoint depth
  kUnknown,   ///< no such identifier
};

/// What the environment did during the call. The specification allows the outcomes that follow from
/// each of them; a harness sets only what it knows may have happened.
enum class Fault : uint8_t {
  kNone,
  kIo,  ///< an I/O operation fails
  kOutOfMemory,
  kLogDiskFull,
  kLogSequenceEnd,  ///< no generation number is left
  kBadCheckpoint,
  kNoCheckpoint,
  kDamagedPage,  ///< a page or a log segment fails its checksum
  kFileInUse,    ///< somebody else holds the file
  kBadPath,      ///< a path cannot be completed
  kNoThread,
  kRecovery,    ///< the databases are attached by recovery only
  kMissingLog,  ///< the lowest log on disk is above what is needed
  kReadOnlyFile,
  kOutOfMemoryLater,  ///< after the call has what it needs first
  kCount,
};

struct Environment {
  Fault fault = Fault::kNone;  ///< injected into this call
};

/// Small numbers that stand for file handles: 0 is no handle at all, each distinct value returned
/// by JetOpenFileInstance in a run gets the next number, kBogusFile a value never returned.
using FileRef = uint8_t;
inline constexpr FileRef kNoFile = 0;
inline constexpr FileRef kBogusFile = 255;

struct Call {
  Op op = Op::kCount;
  bool legacy = false;
  InstanceRef instance = InstanceRef::kFirst;
  uint8_t session = 0;   ///< index of the session used
  uint8_t database = 0;  ///< index of the database named
  NameKind name = NameKind::kNull;
  ParameterKind parameter = ParameterKind::kInstance;
  bool same_value = false;    ///< JetSetSystemParameter: the value is the present one (integers)
  bool value_valid = true;    ///< JetSetSystemParameter: in range
  bool name_taken = false;    ///< JetCreateInstance: same name as the first instance
  bool null_pointer = false;  ///< JetCreateInstance, JetInit: pinstance is NULL
  FileRef file = kNoFile;
  bool aligned = true;      ///< JetReadFile: buffer aligned to the page size
  bool whole_pages = true;  ///< JetReadFile: cb is a multiple of the page size
  /// JetReadFile: cb in whole pages; JetOpenFileSectionInstance: pages before the section.
  uint16_t pages = 0;
  uint32_t grbit = 0;
  uint32_t generation = 0;  ///< JetOpenFile of a log
  Environment environment;
  BufferKind buffer = BufferKind::kLarge;  ///< list calls
  bool wide = false;                       ///< list calls: the variant with wide characters
  bool bad_size = false;  ///< JetGetLogInfoInstance2: cbSize is wrong; JetGetDatabaseInfo: cbMax
  bool paths_in_use = false;  ///< JetInit, JetRestore: a running instance has the same paths
  SectionKind section = SectionKind::kWhole;
  DirectoryKind directory = DirectoryKind::kNone;
  RestoreKind restore = RestoreKind::kGood;
  uint8_t snapshot = 0;  ///< slot of the OS snapshot
  bool lazy = false;     ///< JetUpdate: committed lazily
};

/// What a call returned, in the same symbols. Outputs count only when `err` is a success.
struct Outcome {
  Err err = 0;
  FileRef file = kNoFile;      ///< JetOpenFile
  uint32_t size_pages = 0;     ///< JetOpenFile
  uint16_t pages = 0;          ///< JetReadFile: count in pages
  int32_t first_page = -1;     ///< JetReadFile: offset of the data as its bytes tell, -1 unknown
  uint8_t databases = 0;       ///< JetGetAttachInfo: mask of the databases listed
  uint32_t low = 0, high = 0;  ///< log lists: generations listed, high below low when empty
  uint8_t instances = 0;       ///< OS snapshots: number of instances listed
};

}  // namespace backstop::model
