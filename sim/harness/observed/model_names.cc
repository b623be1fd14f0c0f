// SPDX-License-Identifier: MIT
#include "sim/harness/observed/model_names.h"

#include <algorithm>
#include <charconv>

namespace backstop::observed {
namespace {

using model::InstanceRef;

InstanceRef RefOf(unsigned slot) { return slot == 0 ? InstanceRef::kFirst : InstanceRef::kSecond; }

bool EndsWith(const std::string& text, std::string_view tail) {
  return text.size() >= tail.size() &&
         text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

bool IsNull(const std::string& handle) {
  return handle == "NULL" || handle == "@0" || handle == "@nil";
}

}  // namespace

std::optional<uint32_t> GenerationOf(const std::string& name) {
  constexpr size_t kBase = 3;
  constexpr size_t kDigits[] = {8, 5};
  for (const size_t digits : kDigits) {
    if (name.size() != kBase + digits + 4 || !name.starts_with("edb")) continue;
    if (!EndsWith(name, ".log")) continue;
    uint32_t generation = 0;
    const char* first = name.data() + kBase;
    const auto [end, error] = std::from_chars(first, first + digits, generation, 16);
    if (error == std::errc() && end == first + digits) return generation;
  }
  return std::nullopt;
}

InstanceRef ModelNames::Instance(const Step& step) const {
  const std::string symbol = step.Text("inst", "i1");
  if (IsNull(symbol)) return InstanceRef::kNil;
  if (symbol.starts_with('@')) return InstanceRef::kBogus;
  const auto found = instances_.find(symbol);
  if (found == instances_.end() || !found->second) return InstanceRef::kNil;
  const InstanceName& name = *found->second;
  return instance_serials_[name.slot] == name.serial ? RefOf(name.slot) : InstanceRef::kBogus;
}

InstanceRef ModelNames::InstanceOfSession(const Step& step) const {
  const auto found = sessions_.find(step.Text("sess", "s1"));
  if (found == sessions_.end() || !found->second) return InstanceRef::kFirst;
  return RefOf(found->second->slot);
}

uint8_t ModelNames::Session(const Step& step) const {
  const std::string symbol = step.Text("sess", "s1");
  if (symbol.starts_with('@') && !IsNull(symbol)) return model::kBogusSession;
  const auto found = sessions_.find(step.Text("sess", "s1"));
  if (found == sessions_.end() || !found->second) return model::kNilSession;
  return found->second->number;
}

uint8_t ModelNames::Database(const Step& step) const {
  const auto found = databases_.find(step.Text("db", "d1"));
  if (found == databases_.end() || !found->second) return model::kDatabaseSlots - 1;
  return found->second->number;
}

uint8_t ModelNames::Snapshot(const Step& step) const {
  const auto found = snapshots_.find(step.Text("snap", "o1"));
  if (found == snapshots_.end() || !found->second) return model::kBogusSnapshot;
  const SnapshotName& name = *found->second;
  return snapshot_serials_[name.slot] == name.serial ? name.slot : model::kBogusSnapshot;
}

model::FileRef ModelNames::File(const Step& step) const {
  const std::string symbol = step.Text("h", "h1");
  if (!symbol.starts_with('@')) {
    const auto found = files_opened_.find(symbol);
    return found == files_opened_.end() ? model::kBogusFile : found->second;
  }
  if (symbol == "@nil") return model::kBogusFile;
  const int64_t value = std::strtoll(symbol.c_str() + 1, nullptr, 0);
  if (static_cast<uint32_t>(value) != 0) return model::kBogusFile;
  // The original engine has one slot, and 0 is its handle.
  const bool one_slot = dialect_.read_bad_handle == model::Follow::kSource;
  return one_slot ? model::FileRef{1} : model::kNoFile;
}

bool ModelNames::IsOccupied(const std::string& path) const {
  const std::string inside = path + "\\";
  const auto directory = directories_.lower_bound(inside);
  const auto file = files_.lower_bound(inside);
  return (directory != directories_.end() && directory->starts_with(inside)) ||
         (file != files_.end() && file->starts_with(inside));
}

void ModelNames::RestoredTo(const Step& step) {
  for (const std::string& instance : slot_names_) placed_.emplace(instance, DirectoryOf(instance));
  const std::string place = step.Text("new");
  restored_to_ = step.Text("log", place.substr(0, place.rfind('\\') + 1));
}

std::string ModelNames::DirectoryOf(const std::string& instance) const {
  const auto placed = placed_.find(instance);
  if (placed != placed_.end()) return placed->second;
  if (!restored_to_.empty()) return restored_to_;
  return directories_.contains(instance) ? instance : ".";
}

bool ModelNames::PathsInUse(const model::Snapshot& state, const Step& step) const {
  const std::string mine = DirectoryOf(step.Text("inst", "i1"));
  const InstanceRef self = Instance(step);
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    const model::Life life = state.instances[slot].life;
    const bool runs = life == model::Life::kReady || life == model::Life::kTerminating;
    if (runs && RefOf(slot) != self && DirectoryOf(slot_names_[slot]) == mine) return true;
  }
  return false;
}

void ModelNames::Observe(const model::Snapshot& state) {
  live_ = 0;
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    if (state.instances[slot].life != model::Life::kAbsent)
      live_ |= static_cast<uint8_t>(1u << slot);
  }
}

