// SPDX-License-Identifier: MIT
// What the symbols of a program stand for at run time: handles, names and lists that calls
// returned.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "impl/esent.h"
#include "model/call.h"
#include "sim/harness/durability/row_payload.h"
#include "sim/harness/program.h"

namespace backstop::harness {

/// Shared by the threads of a run; only one of them runs at a time.
struct Bindings {
  std::array<JET_INSTANCE, model::kInstances> instances;
  /// Where the first handle comes from: nowhere yet, the setup, an instance that the setup has
  /// ended, or a call of the program.
  enum class First : uint8_t { kNone, kSetup, kEnded, kProgram };
  First first = First::kNone;
  /// The second instance was made when the first had gone, and got its name.
  bool second_is_named_first = false;
  std::array<JET_SESID, kMaxThreads> sessions;
  std::array<JET_DBID, kMaxThreads> open_databases{};
  std::array<JET_TABLEID, kMaxThreads> tables{};
  std::array<JET_COLUMNID, kMaxThreads> columns{};
  std::array<RowMark, kMaxThreads> rows{};  ///< the row that each thread inserts next
  std::vector<JET_HANDLE> files;            ///< each distinct value once, in the order of return
  std::vector<uint32_t> listed;             ///< generations of the log list returned last

  Bindings() { Clear(); }
  void Clear();

  /// The small number that stands for a handle value; a new value gets the next one.
  model::FileRef FileNumber(JET_HANDLE handle);
};

/// The directory of an instance, with the slash: "i1/".
std::string InstanceDirectory(unsigned slot);
/// The path of a database of an instance: "i1/db1.edb".
std::string DatabasePath(unsigned slot, unsigned database);
/// The path of an archived generation: "i1/edb0000000A.log".
std::string ArchivedLogPath(unsigned slot, uint32_t generation);

/// A list that ends too early, or names something that is no database.
inline constexpr uint8_t kMalformedList = 0x80;

/// Reads a double-NUL-terminated list of database paths into a mask of database numbers.
uint8_t DatabasesInList(const char* list, size_t bytes);
/// Reads the generations in a list of archived log paths.
std::vector<uint32_t> GenerationsInList(const char* list, size_t bytes);

}  // namespace backstop::harness
