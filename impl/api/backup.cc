// SPDX-License-Identifier: MIT
// Streaming backup, with the legacy calls that name no instance.
#include "impl/engine/backup.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "impl/api/instance_call.h"
#include "impl/api/list_output.h"
#include "impl/engine/process.h"
#include "impl/engine/whole_backup.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;
using engine::Instance;
using engine::LogList;
using engine::LogRange;

Err Begin(InstanceRef ref, JET_GRBIT grbit) {
  return InsideInstance(ref,
                        [grbit](Instance& instance) { return instance.backup().Begin(grbit); });
}

Err GetAttachInfo(InstanceRef ref, const ListBuffer& to) {
  return InsideInstance(ref, [&to](Instance& instance) {
    std::string names;
    const Err err = instance.backup().GetAttachInfo(&names);
    return err < 0 ? err : GiveList(instance.dialect(), names, ListKind::kDatabases, to);
  });
}

Err OpenFile(InstanceRef ref, JET_PCSTR name, uint64_t offset, JET_HANDLE* handle, uint32_t* low,
             uint32_t* high) {
  return InsideInstance(ref, [=](Instance& instance) {
    uint64_t bytes = 0;
    const Err err = instance.backup().OpenSection(name, offset, handle, &bytes);
    if (err >= 0 && low != nullptr) *low = static_cast<uint32_t>(bytes);
    if (err >= 0 && high != nullptr) *high = static_cast<uint32_t>(bytes >> 32);
    return err;
  });
}

Err ReadFile(InstanceRef ref, JET_HANDLE handle, void* buffer, uint32_t bytes, uint32_t* actual) {
  return InsideInstance(ref, [=](Instance& instance) {
    uint32_t read = 0;
    const Err err =
        instance.backup().ReadFile(handle, static_cast<std::byte*>(buffer), bytes, &read);
    if (err >= 0 && actual != nullptr) *actual = read;
    return err;
  });
}

Err CloseFile(InstanceRef ref, JET_HANDLE handle) {
  return InsideInstance(
      ref, [handle](Instance& instance) { return instance.backup().CloseFile(handle); });
}

Err GetLogList(Instance& instance, LogList which, const ListBuffer& to, LogRange* range) {
  return Inside(instance, [&] {
    std::string names;
    const Err err = instance.backup().GetLogInfo(which, &names, range, to.wide);
    return err < 0 ? err : GiveList(instance.dialect(), names, ListKind::kLogs, to);
  });
}

Err GetLogList(InstanceRef ref, LogList which, const ListBuffer& to) {
  return OnInstance(ref, [&](Instance& instance) {
    LogRange range;
    return GetLogList(instance, which, to, &range);
  });
}

/// `LogInfo`: JET_LOGINFO_A or JET_LOGINFO_W. Its shape is tested after the handle and before
/// everything else.
template <class LogInfo>
Err GetLogListAndRange(InstanceRef ref, const ListBuffer& to, LogInfo* info) {
  return OnInstance(ref, [&](Instance& instance) {
    if (info != nullptr && info->cbSize != sizeof(LogInfo)) return JET_errInvalidParameter;
    LogRange range;
    const Err err = GetLogList(instance, LogList::kToCopy, to, &range);
    if (err < 0 || info == nullptr) return err;
    info->ulGenLow = range.low;
    info->ulGenHigh = range.end - 1;
    const std::string& base = instance.backup().settings().base_name;
    std::copy_n(base.c_str(), std::size(info->szBaseName), info->szBaseName);
    return err;
  });
}

Err TruncateLog(InstanceRef ref) {
  return InsideInstance(ref, [](Instance& instance) { return instance.backup().TruncateLog(); });
}

Err End(InstanceRef ref, JET_GRBIT grbit) {
  return InsideInstance(ref, [grbit](Instance& instance) { return instance.backup().End(grbit); });
}

/// Calls the callback as the API wants it; what it returns is not looked at (C-25).
engine::WholeBackup::Status StatusFor(JET_PFNSTATUS callback) {
  return [callback](JET_SNT what, uint32_t done, uint32_t total) {
    JET_SNPROG progress = {sizeof progress, done, total};
    if (callback != nullptr) callback(JET_sesidNil, JET_snpBackup, what, &progress);
  };
}

