// SPDX-License-Identifier: MIT
#include "sim/harness/observed/symbols.h"

#include <algorithm>
#include <cstdlib>

namespace backstop::observed {
namespace {

constexpr uint64_t kNil = ~uint64_t{0};

/// What "log:2" means; the text itself if the list has no such name.
std::string Listed(const std::vector<std::string>& list, const std::string& text) {
  const size_t index = std::strtoul(text.c_str() + text.find(':') + 1, nullptr, 10);
  return index < list.size() ? list[index] : text;
}

}  // namespace

uint64_t Symbols::Value(const std::string& name) const {
  if (name == "NULL") return 0;
  if (name == "@nil") return kNil;
  if (name.starts_with('@')) return std::strtoull(name.c_str() + 1, nullptr, 0);
  const auto found = values_.find(name);
  return found == values_.end() ? kNil : found->second;
}

std::string PathOf(std::string recorded) {
  std::ranges::replace(recorded, '\\', '/');
  return recorded;
}

Name::Name(const Symbols& symbols, const Step& step, const std::string& key,
           const std::string& otherwise) {
  text_ = step.Text(key, otherwise);
  null_ = text_ == "NULL";
  if (text_.starts_with("log:")) text_ = Listed(symbols.logs, text_);
  if (text_.starts_with("att:")) text_ = Listed(symbols.databases, text_);
  text_ = PathOf(text_);
}

}  // namespace backstop::observed
