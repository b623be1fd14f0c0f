// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "model/machine/conditions.h"
#include "model/machine/regions.h"

namespace backstop::model {

namespace {

template <class Region, class Value>
std::string NameIn(Value value) {
  std::string name;
  mp::mp_for_each<typename Region::States>([&](auto state) {
    if (decltype(state)::kValue == value) name = decltype(state)::kName;
  });
  return name;
}

}  // namespace

std::string ValueText(bool value) { return value ? "true" : "false"; }

std::string ValueText(Mode value) {
  constexpr const char* kNames[] = {"unset", "single-instance", "multi-instance"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(Life value) { return NameIn<LifeRegion>(value); }

std::string ValueText(Phase value) { return NameIn<PhaseRegion>(value); }

std::string ValueText(SnapshotPhase value) { return NameIn<SnapshotRegion>(value); }

std::string ValueText(BufferKind value) {
  constexpr const char* kNames[] = {"large", "too small", "none"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(SectionKind value) {
  constexpr const char* kNames[] = {"the whole file", "a later part", "within a page or the header",
                                    "one of several"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(DirectoryKind value) {
  constexpr const char* kNames[] = {"not given", "missing",          "empty",
                                    "a backup",  "an atomic backup", "occupied"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(RestoreKind value) {
  constexpr const char* kNames[] = {"good",
                                    "without a clear target",
                                    "of a target that does not run",
                                    "of a target with another base name",
                                    "with a wrong map",
                                    "without logs",
                                    "with foreign logs",
                                    "with a gap in its logs",
                                    "of a damaged header",
                                    "of a file that is no backup copy",
                                    "of a damaged trailer page",
                                    "of the trailer page of another backup",
                                    "from a generation above what the copy needs",
                                    "to a generation below what the copy needs",
                                    "to a generation that does not exist",
                                    "to generation 0",
                                    "into a running instance"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(Fault value) {
  constexpr const char* kNames[] = {"no fault",
                                    "the I/O fails",
                                    "memory is out",
                                    "the log disk is full",
                                    "no generation number is left",
                                    "the checkpoint is damaged",
                                    "the checkpoint is missing",
                                    "a checksum is wrong",
                                    "the file is in use",
                                    "the path cannot be completed",
                                    "no thread can be started",
                                    "the database is attached for recovery",
                                    "a log is missing",
                                    "the file is read-only",
                                    "memory is out later"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(FileKind value) {
  constexpr const char* kNames[] = {"none", "a database", "a log", "a foreign file"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(InstanceRef value) {
  constexpr const char* kNames[] = {"the first", "the second", "nil", "garbage"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(NameKind value) {
  constexpr const char* kNames[] = {"empty",           "a database", "an archived log",
                                    "the current log", "a bad log",  "a foreign file",
                                    "no such file"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(ParameterKind value) {
  constexpr const char* kNames[] = {"of the process", "of the instance", "always settable",
                                    "unknown"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(int value) { return fmt::format("{}", value); }

std::string ValueText(unsigned value) { return BitsText(value); }

std::string BitsText(uint32_t bits) { return fmt::format("0x{:x}", bits); }

}  // namespace backstop::model
