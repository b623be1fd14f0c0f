// SPDX-License-Identifier: MIT
// The checkout as text: what the tidy rules look at.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace backstop::tidy {

/// One file of the checkout. The path is relative to the root, with slashes.
struct SourceFile {
  std::string path;
  std::string text;

  /// True for C and C++ files, X-macro lists included.
  bool IsCode() const;
  /// True for files whose shape is decided by a program: they are not held to rules of style.
  bool IsGenerated() const;
};

/// Files in the order of their paths.
using SourceTree = std::vector<SourceFile>;

/// Reads every file below the folders of the house and the files at the top. A file that cannot be
/// read is left out.
SourceTree LoadTree(const std::filesystem::path& root);

/// The visible entries at the top, sorted. Build trees are left out: they are no part of the house.
std::vector<std::string> TopLevelEntries(const std::filesystem::path& root);

/// The lines of a text without their line ends. A last line without one counts.
std::vector<std::string_view> Lines(std::string_view text);

}  // namespace backstop::tidy
