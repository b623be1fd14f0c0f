// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "sim/harness/observed/text_lines.h"

namespace backstop::conformance {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using observed::Step;

constexpr const char* kDialects[] = {"both", "strict", "ese"};

ordered_json ToJson(const Step& step) {
  ordered_json json;
  json["call"] = step.call;
  if (!step.args.empty()) {
    for (const auto& [key, value] : step.args) json["args"][key] = value;
  }
  json["err"] = step.err;
  for (const auto& [key, value] : step.out.items()) json["out"][key] = value;
  return json;
}

std::string PathOf(const Item& item) { return item.dialect + "/" + FileName(item); }

/// The files of a suite, in the order of names.
std::vector<fs::path> FilesOf(const std::string& directory) {
  std::vector<fs::path> files;
  for (const char* dialect : kDialects) {
    std::error_code ignored;
    std::vector<fs::path> some;
    for (const auto& entry : fs::directory_iterator(fs::path(directory) / dialect, ignored)) {
      if (entry.path().extension() == ".jsonl") some.push_back(entry.path());
    }
    std::ranges::sort(some);
    files.insert(files.end(), some.begin(), some.end());
  }
  return files;
}

bool WriteFile(const fs::path& path, const std::string& text, std::string* error) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  *error = fmt::format("{}: cannot be written", path.string());
  return false;
}

}  // namespace

std::string FileName(const Item& item) {
  std::string name = item.table;
  std::ranges::replace(name, ' ', '-');
  return name + ".jsonl";
}

std::string ToLine(const Item& item) {
  ordered_json json;
  json["id"] = item.sequence.id;
  json["clause"] = item.clause;
  json["dialect"] = item.dialect;
  json["expects"] = item.expects;
  json["step"] = item.step;
  if (item.endless) json["endless"] = *item.endless;
  for (const auto& [key, value] : item.sequence.settings) json["settings"][key] = value;
  for (const Step& step : item.sequence.steps) json["steps"].push_back(ToJson(step));
  return json.dump();
}

bool FromLine(const std::string& line, Item* item, std::string* error) {
  std::optional<observed::Sequence> sequence = observed::ParseSequence(line, error);
  if (!sequence) return false;
  item->sequence = std::move(*sequence);
  try {
    const auto json = nlohmann::json::parse(line);
    item->clause = json.at("clause").get<std::string>();
    item->dialect = json.at("dialect").get<std::string>();
    item->expects = json.at("expects").get<std::string>();
    item->step = json.at("step").get<size_t>();
    if (json.contains("endless")) item->endless = json.at("endless").get<size_t>();
  } catch (const nlohmann::json::exception& failure) {
    *error = fmt::format("{}: {}", item->sequence.id, failure.what());
    return false;
  }
  if (std::ranges::find(kDialects, item->dialect) == std::end(kDialects)) {
    *error = fmt::format("{}: there is no dialect '{}'", item->sequence.id, item->dialect);
    return false;
  }
  if (item->step < item->sequence.steps.size()) return true;
  *error = fmt::format("{}: there is no step {}", item->sequence.id, item->step);
  return false;
}

bool ReadSuite(const std::string& directory, const std::function<void(Item&&)>& visit,
               std::string* error) {
  const std::vector<fs::path> files = FilesOf(directory);
  if (files.empty()) {
    *error =
        fmt::format("{}: holds no suite: no both/, strict/ or ese/ with .jsonl files", directory);
    return false;
  }
  for (const fs::path& file : files) {
    const auto read = [&](const std::string& line, std::string* why) {
      Item item;
      if (!FromLine(line, &item, why)) return false;
      item.table = file.stem().string();
      std::ranges::replace(item.table, '-', ' ');
      visit(std::move(item));
      return true;
    };
    if (!observed::ForEachLine(file.string(), read, error)) return false;
  }
  return true;
}

bool WriteSuite(const std::string& directory, const std::vector<Item>& items, std::string* error) {
  std::map<std::string, std::string> files;
  for (const Item& item : items) files[PathOf(item)] += ToLine(item) + "\n";
  for (const fs::path& file : FilesOf(directory)) {
    const std::string name = fs::path(file).lexically_relative(directory).generic_string();
    if (!files.contains(name)) fs::remove(file);
  }
  return std::ranges::all_of(files, [&](const auto& file) {
    return WriteFile(fs::path(directory) / file.first, file.second, error);
  });
}

}  // namespace backstop::conformance
