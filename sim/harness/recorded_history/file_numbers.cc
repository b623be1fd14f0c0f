// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/file_numbers.h"

#include <cstdlib>
#include <optional>

namespace backstop::recorded {

using model::Op;

namespace {

std::optional<uint64_t> HandleOf(const observed::Step& step) {
  const auto handle = step.out.find("h");
  if (step.err < 0 || handle == step.out.end() || !handle->is_number_integer()) return {};
  return handle->get<uint64_t>();
}

}  // namespace

FileNumbers::FileNumbers(const model::Dialect& dialect)
    : one_slot_(dialect.read_bad_handle == model::Follow::kSource) {}

void FileNumbers::Opened(const observed::Step& step, model::FileRef number) {
  if (const auto handle = HandleOf(step)) numbers_[*handle] = number;
}

void FileNumbers::Learn(const RecordedHistory& history) {
  for (const TimedCall& call : history.calls) LearnStep(call.step);
  for (const observed::Step& step : history.final_steps) LearnStep(step);
}

void FileNumbers::LearnStep(const observed::Step& step) {
  const auto handle = HandleOf(step);
  if (handle && next_ < model::kBogusFile && numbers_.try_emplace(*handle, next_).second) ++next_;
}

void FileNumbers::Number(const observed::Step& step, observed::Translated* translated) const {
  if (one_slot_) return;
  const Op op = translated->call.op;
  if (op == Op::kOpenFile || op == Op::kOpenFileSection) {
    const auto handle = HandleOf(step);
    const auto number = handle ? numbers_.find(*handle) : numbers_.end();
    if (number != numbers_.end()) translated->outcome.file = number->second;
  }
  const std::string taken = step.Text("h", "h1");
  const bool literal = taken.starts_with('@') && taken != "@nil";
  if ((op != Op::kReadFile && op != Op::kCloseFile) || !literal) return;
  const auto number = numbers_.find(std::strtoull(taken.c_str() + 1, nullptr, 0));
  translated->call.file = number == numbers_.end() ? model::kBogusFile : number->second;
}

}  // namespace backstop::recorded
