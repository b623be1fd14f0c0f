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
  kOther,       ///< no such file
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
struct Environment {
  bool may_fail_io = false;  ///< an I/O error was injected into this call
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
  uint16_t pages = 0;       ///< JetReadFile: cb in whole pages
  uint32_t grbit = 0;
  uint32_t generation = 0;  ///< JetOpenFile of a log
  Environment environment;
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
};

}  // namespace backstop::model
