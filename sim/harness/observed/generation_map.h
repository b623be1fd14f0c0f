// SPDX-License-Identifier: MIT
// Which generation of the engine's log is meant by one that was recorded: rows fill more or fewer
// generations in another engine, but a backup's first log is its first, and its last the last.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace backstop::observed {

class GenerationMap {
 public:
  /// Both engines listed the logs of the same backup.
  void Note(const std::vector<std::string>& recorded, const std::vector<std::string>& listed);
  /// Generations between two that are known are spread evenly; those above go on one by one.
  uint32_t Map(uint32_t recorded) const;
  /// The path with the number of its log mapped, if it is one.
  std::string MapPath(const std::string& path) const;

 private:
  std::map<uint32_t, uint32_t> known_;
};

}  // namespace backstop::observed