Err BackUp(InstanceRef ref, JET_PCSTR path, JET_GRBIT grbit, JET_PFNSTATUS callback) {
  return InsideInstance(ref, [=](Instance& instance) {
    env::Env& env = engine::Process::Current().env();
    return engine::WholeBackup(env, instance, path, grbit, StatusFor(callback)).Run();
  });
}

/// Not counted in the gate and not refused by it: it works in every state (D-04).
Err Stop(InstanceRef ref) {
  return OnInstance(ref, [](Instance& instance) {
    instance.backup().Stop();
    return JET_errSuccess;
  });
}

}  // namespace
}  // namespace backstop::api

using backstop::api::InstanceRef;
using backstop::engine::LogList;

JET_ERR JET_API JetBeginExternalBackup(JET_GRBIT grbit) {
  return backstop::api::Begin(InstanceRef::Only(), grbit);
}

JET_ERR JET_API JetBeginExternalBackupInstance(JET_INSTANCE instance, JET_GRBIT grbit) {
  return backstop::api::Begin(InstanceRef::ByHandle(instance), grbit);
}

JET_ERR JET_API JetGetAttachInfo(char* szzDatabases, uint32_t cbMax, uint32_t* pcbActual) {
  return backstop::api::GetAttachInfo(InstanceRef::Only(), {szzDatabases, cbMax, pcbActual});
}

JET_ERR JET_API JetGetAttachInfoInstance(JET_INSTANCE instance, char* szzDatabases, uint32_t cbMax,
                                         uint32_t* pcbActual) {
  return backstop::api::GetAttachInfo(InstanceRef::ByHandle(instance),
                                      {szzDatabases, cbMax, pcbActual});
}

JET_ERR JET_API JetGetAttachInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzDatabases,
                                          uint32_t cbMax, uint32_t* pcbActual) {
  return backstop::api::GetAttachInfo(InstanceRef::ByHandle(instance),
                                      {wszzDatabases, cbMax, pcbActual, true});
}

JET_ERR JET_API JetOpenFile(JET_PCSTR szFileName, JET_HANDLE* phfFile, uint32_t* pulFileSizeLow,
                            uint32_t* pulFileSizeHigh) {
  return backstop::api::OpenFile(InstanceRef::Only(), szFileName, 0, phfFile, pulFileSizeLow,
                                 pulFileSizeHigh);
}

JET_ERR JET_API JetOpenFileInstance(JET_INSTANCE instance, JET_PCSTR szFileName,
                                    JET_HANDLE* phfFile, uint32_t* pulFileSizeLow,
                                    uint32_t* pulFileSizeHigh) {
  return backstop::api::OpenFile(InstanceRef::ByHandle(instance), szFileName, 0, phfFile,
                                 pulFileSizeLow, pulFileSizeHigh);
}

JET_ERR JET_API JetOpenFileSectionInstance(JET_INSTANCE instance, JET_PCSTR szFile,
                                           JET_HANDLE* phFile, int32_t, int32_t cSections,
                                           uint64_t ibRead, uint32_t* pulSectionSizeLow,
                                           int32_t* plSectionSizeHigh) {
  if (cSections > 1) return JET_wrnNyi;
  return backstop::api::OpenFile(InstanceRef::ByHandle(instance), szFile, ibRead, phFile,
                                 pulSectionSizeLow, reinterpret_cast<uint32_t*>(plSectionSizeHigh));
}

JET_ERR JET_API JetReadFile(JET_HANDLE hfFile, void* pv, uint32_t cb, uint32_t* pcbActual) {
  return backstop::api::ReadFile(InstanceRef::Only(), hfFile, pv, cb, pcbActual);
}

JET_ERR JET_API JetReadFileInstance(JET_INSTANCE instance, JET_HANDLE hfFile, void* pv, uint32_t cb,
                                    uint32_t* pcbActual) {
  return backstop::api::ReadFile(InstanceRef::ByHandle(instance), hfFile, pv, cb, pcbActual);
}

