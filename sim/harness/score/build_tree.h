// SPDX-License-Identifier: MIT
// What a CMake build tree knows: how each file is compiled, what it includes, how the command is
// linked. From it an engine with some files changed is built beside the tree.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace backstop::score {

class BuildTree {
 public:
  /// Reads the build tree in `directory`, in which the command was built. False with `*error` set
  /// to one line if that is none.
  bool Read(const std::string& directory, std::string* error);

  /// The build tree that a program lies in; empty if it lies in none.
  static std::string Of(const std::string& program);

  const std::string& directory() const { return directory_; }
  /// The root of the project.
  const std::string& source() const { return source_; }

  struct Compilation {
    std::string source;  ///< absolute
    std::string object;  ///< relative to the build tree
    std::vector<std::string> words;
  };
  /// The compilations whose results change with any of these files (relative to the root) and are
  /// linked into the command. A .cc that is not known yet is compiled like the rest of the engine.
  std::vector<Compilation> Affected(const std::vector<std::string>& changed) const;

  /// Compiles `compilation` with the files under `tree` in place of those of the project.
  std::vector<std::string> CompileCommand(const Compilation& compilation, const std::string& tree,
                                          const std::string& object) const;
  /// Compiles the main program for an engine of this name.
  std::vector<std::string> MainCommand(const std::string& engine, const std::string& object) const;
  /// Links the command from its main program, these objects, and the libraries for the rest.
  std::vector<std::string> LinkCommand(const std::string& main,
                                       const std::vector<std::string>& objects,
                                       const std::string& program) const;

 private:
  bool ReadCompilations(std::string* error);
  bool ReadIncludes(std::string* error);
  bool ReadLink(std::string* error);
  bool IsLinked(const std::string& object) const;

  std::string directory_, source_;
  std::map<std::string, Compilation> by_object_;
  /// Files of the project, relative to its root, to the objects that include them.
  std::map<std::string, std::vector<std::string>> users_;
  std::vector<std::string> link_;
};

}  // namespace backstop::score
