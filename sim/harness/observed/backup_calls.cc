// SPDX-License-Identifier: MIT
// Streaming backup.
#include <cstdlib>
#include <memory>
#include <vector>

#include "sim/harness/observed/calls.h"
#include "sim/harness/observed/list_buffer.h"

namespace backstop::observed {
namespace {

using harness::JetApi;

constexpr JET_HANDLE kUntouchedHandle = 0x5e5e5e5e5e5e5e5e;
constexpr uint32_t kUntouched = 0x5e5e5e5e;
constexpr uint32_t kCopyBytes = 262144;

/// A buffer for reading, as far from a page boundary as the step says.
class ReadBuffer {
 public:
  ReadBuffer(uint32_t bytes, uint32_t offset)
      : bytes_(static_cast<char*>(
            std::aligned_alloc(kPage, (size_t{bytes} + offset + kPage) / kPage * kPage))),
        offset_(offset) {}
  char* get() const { return bytes_.get() + offset_; }

 private:
  static constexpr size_t kPage = 4096;
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<char, Free> bytes_;
  uint32_t offset_;
};

void Begin(Calls& calls) {
  calls.Make(&JetApi::JetBeginExternalBackupInstance, calls.symbols.Instance(calls.step),
             Grbit(calls.step));
}
void BeginLegacy(Calls& calls) { calls.Make(&JetApi::JetBeginExternalBackup, Grbit(calls.step)); }
void End(Calls& calls) {
  calls.Make(&JetApi::JetEndExternalBackupInstance, calls.symbols.Instance(calls.step));
}
void End2(Calls& calls) {
  calls.Make(&JetApi::JetEndExternalBackupInstance2, calls.symbols.Instance(calls.step),
             Grbit(calls.step));
}
void EndLegacy(Calls& calls) { calls.Make(&JetApi::JetEndExternalBackup); }
void Stop(Calls& calls) {
  calls.Make(&JetApi::JetStopBackupInstance, calls.symbols.Instance(calls.step));
}
void StopLegacy(Calls& calls) { calls.Make(&JetApi::JetStopBackup); }
void TruncateLog(Calls& calls) {
  calls.Make(&JetApi::JetTruncateLogInstance, calls.symbols.Instance(calls.step));
}
void TruncateLogLegacy(Calls& calls) { calls.Make(&JetApi::JetTruncateLog); }

// -- lists --

void KeepDatabases(Calls& calls, const ListBuffer& list) {
  if (!calls.result.missing.empty()) return;
  list.Describe(&calls.result);
  if (calls.result.err >= 0 && list.IsOrdinary()) calls.symbols.databases = list.Names();
}

void KeepLogs(Calls& calls, const ListBuffer& list) {
  if (!calls.result.missing.empty()) return;
  list.Describe(&calls.result);
  if (calls.result.err < 0 || !list.IsOrdinary()) return;
  calls.symbols.logs = list.Names();
  const auto recorded = calls.step.out.find("names");
  if (recorded == calls.step.out.end() || !recorded->is_array()) return;
  calls.symbols.generations.Note(recorded->get<std::vector<std::string>>(), calls.symbols.logs);
}

void GetAttachInfo(Calls& calls) {
  ListBuffer list(calls.step);
  const JET_INSTANCE instance = calls.symbols.Instance(calls.step);
  if (Flag(calls.step, "wide")) {
    calls.Make(&JetApi::JetGetAttachInfoInstanceW, instance, list.wide(), list.room(),
               list.actual());
  } else {
    calls.Make(&JetApi::JetGetAttachInfoInstance, instance, list.narrow(), list.room(),
               list.actual());
  }
  KeepDatabases(calls, list);
}

void GetAttachInfoLegacy(Calls& calls) {
  ListBuffer list(calls.step);
  calls.Make(&JetApi::JetGetAttachInfo, list.narrow(), list.room(), list.actual());
  KeepDatabases(calls, list);
}

void GetLogInfo(Calls& calls) {
  ListBuffer list(calls.step);
  const JET_INSTANCE instance = calls.symbols.Instance(calls.step);
  if (Flag(calls.step, "wide")) {
    calls.Make(&JetApi::JetGetLogInfoInstanceW, instance, list.wide(), list.room(), list.actual());
  } else {
    calls.Make(&JetApi::JetGetLogInfoInstance, instance, list.narrow(), list.room(), list.actual());
  }
  KeepLogs(calls, list);
}

void GetLogInfoLegacy(Calls& calls) {
  ListBuffer list(calls.step);
  calls.Make(&JetApi::JetGetLogInfo, list.narrow(), list.room(), list.actual());
  KeepLogs(calls, list);
}

/// Makes the call with the structure `Info` that its variant wants.
template <class Info, class Function, class Buffer>
void GetLogInfo2As(Calls& calls, Function function, ListBuffer& list, Buffer buffer) {
  Info info{};
  info.cbSize = static_cast<uint32_t>(Number(calls.step, "licb", sizeof info));
  const bool none = Flag(calls.step, "nullli");
  calls.Make(function, calls.symbols.Instance(calls.step), buffer, list.room(), list.actual(),
             none ? nullptr : &info);
  KeepLogs(calls, list);
  if (none || calls.result.err < 0 || !calls.result.missing.empty()) return;
  calls.result.out["genLow"] = info.ulGenLow;
  calls.result.out["genHigh"] = info.ulGenHigh;
}

void GetLogInfo2(Calls& calls) {
  ListBuffer list(calls.step);
  if (Flag(calls.step, "wide")) {
    GetLogInfo2As<JET_LOGINFO_W>(calls, &JetApi::JetGetLogInfoInstance2W, list, list.wide());
  } else {
    GetLogInfo2As<JET_LOGINFO_A>(calls, &JetApi::JetGetLogInfoInstance2, list, list.narrow());
  }
}

void GetTruncateLogInfo(Calls& calls) {
  ListBuffer list(calls.step);
  const JET_INSTANCE instance = calls.symbols.Instance(calls.step);
  if (Flag(calls.step, "wide")) {
    calls.Make(&JetApi::JetGetTruncateLogInfoInstanceW, instance, list.wide(), list.room(),
               list.actual());
  } else {
    calls.Make(&JetApi::JetGetTruncateLogInfoInstance, instance, list.narrow(), list.room(),
               list.actual());
  }
  if (calls.result.missing.empty()) list.Describe(&calls.result);
}

// -- files --

/// What opening a file writes.
struct Opened {
  JET_HANDLE handle = kUntouchedHandle;
  uint32_t low = kUntouched;
  uint32_t high = kUntouched;

