// SPDX-License-Identifier: MIT
// Sequences through the specification: it must predict every code.
//
// Taken from a recording: contents of lists, file sizes, whether damage was noticed, whether a
// log that a truncation may have deleted is still there, and which of two threads came first.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "model/lifecycle.h"
#include "sim/harness/observed/async_plan.h"
#include "sim/harness/observed/model_files.h"
#include "sim/harness/observed/model_names.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// A call of a history, in the words of the specification.
struct Translated {
  model::Call call;
  model::Outcome outcome;
};

/// The recorded header fields that are not those of `header`; empty if there are none. A range that
/// the specification cannot know has only to be there.
std::string HeaderMismatch(const Step& step, const model::Header& header);

struct ModelVerdict {
  bool agrees = true;
  std::string expected;  ///< what the specification says, if it does not agree
  std::string clause;    ///< of the row that said it
};

/// Where outputs come from that the specification cannot know.
enum class Outputs : uint8_t {
  kRecorded,       ///< from the sequence
  kSmallestWorld,  ///< from conformance/small_world.h: the sequence has none
};

/// Replays one sequence; Check goes through its steps in order.
class ModelReplay {
 public:
  /// `lifecycle` is of the dialect of the sequence (recordings: ese) and is only used while Check
  /// runs.
  ModelReplay(const Sequence& sequence, model::Lifecycle& lifecycle,
              Outputs outputs = Outputs::kRecorded);

  ModelVerdict Check(size_t index);

  /// The call that a further step makes, with what was recorded of it, in place of checking it: for
  /// calls of several threads, whose order is not known. What it made gets its name; no other
  /// effect is applied. Nothing if the step is not exactly one call of the specification. Not to be
  /// mixed with Check.
  std::optional<Translated> Translate(const Step& step);

  /// A translated call has returned, and what ended with it is free for later steps: the session of
  /// a JetEndSession, the instance of a termination. What one made is taken.
  void Returned(const model::Call& call);

  const model::Snapshot& state() const { return state_; }
  /// The rows that decided the last step, in order.
  const std::vector<model::RowId>& rows() const { return rows_; }

 private:
  struct Prediction {
    model::Err err = 0;
    model::Reaction reaction;
    std::string mismatch;  ///< an output that differs, as text
  };
  using Handler = void (ModelReplay::*)(const Step&, Prediction*);

  static Handler Find(const std::string& call);
  /// Gives the parameters of the process to the instances that do not live.
  void UseDefaults();
  Prediction Predict(const Step& step);
  model::Reaction Apply(const model::Call& call, const model::Outcome& outcome,
                        model::Stage stage = model::Stage::kOnly, bool failing = false);
  /// Both events of a call that is not atomic, as far as the first does not decide. `failing`: the
  /// environment refuses in the second.
  void Finish(const model::Call& call, Prediction* prediction, bool failing = false);
  /// A call in place of which changed files were found out leaves the state as it was `before`.
  void TakeFindings(const Step& step, const model::Snapshot& before, Prediction* p);
  void TakeExistence(const Step& step, const model::Call& call);
  /// What the end of the last freeze gave.
  model::Reaction TimeOutFreezes();

  model::Call InstanceCall(model::Op op, const Step& step) const;
  model::Call SessionCall(model::Op op, const Step& step) const;
  model::InstanceState& At(const model::Call& call);
  unsigned Slot(const model::Call& call) const;

  void Create(const Step& step, Prediction* p);
  void Init(const Step& step, Prediction* p);
  void Term(const Step& step, Prediction* p);
  void Plain(const Step& step, Prediction* p);
  void BeginSession(const Step& step, Prediction* p);
  void OpenDatabase(const Step& step, Prediction* p);
  void WriteRows(const Step& step, Prediction* p);
  void CountRows(const Step& step, Prediction* p);
  void DatabaseInfo(const Step& step, Prediction* p);
  void AttachInfo(const Step& step, Prediction* p);
  void OpenFile(const Step& step, Prediction* p);
  void ReadFile(const Step& step, Prediction* p);
  void ReadAll(const Step& step, Prediction* p);
  void CopyLogs(const Step& step, Prediction* p);
  void LogInfo(const Step& step, Prediction* p);
  void Backup(const Step& step, Prediction* p);
  /// The part of a JetBackupInstance on the other thread that comes before it sleeps.
  void BeginBackup(const Step& step, size_t record);
  void Restore(const Step& step, Prediction* p);
  void ExternalRestore(const Step& step, Prediction* p);
  void SnapshotCall(const Step& step, Prediction* p);
  bool MayTruncate(const Step& step, const model::InstanceState& instance) const;
  void SetParameter(const Step& step, Prediction* p);
  void InstanceInfo(const Step& step, Prediction* p);
  void Files(const Step& step, Prediction* p);
  void Sleep(const Step& step, Prediction* p);
  void Async(const Step& step, Prediction* p);
  void SessionOnly(const Step& step, Prediction* p);
  void FatalError(const Step& step, Prediction* p);
  void Meet(const Step& step, Prediction* p);

  /// The handle that the next opened file gets.
  model::FileRef NextHandle(const model::Call& call) const;
  /// The second event of a call that another thread has begun; false if none has.
  bool Return(Prediction* p);
  uint32_t SizeOf(const Step& step) const;
  model::Call ReadCall(const Step& step, uint64_t bytes) const;
  /// One read; the fault is taken from the recording.
  model::Reaction ReadOnce(const Step& step, const model::Call& call, model::Err recorded);
  model::Reaction OpenOnce(const Step& step, const model::Call& call, uint32_t size_pages,
                           model::Err recorded);
  model::Reaction CopyLog(const Step& step, const std::string& name, const char** failed);
  void CheckHeader(const Step& step, const model::Call& call, Prediction* p);
  /// Notes the call instead of applying it; it seems to return what was recorded.
  model::Reaction Note(const model::Call& call, const model::Outcome& outcome);
  void NoteOutputs(const Step& step, Translated* noted);
  void Callback(const Step& step, const model::Call& backup, unsigned point);
  void LetTerminationBegin();
  model::DirectoryKind DirectoryFor(const Step& step) const;

  const Sequence& sequence_;
  model::Lifecycle& lifecycle_;
  const bool recorded_;
  AsyncPlan plan_;
  ModelNames names_;
  FileWatch files_;
  model::Snapshot state_;
  size_t index_ = 0;
  uint32_t frozen_for_ = 0;  ///< ms since the last freeze
  bool many_rows_ = false;   ///< that fill several generations were written
  /// Calls of the other thread that have begun, by the step at which they return.
  struct Begun {
    model::Call call;
    model::Stage next;
  };
  std::map<size_t, Begun> begun_;
  std::vector<model::RowId> rows_;
  const Step* translating_ = nullptr;  ///< the step whose calls are noted and not applied
  std::vector<Translated> noted_;
  std::optional<model::Fault> meets_;              ///< what the environment does to the next call
  std::map<std::string, std::string> parameters_;  ///< as they were set
  std::map<std::string, model::DirectoryKind> backups_;  ///< what JetBackup left, by directory
};

}  // namespace backstop::observed
