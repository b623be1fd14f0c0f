// SPDX-License-Identifier: MIT
#include "properties/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

namespace backstop::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kReadFolders = {".ci", "cmake",      "impl",  "model",
                                                          "sim", "properties", "traces"};
constexpr std::array<std::string_view, 4> kCodeSuffixes = {".h", ".cc", ".c", ".def"};
constexpr std::array<std::string_view, 1> kBinarySuffixes = {".zst"};
constexpr std::array<std::string_view, 4> kGeneratedSuffixes = {".def", ".patch", ".trace",
                                                                "model/SPEC.md"};

template <size_t N>
bool EndsWithAny(std::string_view path, const std::array<std::string_view, N>& suffixes) {
  return std::ranges::any_of(suffixes, [&](std::string_view s) { return path.ends_with(s); });
}

void AddFile(const fs::path& root, const fs::path& path, SourceTree& tree) {
  if (EndsWithAny(path.native(), kBinarySuffixes)) return;
  std::ifstream in(path, std::ios::binary);
  if (!in) return;
  tree.push_back({.path = path.lexically_relative(root).generic_string(),
                  .text = std::string(std::istreambuf_iterator<char>(in), {})});
}

bool IsBuildTree(const fs::path& path) {
  return path.filename() == "build" || fs::exists(path / "CMakeCache.txt");
}

}  // namespace

bool SourceFile::IsCode() const { return EndsWithAny(path, kCodeSuffixes); }

bool SourceFile::IsGenerated() const { return EndsWithAny(path, kGeneratedSuffixes); }

SourceTree LoadTree(const fs::path& root) {
  SourceTree tree;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(root, ignored)) {
    // In a linked worktree .git is a file, which names the place of the repository.
    if (entry.is_regular_file() && entry.path().filename() != ".git") {
      AddFile(root, entry.path(), tree);
    }
  }
  for (std::string_view folder : kReadFolders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder, ignored)) {
      if (entry.is_regular_file()) AddFile(root, entry.path(), tree);
    }
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

std::vector<std::string> TopLevelEntries(const fs::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root)) {
    std::string name = entry.path().filename().string();
    if (!name.starts_with('.') && !IsBuildTree(entry.path())) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  return names;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace backstop::tidy
