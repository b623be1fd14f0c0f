// SPDX-License-Identifier: MIT
#include "sim/harness/score/build_tree.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "sim/harness/score/child.h"

namespace backstop::score {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCommand = "sim/cli/backstop";
constexpr std::string_view kMainSource = "/sim/cli/main.cc";
constexpr std::string_view kMainObject = "backstop_cli.dir/main.cc.o";
constexpr double kToolSeconds = 120;

/// What a tool of the build prints; an empty string if it does not work.
std::string Ask(const std::string& directory, const std::vector<std::string>& words) {
  const std::string log =
      (fs::temp_directory_path() / fmt::format("backstop-score-{}", ::getpid())).string();
  const ChildEnd end = RunChild(words, directory, log, kToolSeconds);
  std::ifstream file(log);
  std::string text(std::istreambuf_iterator<char>(file), {});
  fs::remove(log);
  return end.ok() ? text : std::string();
}

std::string Relative(const std::string& path, const std::string& root) {
  return path.starts_with(root + "/") ? path.substr(root.size() + 1) : std::string();
}

std::string After(const std::vector<std::string>& words, std::string_view option) {
  const auto found = std::ranges::find(words, option);
  return found == words.end() || found + 1 == words.end() ? std::string() : *(found + 1);
}

void ReplaceAfter(std::vector<std::string>* words, std::string_view option,
                  const std::string& value) {
  const auto found = std::ranges::find(*words, option);
  if (found != words->end() && found + 1 != words->end()) *(found + 1) = value;
}

bool IsLibrary(const std::string& word) { return word.ends_with(".a"); }

}  // namespace

std::string BuildTree::Of(const std::string& program) {
  for (fs::path at = fs::path(program).parent_path(); !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / "build.ninja")) return at.string();
    if (at == at.root_path()) break;
  }
  return {};
}

bool BuildTree::Read(const std::string& directory, std::string* error) {
  directory_ = fs::absolute(directory).lexically_normal().string();
  if (directory_.ends_with('/')) directory_.pop_back();
  return ReadCompilations(error) && ReadIncludes(error) && ReadLink(error);
}

bool BuildTree::ReadCompilations(std::string* error) {
  const std::string path = directory_ + "/compile_commands.json";
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_array()) {
    *error = path + ": is not there or is no list of compilations; configure the build with CMake";
    return false;
  }
  for (const auto& entry : json) {
    Compilation each{.source = entry.value("file", ""), .object = "", .words = {}};
    each.words = SplitCommand(entry.value("command", ""));
    each.object = After(each.words, "-o");
    if (each.source.ends_with(kMainSource) && each.object.ends_with(kMainObject)) {
      source_ = each.source.substr(0, each.source.size() - kMainSource.size());
    }
    by_object_[each.object] = std::move(each);
  }
  if (source_.empty()) *error = path + ": does not say how the command is compiled";
  return !source_.empty();
}

bool BuildTree::ReadIncludes(std::string* error) {
  std::istringstream lines(Ask(directory_, {"ninja", "-t", "deps"}));
  std::string object;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(' ')) {
      object = line.substr(0, line.find(':'));
      continue;
    }
    const fs::path path = fs::path(directory_) / line.substr(line.find_first_not_of(' '));
    const std::string file = Relative(path.lexically_normal().string(), source_);
    if (!file.empty() && by_object_.contains(object)) users_[file].push_back(object);
  }
  if (users_.empty()) *error = directory_ + ": ninja does not know what was built there";
  return !users_.empty();
}

bool BuildTree::ReadLink(std::string* error) {
  const std::string all = Ask(directory_, {"ninja", "-t", "commands", "-s", std::string(kCommand)});
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(kMainObject) == std::string::npos || line.find(" -c ") != std::string::npos) {
      continue;
    }
    // ": && c++ ... && :"
    for (std::string& word : SplitCommand(line)) {
      if (word != ":" && word != "&&") link_.push_back(std::move(word));
    }
  }
  if (link_.empty()) *error = directory_ + ": ninja does not say how the command is linked";
  return !link_.empty();
}

/// Whether the object is in a library that is linked: libraries are named after their targets.
bool BuildTree::IsLinked(const std::string& object) const {
  const size_t at = object.find("CMakeFiles/");
  const size_t end = object.find(".dir/", at);
  if (at == std::string::npos || end == std::string::npos) return false;
  const size_t start = at + std::string_view("CMakeFiles/").size();
  const std::string library =
      fmt::format("{}lib{}.a", object.substr(0, at), object.substr(start, end - start));
  return std::ranges::find(link_, library) != link_.end();
}

std::vector<BuildTree::Compilation> BuildTree::Affected(
    const std::vector<std::string>& changed) const {
  std::set<std::string> objects;
  std::vector<Compilation> affected;
  for (const std::string& file : changed) {
    const auto users = users_.find(file);
    const bool unit = file.ends_with(".cc");
    if (users == users_.end() && unit && !file.ends_with("_test.cc")) {
      const auto& like = by_object_.at(users_.at("impl/engine/backup.cc").front());
      affected.push_back({source_ + "/" + file, file + ".o", like.words});
    }
    if (users != users_.end()) objects.insert(users->second.begin(), users->second.end());
  }
  for (const std::string& object : objects) {
    if (IsLinked(object)) affected.push_back(by_object_.at(object));
  }
  return affected;
}

std::vector<std::string> BuildTree::CompileCommand(const Compilation& compilation,
                                                   const std::string& tree,
                                                   const std::string& object) const {
  std::vector<std::string> words = compilation.words;
  const std::string changed = tree + "/" + Relative(compilation.source, source_);
  ReplaceAfter(&words, "-c", fs::exists(changed) ? changed : compilation.source);
  ReplaceAfter(&words, "-o", object);
  const auto include =
      std::ranges::find_if(words, [](const std::string& word) { return word.starts_with("-I"); });
  words.insert(include, "-I" + tree);
  return words;
}

std::vector<std::string> BuildTree::MainCommand(const std::string& engine,
                                                const std::string& object) const {
  for (const auto& [built, compilation] : by_object_) {
    if (!built.ends_with(kMainObject)) continue;
    std::vector<std::string> words = compilation.words;
    ReplaceAfter(&words, "-o", object);
    words.push_back(fmt::format("-DBACKSTOP_ENGINE=\"{}\"", engine));
    return words;
  }
  return {};
}

std::vector<std::string> BuildTree::LinkCommand(const std::string& main,
                                                const std::vector<std::string>& objects,
                                                const std::string& program) const {
  std::vector<std::string> words = link_;
  for (std::string& word : words) {
    if (word.ends_with(kMainObject)) word = main;
  }
  ReplaceAfter(&words, "-o", program);
  words.insert(std::ranges::find_if(words, IsLibrary), objects.begin(), objects.end());
  words.push_back("-s");  // debug information is nine tenths of a program
  return words;
}

}  // namespace backstop::score
