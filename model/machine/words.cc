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

std::string ValueText(FileKind value) {
  constexpr const char* kNames[] = {"none", "a database", "a log"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(InstanceRef value) {
  constexpr const char* kNames[] = {"the first", "the second", "nil", "garbage"};
  return kNames[static_cast<size_t>(value)];
}

std::string ValueText(NameKind value) {
  constexpr const char* kNames[] = {"empty",           "a database", "an archived log",
                                    "the current log", "a bad log",  "no such file"};
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