  void Keep(Calls& calls) const {
    nlohmann::json& out = calls.result.out;
    if (!calls.result.missing.empty()) return;
    if (handle == kUntouchedHandle) {
      out["h"] = "untouched";
    } else {
      out["h"] = handle;
    }
    if (low == kUntouched && high == kUntouched) {
      out["size"] = "untouched";
    } else {
      out["size"] = (uint64_t{high} << 32) | low;
    }
    if (calls.result.err >= 0) calls.symbols.Store(calls.step, "h1", handle);
  }
};

void OpenFile(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  Opened opened;
  const auto unless = [&](const char* flag, auto* pointer) {
    return Flag(calls.step, flag) ? nullptr : pointer;
  };
  calls.Make(&JetApi::JetOpenFileInstance, calls.symbols.Instance(calls.step), name.c_str(),
             unless("nullh", &opened.handle), unless("nulllo", &opened.low),
             unless("nullhi", &opened.high));
  opened.Keep(calls);
}

void OpenFileLegacy(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  Opened opened;
  calls.Make(&JetApi::JetOpenFile, name.c_str(), &opened.handle, &opened.low, &opened.high);
  opened.Keep(calls);
}

void OpenFileSection(Calls& calls) {
  const Name name(calls.symbols, calls.step);
  Opened opened;
  auto high = static_cast<int32_t>(kUntouched);
  calls.Make(&JetApi::JetOpenFileSectionInstance, calls.symbols.Instance(calls.step), name.c_str(),
             &opened.handle, static_cast<int32_t>(Number(calls.step, "isec", 0)),
             static_cast<int32_t>(Number(calls.step, "nsec", 1)),
             static_cast<uint64_t>(Number(calls.step, "ib", 0)), &opened.low, &high);
  opened.high = static_cast<uint32_t>(high);
  opened.Keep(calls);
}

void KeepRead(Calls& calls, uint32_t actual) {
  if (!calls.result.missing.empty() || Flag(calls.step, "nullact")) return;
  if (actual == kUntouched) {
    calls.result.out["cbActual"] = "untouched";
  } else {
    calls.result.out["cbActual"] = actual;
  }
}

void ReadFile(Calls& calls) {
  const auto bytes = static_cast<uint32_t>(Number(calls.step, "cb"));
  const ReadBuffer buffer(bytes, static_cast<uint32_t>(Number(calls.step, "off")));
  uint32_t actual = kUntouched;
  calls.Make(&JetApi::JetReadFileInstance, calls.symbols.Instance(calls.step),
             calls.symbols.File(calls.step), Flag(calls.step, "nullbuf") ? nullptr : buffer.get(),
             bytes, Flag(calls.step, "nullact") ? nullptr : &actual);
  KeepRead(calls, actual);
}

void ReadFileLegacy(Calls& calls) {
  const auto bytes = static_cast<uint32_t>(Number(calls.step, "cb"));
  const ReadBuffer buffer(bytes, static_cast<uint32_t>(Number(calls.step, "off")));
  uint32_t actual = kUntouched;
  calls.Make(&JetApi::JetReadFile, calls.symbols.File(calls.step), buffer.get(), bytes, &actual);
  KeepRead(calls, actual);
}

void CloseFile(Calls& calls) {
  calls.Make(&JetApi::JetCloseFileInstance, calls.symbols.Instance(calls.step),
             calls.symbols.File(calls.step));
}
void CloseFileLegacy(Calls& calls) {
  calls.Make(&JetApi::JetCloseFile, calls.symbols.File(calls.step));
}

// -- composite steps --

/// Reads to the end, into the file `to` unless it is empty.
JET_ERR ReadToEnd(Calls& calls, JET_HANDLE handle, uint32_t bytes, const std::string& to,
                  uint64_t* total, int64_t* reads) {
  const ReadBuffer buffer(bytes, 0);
  const JET_INSTANCE instance = calls.symbols.Instance(calls.step);
  std::unique_ptr<env::File> file;
  if (!to.empty()) calls.env.Open(to, env::OpenMode::kCreateOrTruncate, &file);
  while (true) {
    uint32_t actual = 0;
    const JET_ERR err =
        calls.api.JetReadFileInstance(instance, handle, buffer.get(), bytes, &actual);
    ++*reads;
    if (err < 0 || actual == 0) return err;
    if (file) file->WriteAt(*total, {reinterpret_cast<std::byte*>(buffer.get()), actual});
    *total += actual;
  }
}

void ReadAll(Calls& calls) {
  if (!calls.Has(&JetApi::JetReadFileInstance)) return;
  uint64_t total = 0;
  int64_t reads = 0;
  const auto bytes = static_cast<uint32_t>(Number(calls.step, "cb", kCopyBytes));
  calls.result.err = ReadToEnd(calls, calls.symbols.File(calls.step), bytes,
                               PathOf(calls.step.Text("to")), &total, &reads);
  calls.result.out["total"] = total;
  calls.result.out["reads"] = reads;
}

std::string BaseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// Copies one log; the name of the call that failed, or null.
const char* CopyLog(Calls& calls, const std::string& name) {
  const JET_INSTANCE instance = calls.symbols.Instance(calls.step);
  JET_ERR& err = calls.result.err;
  JET_HANDLE handle = 0;
  uint32_t low = 0;
  uint32_t high = 0;
  err = calls.api.JetOpenFileInstance(instance, name.c_str(), &handle, &low, &high);
  if (err < 0) return "open";
  const std::string to = PathOf(calls.step.Text("to"));
  uint64_t total = 0;
  int64_t reads = 0;
  err = ReadToEnd(calls, handle, kCopyBytes, to.empty() ? to : to + "/" + BaseName(name), &total,
                  &reads);
  if (err < 0) return "read";
  err = calls.api.JetCloseFileInstance(instance, handle);
  return err < 0 ? "close" : nullptr;
}

void CopyLogs(Calls& calls) {
  if (!calls.Has(&JetApi::JetOpenFileInstance, &JetApi::JetReadFileInstance,
                 &JetApi::JetCloseFileInstance)) {
    return;
  }
  const std::vector<std::string> names = calls.symbols.logs;
  const auto most = static_cast<size_t>(Number(calls.step, "n", 1 << 20));
  int64_t files = 0;
  for (size_t i = 0; i < names.size() && i < most; ++i) {
    const char* failed = CopyLog(calls, names[i]);
    if (failed != nullptr) {
      calls.result.out["failed"] = failed;
      break;
    }
    ++files;
  }
  calls.result.out["files"] = files;
}

constexpr NamedStep kBackupCalls[] = {
    {"JetBeginExternalBackup", &BeginLegacy},
    {"JetBeginExternalBackupInstance", &Begin},
    {"JetCloseFile", &CloseFileLegacy},
    {"JetCloseFileInstance", &CloseFile},
    {"JetEndExternalBackup", &EndLegacy},
    {"JetEndExternalBackupInstance", &End},
    {"JetEndExternalBackupInstance2", &End2},
    {"JetGetAttachInfo", &GetAttachInfoLegacy},
    {"JetGetAttachInfoInstance", &GetAttachInfo},
    {"JetGetLogInfo", &GetLogInfoLegacy},
    {"JetGetLogInfoInstance", &GetLogInfo},
    {"JetGetLogInfoInstance2", &GetLogInfo2},
    {"JetGetTruncateLogInfoInstance", &GetTruncateLogInfo},
    {"JetOpenFile", &OpenFileLegacy},
    {"JetOpenFileInstance", &OpenFile},
    {"JetOpenFileSectionInstance", &OpenFileSection},
    {"JetReadFile", &ReadFileLegacy},
    {"JetReadFileInstance", &ReadFile},
    {"JetStopBackup", &StopLegacy},
    {"JetStopBackupInstance", &Stop},
    {"JetTruncateLog", &TruncateLogLegacy},
    {"JetTruncateLogInstance", &TruncateLog},
    {"ReadAll", &ReadAll},
    {"CopyLogs", &CopyLogs},
};

}  // namespace

StepFunction FindBackupCall(const std::string& name) { return FindIn(kBackupCalls, name); }

}  // namespace backstop::observed
