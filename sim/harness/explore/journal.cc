// SPDX-License-Identifier: MIT
#include "sim/harness/explore/journal.h"

#include <fmt/format.h>
#include <unistd.h>

#include "sim/harness/explore/codec.h"

namespace backstop::harness {
namespace {

std::vector<uint8_t> BytesOf(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

bool Journal::Open(const std::string& path, const std::string& what,
                   std::vector<SearchedPart>* done, std::string* error) {
  file_.reset(std::fopen(path.c_str(), "a+b"));
  if (file_ == nullptr) {
    *error = fmt::format("{}: cannot be opened for writing", path);
    return false;
  }
  std::rewind(file_.get());
  std::vector<uint8_t> bytes;
  long good = 0;
  if (ReadFrame(file_.get(), &bytes)) {
    if (bytes != BytesOf(what)) {
      *error = fmt::format("{}: holds another search; name another file or remove it", path);
      return false;
    }
    good = std::ftell(file_.get());
  } else if (std::fseek(file_.get(), 0, SEEK_END) != 0 || std::ftell(file_.get()) != 0) {
    *error = fmt::format("{}: is no state file of a search; name another file or remove it", path);
    return false;
  } else if (!WriteFrame(file_.get(), BytesOf(what))) {
    *error = fmt::format("{}: cannot be written", path);
    return false;
  } else {
    return true;
  }
  SearchedPart part;
  while (ReadFrame(file_.get(), &bytes) && Decode(bytes, &part)) {
    done->push_back(std::move(part));
    good = std::ftell(file_.get());
  }
  if (ftruncate(fileno(file_.get()), good) != 0 || std::fseek(file_.get(), good, SEEK_SET) != 0) {
    *error = fmt::format("{}: cannot be written", path);
    return false;
  }
  return true;
}

bool Journal::WriteBytes(const SearchedPart& part) { return WriteFrame(file_.get(), Encode(part)); }

}  // namespace backstop::harness
