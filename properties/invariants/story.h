// SPDX-License-Identifier: MIT
// Hand-made histories: a story of calls, one after the other or side by side.
#pragma once

#include "impl/esent.h"
#include "sim/harness/history.h"

namespace backstop::properties {

/// A call with what it returned, not yet placed in time.
struct Told {
  model::Call call;
  model::Outcome outcome;
};

Told Begin(JET_ERR err = 0, uint32_t grbit = 0);
Told Stop(JET_ERR err = 0, model::InstanceRef instance = model::InstanceRef::kFirst);
Told AttachInfo(JET_ERR err = 0, uint8_t databases = 1);
Told Open(model::FileRef file, uint32_t pages = 30);
Told OpenFails(JET_ERR err, model::NameKind name = model::NameKind::kDatabase);
Told Read(model::FileRef file, uint16_t pages, int32_t first);
/// A read that asks for `asked` pages and gets `pages`.
Told ShortRead(model::FileRef file, uint16_t asked, uint16_t pages, int32_t first);
Told ReadFails(model::FileRef file, JET_ERR err, uint16_t pages = 4);
Told Close(model::FileRef file, JET_ERR err = 0);
Told LogInfo(uint32_t low, uint32_t high);
Told LogInfoFails(JET_ERR err);
Told Truncate(JET_ERR err = 0);
Told End(JET_ERR err = 0);
Told End2(uint32_t grbit, JET_ERR err);
Told Term(uint32_t grbit, JET_ERR err = 0);
Told StopService(JET_ERR err = 0);
Told Attach(JET_ERR err);

/// The same call, with another instance.
Told On(model::InstanceRef instance, Told told);

class Story {
 public:
  /// Starts with an initialised instance that has one database attached and no backup.
  Story();
  /// Starts with an instance that is only created.
  static Story OfCreatedInstance();

  /// The next call, after everything so far has returned.
  Story& Then(const Told& told);
  /// Two calls of two threads that overlap.
  Story& Both(const Told& first, const Told& second);

  const harness::History& history() const { return history_; }

 private:
  void Add(uint8_t thread, const Told& told, uint64_t invoked, uint64_t returned);

  harness::History history_;
  uint64_t time_ = 0;
};

}  // namespace backstop::properties
