// SPDX-License-Identifier: MIT
#include "model/export/promela_cells.h"

#include <fmt/format.h>

#include <boost/mp11.hpp>
#include <cctype>
#include <concepts>
#include <cstring>

#include "model/export/promela_layout.h"
#include "model/machine/conditions.h"

namespace backstop::model {

namespace promela {

namespace {

/// "in a snapshot" as the name of a constant: "IN_A_SNAPSHOT".
std::string Constant(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    c = std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return text;
}

template <class Enum>
std::vector<std::string> Names(const char* prefix, Enum last) {
  std::vector<std::string> names;
  for (unsigned value = 0; value <= static_cast<unsigned>(last); ++value) {
    names.push_back(Constant(prefix + ValueText(static_cast<Enum>(value))));
  }
  return names;
}

std::vector<std::string> NamesOf(Mode) { return Names("", Mode::kMultiInstance); }
std::vector<std::string> NamesOf(Life) { return Names("", Life::kRestoring); }
std::vector<std::string> NamesOf(Phase) { return Names("", Phase::kSnapshot); }
std::vector<std::string> NamesOf(SnapshotPhase) {
  return Names("snapshot ", SnapshotPhase::kTimedOut);
}
std::vector<std::string> NamesOf(FileKind) { return Names("file ", FileKind::kForeign); }
std::vector<std::string> NamesOf(Stage) { return {"NOT_BEGUN", "COPIES", "IS_DONE"}; }
template <std::integral Number>
std::vector<std::string> NamesOf(Number) {
  return {};
}

template <class T>
struct IsArray : std::false_type {};
template <class T, size_t kSize>
struct IsArray<std::array<T, kSize>> : std::true_type {};

std::string ElementName(const std::string& array, size_t index) {
  if (array == "instances") return index == 0 ? "first" : "second";
  if (array == "whole") return index == 0 ? "first_whole" : "second_whole";
  const std::string one = array.ends_with("s") ? array.substr(0, array.size() - 1) : array;
  return fmt::format("{}{}", one, index);
}

std::string Path(const std::string& outer, const std::string& inner) {
  return outer.empty() || outer == "state" ? inner : outer + "_" + inner;
}

class Collector {
 public:
  explicit Collector(const Position& position) : base_(reinterpret_cast<const char*>(&position)) {}

  template <class T>
  void Visit(const std::string& outer, const std::string& name, const T& value) {
    if constexpr (IsArray<T>::value) {
      for (size_t i = 0; i < value.size(); ++i) Visit(outer, ElementName(name, i), value[i]);
    } else if constexpr (std::is_class_v<T>) {
      VisitMembers(Path(outer, name), value);
    } else {
      Add(Path(outer, name), value);
    }
  }

  template <class T>
  void VisitMembers(const std::string& path, const T& value) {
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>(
        [&](auto member) { Visit(path, member.name, value.*member.pointer); });
  }

  std::vector<Cell> Take() { return std::move(cells_); }

 private:
  template <class T>
  void Add(std::string name, const T& value) {
    Cell cell{.name = std::move(name)};
    cell.offset = static_cast<size_t>(reinterpret_cast<const char*>(&value) - base_);
    cell.size = sizeof(T);
    cell.type = std::is_same_v<T, bool> ? CellType::kTruth
                : sizeof(T) == 1        ? CellType::kByte
                                        : CellType::kNumber;
    cell.values = NamesOf(value);
    cells_.push_back(std::move(cell));
  }

  const char* base_;
  std::vector<Cell> cells_;
};

std::vector<Cell> Collect() {
  const Position position;
  Collector collector(position);
  collector.VisitMembers("", position);
  return collector.Take();
}

std::vector<size_t> ByOffset() {
  std::vector<size_t> cells(sizeof(Position), kNoCell);
  for (size_t number = 0; number < Cells().size(); ++number) {
    cells[Cells()[number].offset] = number;
  }
  return cells;
}

}  // namespace

uint32_t Cell::Read(const Position& position) const {
  uint32_t value = 0;
  std::memcpy(&value, reinterpret_cast<const char*>(&position) + offset, size);
  return value;
}

void Cell::Write(Position* position, uint32_t value) const {
  std::memcpy(reinterpret_cast<char*>(position) + offset, &value, size);
}

const std::vector<Cell>& Cells() {
  static const std::vector<Cell> cells = Collect();
  return cells;
}

size_t CellAt(const Position& position, const void* address) {
  const auto offset = static_cast<size_t>(static_cast<const char*>(address) -
                                          reinterpret_cast<const char*>(&position));
  static const std::vector<size_t> cells = ByOffset();
  return offset < cells.size() ? cells[offset] : kNoCell;
}

uint32_t LargestOf(const Cell& cell) {
  if (!cell.values.empty()) return static_cast<uint32_t>(cell.values.size() - 1);
  switch (cell.type) {
    case CellType::kTruth:
      return 1;
    case CellType::kByte:
      return 0xff;
    default:
      return ~uint32_t{0};
  }
}

}  // namespace promela
}  // namespace backstop::model
