// SPDX-License-Identifier: MIT
// Questions that the invariants ask of a history: what certainly happened before, during or
// between.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/harness/history.h"

namespace backstop::harness {

using Index = size_t;
using Indices = std::vector<Index>;

/// The error codes of the entry tests and of the session checks: the call got no further.
bool IsEntryError(model::Err err);
/// GetAttachInfo, OpenFile, ReadFile, GetLogInfo, GetTruncateLogInfo, TruncateLog.
bool IsDataCall(model::Op op);
/// Data calls, CloseFile and the two Ends.
bool IsStreamingCall(model::Op op);
/// Exactly one of Normal and Abort; JetEndExternalBackup always.
bool HasValidEndBits(const model::Call& call);

/// A history seen from one instance. Calls that name another instance or none do not appear in the
/// lists. Built once per history and instance, then only read.
class View {
 public:
  View(const History& history, unsigned slot);

  const model::HistoryCall& operator[](Index index) const { return history_.calls[index]; }
  const History& history() const { return history_; }
  unsigned slot() const { return slot_; }
  const model::InstanceState& initial() const { return history_.initial.instances[slot_]; }

  const Indices& all() const { return all_; }
  const Indices& streaming() const { return streaming_; }
  const Indices& begins() const { return begins_; }  ///< successful or never returned
  const Indices& begin_calls() const { return begin_calls_; }
  const Indices& stops() const { return stops_; }  ///< successful or never returned
  const Indices& stop_calls() const { return stop_calls_; }
  const Indices& ends() const { return ends_; }      ///< that released a backup
  const Indices& terms() const { return terms_; }    ///< every JetTerm
  const Indices& deaths() const { return deaths_; }  ///< terms that freed the instance
  const Indices& opens() const { return opens_; }    ///< successful OpenFile
  const Indices& inits() const { return inits_; }
  const Indices& stop_services() const { return stop_services_; }

  bool Precedes(Index a, Index b) const {
    return harness::Precedes(history_.calls[a], history_.calls[b]);
  }
  bool Overlap(Index a, Index b) const { return !Precedes(a, b) && !Precedes(b, a); }

  /// The Begin of the backup that certainly is in progress, and nothing else, from before `index`
  /// is invoked until it returns.
  std::optional<Index> BackupAround(Index index) const;
  /// The successful OpenFile whose file certainly is open while `index` runs.
  std::optional<Index> FileOpenAround(Index index) const;
  /// Whether a call other than those two may have ended, begun or replaced a backup between the
  /// invocation of `from` and the return of `to`.
  bool MayChangeBackup(Index from, Index to) const;
  /// Whether a Begin that succeeded may have taken effect after `from` was invoked and before `to`
  /// returned.
  bool MayBeginBetween(Index from, Index to) const;
  bool NoBackupEverBefore(Index index) const;
  /// No call that frees the instance was invoked before `index` returned.
  bool CertainlyAlive(Index index) const;

 private:
  bool Targets(const model::Call& call) const;
  void Sort(Index index);

  const History& history_;
  const unsigned slot_;
  Indices all_, streaming_, begins_, begin_calls_, stops_, stop_calls_, ends_, terms_, deaths_,
      opens_, inits_, stop_services_, changers_, file_closers_;
};

}  // namespace backstop::harness
