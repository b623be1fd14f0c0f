// SPDX-License-Identifier: MIT
// The part of model_replay.h that turns one recorded step into a call and does not apply it.
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/stream_position.h"

namespace backstop::observed {

using model::Op;

namespace {

using harness::kPageBytes;
/// Databases that JetGetAttachInfo listed and that the specification cannot name.
constexpr uint8_t kStrangeDatabase = 0x80;

std::vector<std::string> Names(const Step& step) {
  std::vector<std::string> names;
  const auto found = step.out.find("names");
  if (found == step.out.end() || !found->is_array()) return names;
  for (const auto& name : *found) {
    if (name.is_string()) names.push_back(name.get<std::string>());
  }
  return names;
}

}  // namespace

std::optional<Translated> ModelReplay::Translate(const Step& step) {
  const Handler handler = Find(step.call);
  const bool composite = step.call == "ReadAll" || step.call == "CopyLogs";
  if (handler == nullptr || composite) return std::nullopt;
  names_.Observe(state_);
  translating_ = &step;
  noted_.clear();
  Prediction ignored;
  (this->*handler)(step, &ignored);
  translating_ = nullptr;
  if (noted_.size() != 1) return std::nullopt;
  NoteOutputs(step, &noted_.front());
  return noted_.front();
}

void ModelReplay::Returned(const model::Call& call) {
  const bool real =
      call.instance == model::InstanceRef::kFirst || call.instance == model::InstanceRef::kSecond;
  if (!real) return;
  model::InstanceState& instance =
      state_.instances[call.instance == model::InstanceRef::kFirst ? 0 : 1];
  if (call.op == Op::kEndSession && call.session < model::kSessions) {
    instance.sessions &= static_cast<uint8_t>(~(1u << call.session));
  }
  if (call.op == Op::kTerm) {
    instance.sessions = 0;
    instance.life = model::Life::kAbsent;
  }
  if (call.op == Op::kCreateInstance) instance.life = model::Life::kCreated;
  if (call.op == Op::kInit) instance.life = model::Life::kReady;
}

model::Reaction ModelReplay::Note(const model::Call& call, const model::Outcome& outcome) {
  noted_.push_back({call, outcome});
  noted_.back().outcome.err = translating_->err;
  if (translating_->err >= 0) {
    // The next one made gets another number.
    if (call.op == Op::kBeginSession) {
      At(call).sessions |= static_cast<uint8_t>(1u << call.session);
    }
    const bool prepares = call.op == Op::kSnapshotPrepare;
    if (prepares && call.snapshot < model::kSnapshotSlots) {
      state_.snapshots[call.snapshot].phase = model::SnapshotPhase::kPrepared;
    }
  }
  return {.err = translating_->err, .handled = true};
}

void ModelReplay::NoteOutputs(const Step& step, Translated* noted) {
  model::Outcome& outcome = noted->outcome;
  const unsigned slot = Slot(noted->call);
  switch (noted->call.op) {
    case Op::kReadFile:
      outcome.pages = static_cast<uint16_t>(OutNumber(step, "cbActual") / kPageBytes);
      break;
    case Op::kGetAttachInfo:
      for (const std::string& name : Names(step)) {
        model::Call file;
        names_.NameFile(name, slot, &file);
        outcome.databases |= file.name == model::NameKind::kDatabase
                                 ? static_cast<uint8_t>(1u << file.database)
                                 : kStrangeDatabase;
      }
      break;
    case Op::kGetTruncateLogInfo: {
      const std::vector<std::string> names = Names(step);
      outcome.low = names.empty() ? 1 : GenerationOf(names.front()).value_or(0);
      outcome.high = names.empty() ? 0 : GenerationOf(names.back()).value_or(0);
      break;
    }
    default:
      break;
  }
}

}  // namespace backstop::observed