JET_ERR JET_API JetCloseFile(JET_HANDLE hfFile) {
  return backstop::api::CloseFile(InstanceRef::Only(), hfFile);
}

JET_ERR JET_API JetCloseFileInstance(JET_INSTANCE instance, JET_HANDLE hfFile) {
  return backstop::api::CloseFile(InstanceRef::ByHandle(instance), hfFile);
}

JET_ERR JET_API JetGetLogInfo(char* szzLogs, uint32_t cbMax, uint32_t* pcbActual) {
  return backstop::api::GetLogList(InstanceRef::Only(), LogList::kToCopy,
                                   {szzLogs, cbMax, pcbActual});
}

JET_ERR JET_API JetGetLogInfoInstance(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                      uint32_t* pcbActual) {
  return backstop::api::GetLogList(InstanceRef::ByHandle(instance), LogList::kToCopy,
                                   {szzLogs, cbMax, pcbActual});
}

JET_ERR JET_API JetGetLogInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzLogs, uint32_t cbMax,
                                       uint32_t* pcbActual) {
  return backstop::api::GetLogList(InstanceRef::ByHandle(instance), LogList::kToCopy,
                                   {wszzLogs, cbMax, pcbActual, true});
}

JET_ERR JET_API JetGetLogInfoInstance2(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                       uint32_t* pcbActual, JET_LOGINFO_A* pLogInfo) {
  return backstop::api::GetLogListAndRange(InstanceRef::ByHandle(instance),
                                           {szzLogs, cbMax, pcbActual}, pLogInfo);
}

JET_ERR JET_API JetGetLogInfoInstance2W(JET_INSTANCE instance, JET_WCHAR* wszzLogs, uint32_t cbMax,
                                        uint32_t* pcbActual, JET_LOGINFO_W* pLogInfo) {
  return backstop::api::GetLogListAndRange(InstanceRef::ByHandle(instance),
                                           {wszzLogs, cbMax, pcbActual, true}, pLogInfo);
}

JET_ERR JET_API JetGetTruncateLogInfoInstance(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                              uint32_t* pcbActual) {
  return backstop::api::GetLogList(InstanceRef::ByHandle(instance), LogList::kToDelete,
                                   {szzLogs, cbMax, pcbActual});
}

JET_ERR JET_API JetGetTruncateLogInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzLogs,
                                               uint32_t cbMax, uint32_t* pcbActual) {
  return backstop::api::GetLogList(InstanceRef::ByHandle(instance), LogList::kToDelete,
                                   {wszzLogs, cbMax, pcbActual, true});
}

JET_ERR JET_API JetTruncateLog(void) { return backstop::api::TruncateLog(InstanceRef::Only()); }

JET_ERR JET_API JetTruncateLogInstance(JET_INSTANCE instance) {
  return backstop::api::TruncateLog(InstanceRef::ByHandle(instance));
}

JET_ERR JET_API JetEndExternalBackup(void) {
  return backstop::api::End(InstanceRef::Only(), JET_bitBackupEndNormal);
}

JET_ERR JET_API JetEndExternalBackupInstance(JET_INSTANCE instance) {
  return backstop::api::End(InstanceRef::ByHandle(instance), JET_bitBackupEndNormal);
}

JET_ERR JET_API JetEndExternalBackupInstance2(JET_INSTANCE instance, JET_GRBIT grbit) {
  return backstop::api::End(InstanceRef::ByHandle(instance), grbit);
}

JET_ERR JET_API JetStopBackup(void) { return backstop::api::Stop(InstanceRef::Only()); }

JET_ERR JET_API JetStopBackupInstance(JET_INSTANCE instance) {
  return backstop::api::Stop(InstanceRef::ByHandle(instance));
}

JET_ERR JET_API JetBackup(JET_PCSTR szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return backstop::api::BackUp(InstanceRef::Only(), szBackupPath, grbit, pfnStatus);
}

JET_ERR JET_API JetBackupInstance(JET_INSTANCE instance, JET_PCSTR szBackupPath, JET_GRBIT grbit,
                                  JET_PFNSTATUS pfnStatus) {
  return backstop::api::BackUp(InstanceRef::ByHandle(instance), szBackupPath, grbit, pfnStatus);
}
