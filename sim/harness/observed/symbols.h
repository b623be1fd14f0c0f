// SPDX-License-Identifier: MIT
// The handles that recorded steps name by symbols, and the arguments made of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "impl/esent.h"
#include "sim/harness/observed/generation_map.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// What calls have stored so far. A name that nothing was stored under stands for all ones.
class Symbols {
 public:
  JET_INSTANCE Instance(const Step& step) const { return Handle(step, "inst", "i1"); }
  JET_SESID Session(const Step& step) const { return Handle(step, "sess", "s1"); }
  JET_DBID Database(const Step& step) const {
    return static_cast<JET_DBID>(Handle(step, "db", "d1"));
  }
  JET_HANDLE File(const Step& step) const { return Handle(step, "h", "h1"); }
  JET_OSSNAPID Snapshot(const Step& step) const { return Handle(step, "snap", "o1"); }

  /// The name a step stores its result under; `otherwise` is the default of its kind.
  void Store(const Step& step, const std::string& otherwise, uint64_t value) {
    values_[step.Text("as", otherwise)] = value;
  }
  void Assign(const std::string& name, uint64_t value) { values_[name] = value; }
  uint64_t Value(const std::string& name) const;

  /// The names of the last log list, that "log:K" counts.
  std::vector<std::string> logs;
  /// What recorded numbers of logs mean here.
  GenerationMap generations;
  /// Where the last restore put databases or logs beside those of a running instance: instances
  /// made after it live there.
  std::string restored_to;
  /// The names of the last list of databases, that "att:K" counts.
  std::vector<std::string> databases;

 private:
  uint64_t Handle(const Step& step, const char* key, const char* otherwise) const {
    return Value(step.Text(key, otherwise));
  }

  std::map<std::string, uint64_t> values_;
};

/// A path as the engine takes it: the recordings have '\' between directories.
std::string PathOf(std::string recorded);

/// The argument `key` as a string pointer.
class Name {
 public:
  Name(const Symbols& symbols, const Step& step, const std::string& key = "name",
       const std::string& otherwise = "db1.edb");
  /// Null where the recording says NULL.
  const char* c_str() const { return null_ ? nullptr : text_.c_str(); }

 private:
  std::string text_;
  bool null_ = false;
};

}  // namespace backstop::observed
