// SPDX-License-Identifier: MIT
// Terms: the numbers that conditions compare and effects store. A field can also be written. Each
// term knows its words, so that the table can be printed as well as run.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>

#include "model/machine/context.h"
#include "model/machine/text.h"

namespace backstop::model {

/// A member of the process state.
template <Text kName, auto kMember>
struct WorldField {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return static_cast<uint32_t>(c.world->*kMember); }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.world->*kMember)>;
    c.world->*kMember = static_cast<Value>(value);
  }
};

/// A member of the instance that the call addresses.
template <Text kName, auto kMember>
struct InstanceField {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return static_cast<uint32_t>(c.instance->*kMember); }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.instance->*kMember)>;
    c.instance->*kMember = static_cast<Value>(value);
  }
};

/// A member of the instance's backup.
template <Text kName, auto kMember>
struct BackupField {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) {
    return static_cast<uint32_t>(c.instance->backup.*kMember);
  }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.instance->backup.*kMember)>;
    c.instance->backup.*kMember = static_cast<Value>(value);
  }
};

/// A member of the backup's file slot.
template <Text kName, auto kMember>
struct FileField {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) {
    return static_cast<uint32_t>(c.instance->backup.file.*kMember);
  }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.instance->backup.file.*kMember)>;
    c.instance->backup.file.*kMember = static_cast<Value>(value);
  }
};

/// A member of the OS snapshot that the call names.
template <Text kName, auto kMember>
struct SnapshotField {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return static_cast<uint32_t>(c.snapshot->*kMember); }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.snapshot->*kMember)>;
    c.snapshot->*kMember = static_cast<Value>(value);
  }
};

/// An argument of the call.
template <Text kName, auto kMember>
struct Argument {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return static_cast<uint32_t>(c.call->*kMember); }
};

/// Something that only the engine can know and that the call reported.
template <Text kName, auto kMember>
struct Report {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return static_cast<uint32_t>(c.observed->*kMember); }
};

/// An output that the specification predicts.
template <Text kName, auto kMember>
struct Output {
  static std::string Name() { return std::string(kName.view()); }
  static void Put(Context& c, uint32_t value) {
    using Value = std::remove_reference_t<decltype(c.reaction.*kMember)>;
    c.reaction.*kMember = static_cast<Value>(value);
  }
};

template <auto kValue>
struct Number {
  static std::string Name() { return std::to_string(static_cast<uint32_t>(kValue)); }
  static uint32_t Get(const Context&) { return static_cast<uint32_t>(kValue); }
};

template <class A, class B>
struct Plus {
  static std::string Name() { return A::Name() + " + " + B::Name(); }
  static uint32_t Get(const Context& c) { return A::Get(c) + B::Get(c); }
};

template <class A, class B>
struct Minus {
  static std::string Name() { return A::Name() + " - " + B::Name(); }
  static uint32_t Get(const Context& c) { return A::Get(c) - B::Get(c); }
};

template <class A, class B>
struct Smaller {
  static std::string Name() { return "the smaller of " + A::Name() + " and " + B::Name(); }
  static uint32_t Get(const Context& c) { return std::min(A::Get(c), B::Get(c)); }
};

/// The bits of a mask that are not in another one.
template <class Mask, class Taken>
struct Except {
  static std::string Name() { return Mask::Name() + " without " + Taken::Name(); }
  static uint32_t Get(const Context& c) { return Mask::Get(c) & ~Taken::Get(c); }
};

/// How many bits of a mask are set.
template <class Mask>
struct CountOf {
  static std::string Name() { return "the number of " + Mask::Name(); }
  static uint32_t Get(const Context& c) {
    return static_cast<uint32_t>(std::popcount(Mask::Get(c)));
  }
};

/// The sum of the numbers from the first to below the end.
template <class First, class End>
struct SumFrom {
  static std::string Name() { return "the sum from " + First::Name() + " to below " + End::Name(); }
  static uint32_t Get(const Context& c) {
    const uint32_t first = First::Get(c);
    const uint32_t end = End::Get(c);
    return end <= first ? 0 : (end - first) * (first + end - 1) / 2;
  }
};

/// A mask of the lowest bits, as many as `Count` says, at most 32.
template <class Count>
struct FirstBits {
  static std::string Name() { return "the first " + Count::Name() + " bits"; }
  static uint32_t Get(const Context& c) {
    const uint32_t count = Count::Get(c);
    return count >= 32 ? ~uint32_t{0} : (uint32_t{1} << count) - 1;
  }
};

/// A term under a name of its own.
template <Text kName, class Term>
struct Called {
  static std::string Name() { return std::string(kName.view()); }
  static uint32_t Get(const Context& c) { return Term::Get(c); }
};

}  // namespace backstop::model
