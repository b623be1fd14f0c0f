// SPDX-License-Identifier: MIT
#include "model/contract/golden.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "model/contract/golden_words.h"
#include "model/machine/table_text.h"

namespace backstop::model::contract {

namespace {

constexpr const char* kGoesOn = "goes-on";

std::string CodeName(Err err) { return err == 0 ? "success" : DescribeCode(err).name; }

class Reader {
 public:
  explicit Reader(const std::string& path) : in_(path) {
    golden_.file = std::filesystem::path(path).filename().string();
    golden_.id = std::filesystem::path(path).stem().string();
    if (!in_) golden_.errors.push_back(fmt::format("{}: cannot be opened", golden_.file));
  }

  Golden Read() {
    std::string line;
    while (std::getline(in_, line)) {
      ++number_;
      if (line.empty() || line.starts_with('#')) continue;
      if (!ReadLine(line)) {
        golden_.errors.push_back(fmt::format("{}:{}: cannot be read", golden_.file, number_));
      }
    }
    return std::move(golden_);
  }

 private:
  bool ReadLine(const std::string& line) {
    if (line.starts_with("start ")) {
      starts_ = true;
      return ReadWorld(line.substr(6), &world_);
    }
    const size_t arrow = line.find(" -> ");
    if (arrow == std::string::npos) return false;
    GoldenStep step{.line = number_, .starts = starts_, .world = world_};
    starts_ = false;
    if (!ReadCall(line.substr(0, arrow), &step)) return false;
    if (!ReadCodes(line.substr(arrow + 4), &step)) return false;
    golden_.steps.push_back(std::move(step));
    return true;
  }

  static bool ReadStage(const std::string& word, GoldenStep* step) {
    constexpr const char* kStages[] = {"enter", "middle", "leave"};
    for (int stage = 0; stage < 3; ++stage) {
      if (word != kStages[stage]) continue;
      for (int other = 0; other < 3; ++other) step->stages[other] = other == stage;
      return true;
    }
    return false;
  }

  static bool ReadCall(const std::string& text, GoldenStep* step) {
    std::istringstream words(text);
    std::string word;
    words >> word;
    step->decides = word == "*";
    if (step->decides) words >> word;
    if (ReadStage(word, step)) words >> word;
    if (!ApplyName(word, step)) return false;
    step->text = word;
    bool outputs = false;
    while (words >> word) {
      step->text += ' ' + word;
      if (word == "gives") {
        outputs = true;
      } else if (!(outputs ? ApplyOutput(word, step) : ApplyArgument(word, step))) {
        return false;
      }
    }
    return true;
  }

  static bool ReadCodes(const std::string& text, GoldenStep* step) {
    std::istringstream words(text);
    std::string first, bar, second, rest;
    words >> first >> bar >> second >> rest;
    step->strict = first;
    step->ese = bar.empty() ? first : second;
    return !first.empty() && rest.empty() && (bar.empty() || (bar == "|" && !second.empty()));
  }

  std::ifstream in_;
  Golden golden_;
  int number_ = 0;
  bool starts_ = true;
  Snapshot world_;
};

/// The code that the events of the step end with, and whether its outputs fit.
std::string Run(const GoldenStep& step, Lifecycle& lifecycle, Snapshot* state, bool* fits) {
  Reaction reaction{.pending = true};
  *fits = true;
  for (int stage = 0; stage < 3 && reaction.pending; ++stage) {
    if (!step.stages[stage]) continue;
    if (stage == 1 && step.call.op != Op::kBackup) continue;
    Snapshot before = *state;
    reaction =
        lifecycle.Apply(*state, step.call, static_cast<Stage>(stage), step.failing, &step.outcome);
    Outcome outcome = step.outcome;
    outcome.err = reaction.err;
    Reaction again;
    *fits = lifecycle.Accept(before, step.call, static_cast<Stage>(stage), step.failing, outcome,
                             &again);
  }
  return reaction.pending ? kGoesOn : CodeName(reaction.err);
}

}  // namespace

Golden ReadGolden(const std::string& path) { return Reader(path).Read(); }

std::vector<std::string> RunGolden(const Golden& golden, Lifecycle& lifecycle) {
  std::vector<std::string> differences = golden.errors;
  const bool ese = &lifecycle.dialect() == &kEse;
  Snapshot state;
  for (const GoldenStep& step : golden.steps) {
    if (step.starts) state = step.world;
    const std::string& expected = ese ? step.ese : step.strict;
    bool fits = true;
    const std::string code = Run(step, lifecycle, &state, &fits);
    const std::string where =
        fmt::format("{}:{}: {} ({})", golden.file, step.line, step.text, ese ? "ese" : "strict");
    if (code != expected) {
      differences.push_back(fmt::format("{} returns {}, not {}", where, code, expected));
    } else if (!fits) {
      differences.push_back(fmt::format("{} gives other outputs", where));
    }
  }
  return differences;
}

}  // namespace backstop::model::contract
