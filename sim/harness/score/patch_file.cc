// SPDX-License-Identifier: MIT
#include "sim/harness/score/patch_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

namespace backstop::score {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxPatchBytes = 1 << 20;
constexpr std::string_view kEngine = "impl/";

bool Field(std::string_view line, std::string_view key, std::string* value) {
  if (!line.starts_with(key)) return false;
  *value = line.substr(key.size());
  return true;
}

size_t NumberIn(std::string_view text) {
  size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// A line of the part that is for readers.
void ReadHeaderLine(const std::string& line, PatchFile* patch) {
  std::string value;
  if (Field(line, "Hazard: ", &patch->hazard) || Field(line, "Breaks: ", &patch->breaks) ||
      Field(line, "Faults: ", &patch->faults) || Field(line, "Equivalent: ", &patch->equivalent)) {
    return;
  }
  if (Field(line, "Smallest program: ", &value)) patch->smallest_calls = NumberIn(value);
  if (Field(line, "Smallest trace: ", &value)) patch->smallest_trace = NumberIn(value);
  if (line == "Fails the conformance suite: yes") patch->fails_suite = true;
  if (line == "In the fast subset: yes") patch->fast = true;
}

/// "+++ b/impl/engine/log.cc<tab>date" names impl/engine/log.cc.
std::string TargetIn(const std::string& line) {
  std::string path = line.substr(4, line.find('\t', 4) - 4);
  while (!path.empty() && (path.back() == '\r' || path.back() == ' ')) path.pop_back();
  const size_t slash = path.find('/');
  return path == "/dev/null" || slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string Problem(const PatchFile& patch, size_t hunks) {
  if (patch.targets.empty() || hunks == 0) return "is no unified diff";
  for (const std::string& target : patch.targets) {
    if (target == "/dev/null") return "removes a file; a mutant changes or adds some";
    const bool outside = !target.starts_with(kEngine) || target.find("..") != std::string::npos;
    if (outside) return fmt::format("changes {}; a mutant changes files of impl/ only", target);
  }
  if (patch.faults != "none" && patch.faults != "light" && patch.faults != "heavy") {
    return fmt::format("Faults: {}: choose none, light or heavy", patch.faults);
  }
  return {};
}

bool ReadText(const fs::path& path, std::string* text, std::string* why) {
  std::error_code error;
  if (fs::file_size(path, error) > kMaxPatchBytes || error) {
    *why = error ? error.message() : "is larger than 1 MiB";
    return false;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  *text = all.str();
  if (!file) *why = "cannot be read";
  return static_cast<bool>(file);
}

/// File names become names of directories and of engines.
bool IsPlainName(std::string_view name) {
  return !name.empty() && name[0] != '-' && name[0] != '.' &&
         std::ranges::all_of(name, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
         });
}

}  // namespace

bool ParsePatch(const std::string& name, const std::string& text, PatchFile* patch,
                std::string* error) {
  *patch = {.name = name, .text = text};
  if (!IsPlainName(name)) {
    *error = "has a name of other characters than letters, digits, '-', '_' and '.'";
    return false;
  }
  std::istringstream lines(text);
  bool in_about = true;
  size_t hunks = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("+++ ")) patch->targets.push_back(TargetIn(line));
    hunks += line.starts_with("@@ ");
    if (!patch->targets.empty()) continue;
    in_about = in_about && !line.empty() && !line.starts_with("---");
    if (in_about) patch->about += (patch->about.empty() ? "" : " ") + line;
    ReadHeaderLine(line, patch);
  }
  *error = Problem(*patch, hunks);
  return error->empty();
}

bool ReadPatches(const std::string& directory, std::vector<PatchFile>* patches,
                 std::vector<RefusedPatch>* refused, std::string* error) {
  std::error_code failed;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(directory, failed)) {
    if (entry.path().extension() == ".patch") paths.push_back(fs::absolute(entry.path()));
  }
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    PatchFile patch;
    std::string text, why;
    const std::string name = path.stem().string();
    if (ReadText(path, &text, &why) && ParsePatch(name, text, &patch, &why)) {
      patch.path = path.string();
      patches->push_back(std::move(patch));
    } else {
      refused->push_back({name, why});
    }
  }
  if (failed) *error = directory + ": " + failed.message();
  if (!failed && paths.empty()) *error = directory + ": holds no *.patch";
  return error->empty();
}

}  // namespace backstop::score
