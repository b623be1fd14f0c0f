// SPDX-License-Identifier: MIT
// The calls of the scenes, in groups. For each call the branches of the environment that some row
// asks for are added: one for each fault, and one for a refusal without a fault.
#pragma once

#include <vector>

#include "model/explore/explore.h"
#include "model/explore/position.h"

namespace backstop::model {

/// Collects letters.
class Letters {
 public:
  void Add(const Call& call, Stage stage = Stage::kOnly);
  /// The call in an environment that does as it is asked.
  void AddSmooth(const Call& call) { letters_.push_back({.call = call}); }
  /// The call and its variant without an instance.
  void AddWithTwin(const Call& call);
  std::vector<Letter> Take() { return std::move(letters_); }

 private:
  Lifecycle lifecycle_;
  std::vector<Letter> letters_;
};

/// Every bit that Begin and the ends know, in both dialects, and one that they do not know.
void AddBeginLetters(InstanceRef instance, Letters& letters);
void AddEndLetters(InstanceRef instance, Letters& letters);
/// Begin, Stop and the ends with the bits that tell their rows apart, without faults.
void AddPlainBackupLetters(InstanceRef instance, Letters& letters);

void AddOpenLetters(const ExploreOptions& options, Letters& letters);
void AddSectionLetters(const ExploreOptions& options, Letters& letters);
void AddReadLetters(const ExploreOptions& options, Letters& letters);
/// The list calls with every buffer, and JetTruncateLog.
void AddListLetters(Letters& letters);
/// All of a backup's files.
void AddFileLetters(const ExploreOptions& options, Letters& letters);
/// One way to copy a database and the logs, without faults.
void AddPlainFileLetters(const ExploreOptions& options, Letters& letters);

/// The three events of JetBackupInstance.
void AddWholeLetters(Letters& letters);

void AddTermLetters(InstanceRef instance, Letters& letters);
void AddServiceLetters(Letters& letters);
void AddParameterLetters(InstanceRef instance, Letters& letters);
/// Transactions and rows of one session.
void AddTransactionLetters(uint8_t session, InstanceRef instance, Letters& letters);
void AddDatabaseLetters(const ExploreOptions& options, uint8_t session, Letters& letters);
/// Creation, initialisation and termination.
void AddLifeLetters(InstanceRef instance, Letters& letters);

/// JetOSSnapshotPrepare with these bits.
void AddPrepareLetters(uint8_t snapshot, std::vector<uint32_t> grbits, Letters& letters);
/// What happens to a prepared snapshot.
void AddSnapshotLetters(uint8_t snapshot, Letters& letters);
/// The calls that name a snapshot and one of the instances.
void AddMemberLetters(uint8_t snapshot, InstanceRef instance, Letters& letters);

void AddRestoreLetters(InstanceRef instance, Letters& letters);
void AddExternalRestoreLetters(Letters& letters);

}  // namespace backstop::model
