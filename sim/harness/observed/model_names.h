// SPDX-License-Identifier: MIT
// What the symbols and names of a recorded sequence mean to the specification: slots of instances,
// numbers of sessions, databases and snapshots, and kinds of files.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/call.h"
#include "model/dialect.h"
#include "model/snapshot.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// The generation in the name of an archived log, such as "edb0000000A.log".
std::optional<uint32_t> GenerationOf(const std::string& name);

/// Keeps what earlier steps made.
class ModelNames {
 public:
  explicit ModelNames(const model::Dialect& dialect) : dialect_(dialect) {}

  /// The handle argument "inst", or that of the session that the step names.
  model::InstanceRef Instance(const Step& step) const;
  model::InstanceRef InstanceOfSession(const Step& step) const;
  uint8_t Session(const Step& step) const;
  uint8_t Database(const Step& step) const;
  uint8_t Snapshot(const Step& step) const;
  /// The file handle that the step names. In the original engine that is the open file or none at
  /// all: only the low half of the value counts.
  model::FileRef File(const Step& step) const;
  /// Whether a running instance, other than the one named, has the same directory.
  bool PathsInUse(const model::Snapshot& state, const Step& step) const;

  /// Instances that are made after a restore lie where it put the log.
  void RestoredTo(const Step& step);

  // What a successful call made. Failed ones store a nil handle.
  void MadeInstance(const Step& step, bool succeeded);
  /// JetInit makes an instance; its handle is not known before the call returns.
  void MakesInstance(const Step& step) {
    const std::string symbol = SymbolOfMade(step);
    slot_names_[SlotOf(symbol)] = symbol;
  }
  void MadeNameless(const Step& step) { nameless_[SlotOf(SymbolOfMade(step))] = true; }
  /// JetInit failed, freed the instance and left no handle in its place: whoever names it to
  /// JetInit again asks for a new one.
  void LostInstance(const Step& step) { instances_[step.Text("inst", "i1")] = std::nullopt; }
  void MadeSession(const Step& step, bool succeeded, uint8_t number);
  void MadeDatabase(const Step& step, bool succeeded, uint8_t number);
  void MadeSnapshot(const Step& step, bool succeeded, uint8_t slot);
  void SnapshotGone(uint8_t slot) { ++snapshot_serials_[slot]; }
  void OpenedFile(const Step& step, bool succeeded, model::FileRef handle);

  /// The slot that a new instance of this name gets, and whether a live one has the name.
  model::InstanceRef SlotFor(const Step& step) const;
  bool NameTaken(const Step& step, const model::Snapshot& state) const;
  /// Whether an instance lives that JetInit made: it has no name, and only one may have none.
  bool NamelessLives(const model::Snapshot& state) const;
  /// The number of the database file in the directory of `slot`, made when it is new.
  uint8_t DatabaseNumber(unsigned slot, const std::string& name);
  uint8_t FreeSession(const model::InstanceState& instance) const;

  /// What a file name means in the backup of an instance.
  void NameFile(const std::string& name, unsigned slot, model::Call* call);

  /// Tells which slots hold an instance.
  void Observe(const model::Snapshot& state);

  // The directory that the sequence runs in.
  void MakeDirectory(const std::string& path) { directories_.insert(path); }
  void AddFile(const std::string& path) { files_.insert(path); }
  void RemoveFile(const std::string& path) {
    files_.erase(path);
    removed_.insert(path);
  }
  /// Whether something was made in the directory.
  bool IsOccupied(const std::string& path) const;
  bool HasDirectory(const std::string& path) const { return directories_.contains(path); }

  /// Names of the last log list, and the highest generation seen in any list, by slot.
  std::vector<std::string> logs;
  std::array<uint32_t, model::kInstances> highest = {};

 private:
  const model::Dialect& dialect_;

  std::string DirectoryOf(const std::string& instance) const;

  struct SnapshotName {
    uint8_t slot;
    unsigned serial;
  };
  struct SessionName {
    unsigned slot;
    uint8_t number;
  };
  struct DatabaseName {
    unsigned slot;
    uint8_t number;
  };
  struct InstanceName {
    unsigned slot;
    unsigned serial;
  };
  /// The symbol that a new instance is stored under.
  static std::string SymbolOfMade(const Step& step);
  std::map<std::string, std::optional<InstanceName>> instances_;  ///< nothing: nil
  std::array<unsigned, model::kInstances> instance_serials_ = {};
  /// The slot of an instance in this directory: that of an earlier one there, or a free one.
  unsigned SlotOf(const std::string& symbol) const;
  std::set<std::string> removed_;
  uint8_t live_ = 0;  ///< mask of the slots that hold an instance
  std::map<std::string, std::optional<SessionName>> sessions_;
  std::map<std::string, std::optional<DatabaseName>> databases_;
  std::map<std::string, std::optional<SnapshotName>> snapshots_;
  std::array<unsigned, model::kSnapshotSlots> snapshot_serials_ = {};
  std::map<std::string, model::FileRef> files_opened_;  ///< by symbol
  std::array<std::vector<std::string>, model::kInstances> database_files_;
  std::array<std::string, model::kInstances> slot_names_;  ///< the last instance there
  std::array<bool, model::kInstances> nameless_ = {};      ///< JetInit made it
  std::set<std::string> directories_;
  std::string restored_to_;                    ///< by the last restore
  std::map<std::string, std::string> placed_;  ///< directories of instances made after one
  std::set<std::string> files_;
};

}  // namespace backstop::observed
