// SPDX-License-Identifier: MIT
// JetBackup, with status callbacks that interfere.
#include <algorithm>

#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

using harness::JetApi;

/// Longer than what the recordings let the other thread do meanwhile.
constexpr uint64_t kSlowMicros = 600'000;

/// What a callback does at one message: a word, and at which message, from 1 on.
class Interference {
 public:
  explicit Interference(Calls& calls) : calls_(calls) {
    const std::string text = calls.step.Text("cbk");
    const bool numbered = !text.empty() && text.back() >= '1' && text.back() <= '9';
    at_ = numbered ? text.back() - '0' : 1;
    word_ = numbered ? text.substr(0, text.size() - 1) : text;
  }

  /// Null if the step has none.
  JET_PFNSTATUS Callback() {
    if (word_.empty()) return nullptr;
    current = this;
    return &Message;
  }

 private:
  /// The messages that count are the first and the last.
  static JET_ERR JET_API Message(JET_SESID, JET_SNP, JET_SNT what, void*) {
    if (what != JET_sntBegin && what != JET_sntComplete) return JET_errSuccess;
    Interference& self = *current;
    return ++self.messages_ == self.at_ ? self.Act() : JET_errSuccess;
  }

  JET_ERR Act() {
    const JET_INSTANCE instance = calls_.symbols.Instance(calls_.step);
    const JetApi& api = calls_.api;
    if (word_ == "stop") api.JetStopBackupInstance(instance);
    if (word_ == "stopsvc") api.JetStopServiceInstance(instance);
    if (word_ == "begin") api.JetBeginExternalBackupInstance(instance, 0);
    if (word_ == "attach") api.JetGetAttachInfoInstance(instance, nullptr, 0, nullptr);
    if (word_ == "endn") api.JetEndExternalBackupInstance(instance);
    if (word_ == "end") api.JetEndExternalBackupInstance2(instance, JET_bitBackupEndAbort);
    if (word_ == "slow") calls_.env.SleepMicros(kSlowMicros);
    return word_ == "err" ? JET_errDiskIO : JET_errSuccess;
  }

  /// The backup that is being interfered with: a status callback is told nothing of its caller, and
  /// there is one such backup at a time.
  static inline Interference* current = nullptr;

  Calls& calls_;
  std::string word_;
  int at_ = 1;
  int messages_ = 0;
};

bool HasInterferingCalls(Calls& calls) {
  return calls.Has(&JetApi::JetStopBackupInstance, &JetApi::JetStopServiceInstance,
                   &JetApi::JetBeginExternalBackupInstance, &JetApi::JetGetAttachInfoInstance,
                   &JetApi::JetEndExternalBackupInstance, &JetApi::JetEndExternalBackupInstance2);
}

void Backup(Calls& calls) {
  const Name path(calls.symbols, calls.step, "path", "");
  if (!HasInterferingCalls(calls)) return;
  Interference interference(calls);
  calls.Make(&JetApi::JetBackupInstance, calls.symbols.Instance(calls.step), path.c_str(),
             Grbit(calls.step), interference.Callback());
}

void BackupLegacy(Calls& calls) {
  const Name path(calls.symbols, calls.step, "path", "");
  calls.Make(&JetApi::JetBackup, path.c_str(), Grbit(calls.step), nullptr);
}

constexpr NamedStep kWholeCalls[] = {{"JetBackup", &BackupLegacy}, {"JetBackupInstance", &Backup}};

}  // namespace

StepFunction FindWholeCall(const std::string& name) { return FindIn(kWholeCalls, name); }

}  // namespace backstop::observed
