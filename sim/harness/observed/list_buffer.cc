// SPDX-License-Identifier: MIT
#include "sim/harness/observed/list_buffer.h"

#include <algorithm>
#include <cstring>

namespace backstop::observed {
namespace {

constexpr char kPattern = '\x5e';
constexpr uint32_t kUntouched = 0x5e5e5e5e;
constexpr uint32_t kRoom = 1 << 16;

}  // namespace

ListBuffer::ListBuffer(const Step& step)
    : null_(Flag(step, "nullbuf")),
      no_count_(Flag(step, "nullact")),
      wide_(Flag(step, "wide")),
      sized_(step.Has("cb")),
      room_(static_cast<uint32_t>(Number(step, "cb", null_ ? 0 : kRoom))),
      bytes_(room_ + sizeof(JET_WCHAR), kPattern),
      actual_(kUntouched) {}

std::vector<std::string> ListBuffer::Names() const {
  const size_t unit = wide_ ? sizeof(JET_WCHAR) : 1;
  const size_t used = no_count_ ? room_ : std::min(room_, actual_);
  std::vector<std::string> names;
  std::string name;
  for (size_t at = 0; at + unit <= used; at += unit) {
    // Recorded names are ASCII: the lower byte is the character.
    const char c = bytes_[at];
    if (c != '\0') {
      name += c;
      continue;
    }
    if (name.empty()) break;
    names.push_back(std::move(name));
    name.clear();
  }
  if (!name.empty()) names.push_back(name);
  return names;
}

void ListBuffer::Describe(StepResult* result) const {
  nlohmann::json& out = result->out;
  if (!no_count_) {
    if (actual_ == kUntouched) {
      out["cbActual"] = "untouched";
    } else {
      out["cbActual"] = actual_;
    }
  }
  if (null_ || room_ == 0) return;
  if (result->err < 0) {
    out["bufTouched"] = std::ranges::count(bytes_, kPattern) == std::ssize(bytes_) ? 0 : 1;
    return;
  }
  const std::vector<std::string> names = Names();
  out["n"] = names.size();
  out["names"] = names;
}

}  // namespace backstop::observed
