// SPDX-License-Identifier: MIT
#include "sim/cli/spin_comparison.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "model/explore/alphabet.h"
#include "model/export/promela.h"
#include "sim/cli/clock.h"

namespace backstop::cli {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

/// A directory of its own, gone with the object.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / fmt::format("backstop-spin-{}", ::getpid())) {
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Sums {
  uint64_t states = 0;
  uint64_t pairs = 0;
  double seconds = 0;

  double Rate(uint64_t count) const {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
  }
};

Sums Ours(const std::vector<SpinScene>& scenes) {
  Sums sums;
  for (const SpinScene& scene : scenes) {
    sums.states += scene.search.states;
    sums.pairs += scene.search.pairs;
    sums.seconds += scene.search.seconds;
  }
  return sums;
}

Sums Spins(const std::vector<SpinScene>& scenes) {
  Sums sums;
  for (const SpinScene& scene : scenes) {
    sums.states += scene.spin_states();
    sums.pairs += scene.spin_pairs();
    sums.seconds += scene.spin.seconds;
  }
  return sums;
}

void PrintScene(const SpinScene& scene) {
  fmt::print("{:<7} {:<14} {:>8} states {:>10} pairs {:>7.2f} s   spin {:>8} {:>10} {:>7.2f} s{}\n",
             scene.dialect, scene.search.name, scene.search.states, scene.search.pairs,
             scene.search.seconds, scene.spin_states(), scene.spin_pairs(), scene.spin.seconds,
             scene.agrees() ? "" : "   THEY DIFFER");
}

std::string LastLine(const std::string& text) {
  const size_t end = text.find_last_not_of('\n');
  if (end == std::string::npos) return "it wrote nothing";
  const size_t start = text.find_last_of('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1, end - start);
}

}  // namespace

uint64_t SpinScene::spin_pairs() const { return spin.transitions - roots - 1; }

bool SpinScene::agrees() const {
  return search.complete && spin.complete && spin.errors == 0 && spin_states() == search.states &&
         spin_pairs() == search.pairs;
}

bool CompareWithSpin(const model::ExploreOptions& options, const std::string& dialect,
                     std::vector<SpinScene>* scenes, std::string* error) {
  const Scratch scratch;
  for (const model::Scene& scene : model::MakeScenes(options)) {
    if (!options.scene.empty() && options.scene != scene.name) continue;
    model::ExploreOptions one = options;
    one.scene = scene.name;
    one.clock = CpuSeconds;
    SpinScene compared{.dialect = dialect, .search = {}, .roots = scene.roots.size(), .spin = {}};
    compared.search = model::Explore(one).scenes.front();
    compared.spin = model::RunSpin(model::ExportPromela(scene, options, *options.dialect),
                                   scratch.path(), model::Verifier::kFast);
    if (compared.spin.states == 0) {
      *error = fmt::format("spin cannot search '{}': {}; it needs spin and cc", scene.name,
                           LastLine(compared.spin.output));
      return false;
    }
    PrintScene(compared);
    scenes->push_back(std::move(compared));
  }
  return true;
}

void PrintRates(const std::vector<SpinScene>& scenes) {
  const auto print = [](const char* who, const Sums& sums) {
    fmt::print("{:<12} {:.2f} million states a second, {:.1f} million pairs a second\n", who,
               sums.Rate(sums.states) / 1e6, sums.Rate(sums.pairs) / 1e6);
  };
  fmt::print("\nCPU time of the searches alone; a pair is a state and an event, one transition\n");
  print("check-model", Ours(scenes));
  print("spin", Spins(scenes));
}

ordered_json ToJson(const std::vector<SpinScene>& scenes) {
  ordered_json list = ordered_json::array();
  for (const SpinScene& scene : scenes) {
    list.push_back({{"dialect", scene.dialect},
                    {"scene", scene.search.name},
                    {"agrees", scene.agrees()},
                    {"states", scene.search.states},
                    {"pairs", scene.search.pairs},
                    {"cpu_seconds", scene.search.seconds},
                    {"spin_states", scene.spin_states()},
                    {"spin_pairs", scene.spin_pairs()},
                    {"spin_cpu_seconds", scene.spin.seconds}});
  }
  const auto rates = [](const Sums& sums) {
    return ordered_json{{"states_per_second", sums.Rate(sums.states)},
                        {"pairs_per_second", sums.Rate(sums.pairs)}};
  };
  return {{"scenes", list}, {"check_model", rates(Ours(scenes))}, {"spin", rates(Spins(scenes))}};
}

}  // namespace backstop::cli
