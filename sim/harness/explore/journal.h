// SPDX-License-Identifier: MIT
// The state file of a search: the results of its parts in their order. An interrupted search takes
// them from here and goes on after the last.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "sim/harness/explore/part_search.h"

namespace backstop::harness {

class Journal {
 public:
  /// Opens or makes the file. `what` says which search it belongs to; a file of another search is
  /// refused. `*done` gets the parts that are in the file; a torn end, as a kill leaves it, is cut
  /// off. False with `*error` set to one line for the user.
  bool Open(const std::string& path, const std::string& what, std::vector<SearchedPart>* done,
            std::string* error);
  bool is_open() const { return file_ != nullptr; }
  /// False if it cannot be written.
  bool Append(const SearchedPart& part) { return WriteBytes(part); }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  bool WriteBytes(const SearchedPart& part);

  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace backstop::harness