unsigned ModelNames::SlotOf(const std::string& symbol) const {
  const std::string directory = DirectoryOf(symbol);
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    if (slot_names_[slot] == symbol) return slot;
  }
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    if (live_ & 1u << slot) continue;
    if (slot_names_[slot].empty() || DirectoryOf(slot_names_[slot]) == directory) return slot;
  }
  return model::kInstances - 1;
}

InstanceRef ModelNames::SlotFor(const Step& step) const {
  return RefOf(SlotOf(step.Text("as", "i1")));
}

bool ModelNames::NameTaken(const Step& step, const model::Snapshot& state) const {
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    if (state.instances[slot].life != model::Life::kAbsent &&
        slot_names_[slot] == step.Text("name", step.Text("as", "i1"))) {
      return true;
    }
  }
  return false;
}

bool ModelNames::NamelessLives(const model::Snapshot& state) const {
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    if (nameless_[slot] && state.instances[slot].life != model::Life::kAbsent) return true;
  }
  return false;
}

std::string ModelNames::SymbolOfMade(const Step& step) {
  const std::string given = step.Text("inst", "i1");
  return step.Has("as") || IsNull(given) ? step.Text("as", "i1") : given;
}

void ModelNames::MadeInstance(const Step& step, bool succeeded) {
  const std::string symbol = SymbolOfMade(step);
  const unsigned slot = SlotOf(symbol);
  if (!restored_to_.empty()) placed_[symbol] = restored_to_;
  instances_[symbol] = std::nullopt;
  if (!succeeded) return;
  slot_names_[slot] = symbol;
  nameless_[slot] = false;
  instances_[symbol] = InstanceName{slot, ++instance_serials_[slot]};
}

void ModelNames::MadeSession(const Step& step, bool succeeded, uint8_t number) {
  auto& session = sessions_[step.Text("as", "s1")];
  const InstanceRef instance = Instance(step);
  if (succeeded) session = SessionName{instance == InstanceRef::kSecond ? 1u : 0u, number};
}

void ModelNames::MadeDatabase(const Step& step, bool succeeded, uint8_t number) {
  auto& database = databases_[step.Text("as", "d1")];
  if (!succeeded) return;
  const InstanceRef instance = InstanceOfSession(step);
  database = DatabaseName{instance == InstanceRef::kSecond ? 1u : 0u, number};
}

void ModelNames::MadeSnapshot(const Step& step, bool succeeded, uint8_t slot) {
  if (succeeded) snapshots_[step.Text("as", "o1")] = SnapshotName{slot, snapshot_serials_[slot]};
}

void ModelNames::OpenedFile(const Step& step, bool succeeded, model::FileRef handle) {
  if (succeeded) files_opened_[step.Text("as", "h1")] = handle;
}

uint8_t ModelNames::DatabaseNumber(unsigned slot, const std::string& name) {
  std::vector<std::string>& files = database_files_[slot];
  const auto found = std::find(files.begin(), files.end(), name);
  if (found != files.end()) return static_cast<uint8_t>(found - files.begin());
  if (files.size() < model::kDatabaseSlots) files.push_back(name);
  return static_cast<uint8_t>(files.size() - 1);
}

uint8_t ModelNames::FreeSession(const model::InstanceState& instance) const {
  for (uint8_t session = 0; session < model::kSessions; ++session) {
    if ((instance.sessions >> session & 1) == 0) return session;
  }
  return model::kSessions - 1;
}

void ModelNames::NameFile(const std::string& recorded, unsigned slot, model::Call* call) {
  std::string name = recorded;
  if (name.starts_with("log:")) {
    const size_t index = std::stoul(name.substr(4));
    if (index < logs.size()) name = logs[index];
  }
  const size_t directory = name.rfind('\\');
  const std::string base = directory == std::string::npos ? name : name.substr(directory + 1);
  call->name = model::NameKind::kOther;
  if (name.empty() || name == "NULL") {
    call->name = model::NameKind::kNull;
  } else if (base == "edb.log") {
    call->name = model::NameKind::kCurrentLog;
  } else if (const auto generation = GenerationOf(base)) {
    const bool exists =
        !removed_.contains(name) && (highest[slot] == 0 || *generation <= highest[slot]);
    call->name = exists ? model::NameKind::kLog : model::NameKind::kOther;
    call->generation = *generation;
  } else if (EndsWith(base, ".log")) {
    call->name = model::NameKind::kBadLog;
  } else if (files_.contains(name) || base == "edb.chk") {
    call->name = model::NameKind::kForeign;
  } else if (EndsWith(base, ".edb")) {
    const auto& files = database_files_[slot];
    if (std::find(files.begin(), files.end(), name) == files.end()) return;
    call->name = model::NameKind::kDatabase;
    call->database = DatabaseNumber(slot, name);
  }
}

}  // namespace backstop::observed
