// SPDX-License-Identifier: MIT
// Specification against engine on sequences drawn at random.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "sim/cli/command.h"
#include "sim/cli/conform_suite.h"
#include "sim/cli/progress.h"
#include "sim/harness/conformance/random_ways.h"
#include "sim/harness/conformance/suite_run.h"

namespace backstop::cli {
namespace {

using conformance::Deviation;
using conformance::Item;
using conformance::RandomWay;
using conformance::SuiteRun;

/// One dialect.
class RandomCampaign {
 public:
  RandomCampaign(const RandomOptions& options, const std::string& dialect, ConformTarget& target)
      : options_(options),
        dialect_(dialect),
        lifecycle_(dialect == "ese" ? model::kEse : model::kStrict),
        ways_(lifecycle_, options.seed),
        world_(target.world()),
        engine_(target.ForSuite(dialect)),
        total_(dialect, world_, engine_) {
    if (options.rows != nullptr) options.rows->Count(dialect, &total_);
  }

  void Run() {
    Progress progress(options_.quiet);
    while (total_.steps < options_.steps && found_.size() < options_.most) {
      Try(ways_.Next());
      if (!progress.Due()) continue;
      progress.Show(fmt::format("{}: {} of {} steps, {} deviations", dialect_, total_.steps,
                                options_.steps, found_.size()));
    }
  }
  void Print() const;
  nlohmann::ordered_json Json() const;
  bool clean() const { return found_.empty(); }

 private:
  void Try(RandomWay drawn);
  std::string Id() const { return fmt::format("random/{}/{}", options_.seed, drawn_); }
  /// How the engine deviates on the way, if it does.
  std::optional<Deviation> DeviationOn(const RandomWay& drawn, std::optional<Item>* item);
  void Note(const RandomWay& drawn, const Deviation& deviation);

  const RandomOptions& options_;
  const std::string dialect_;
  model::Lifecycle lifecycle_;
  conformance::RandomWays ways_;
  const conformance::SuiteWorld world_;
  const observed::RunSequence engine_;
  SuiteRun total_;
  size_t drawn_ = 0;
  /// By call and codes: the shortest sequence, as a line.
  std::map<std::string, std::string> found_;
};

std::string ClassOf(const Deviation& deviation) {
  return fmt::format("{}: expected {}, got {}", deviation.call, deviation.expected, deviation.got);
}

std::optional<Deviation> RandomCampaign::DeviationOn(const RandomWay& drawn,
                                                     std::optional<Item>* item) {
  RandomWay way = drawn;
  *item = conformance::RandomItem(&way, lifecycle_, dialect_, Id());
  if (!*item) return std::nullopt;
  SuiteRun one(dialect_, world_, engine_);
  one.Add(**item);
  if (one.deviations.empty()) return std::nullopt;
  return one.deviations.front();
}

void RandomCampaign::Note(const RandomWay& drawn, const Deviation& deviation) {
  const std::string wanted = ClassOf(deviation);
  if (found_.contains(wanted)) return;
  std::optional<Item> item;
  const RandomWay least = conformance::Shrink(drawn, [&](const RandomWay& less) {
    const auto other = DeviationOn(less, &item);
    return other && ClassOf(*other) == wanted;
  });
  DeviationOn(least, &item);
  found_[wanted] = conformance::ToLine(*item);
}

void RandomCampaign::Try(RandomWay drawn) {
  ++drawn_;
  const auto item = conformance::RandomItem(&drawn, lifecycle_, dialect_, Id());
  if (!item) return;
  const size_t before = total_.deviations.size();
  total_.Add(*item);
  if (total_.deviations.size() > before) Note(drawn, total_.deviations.back());
}

void RandomCampaign::Print() const {
  fmt::print("random        {}: {} sequences, {} of them run to the end, seed {}\n", dialect_,
             total_.sequences, total_.complete, options_.seed);
  fmt::print("engine        {} of {} steps equal\n", total_.equal, total_.steps);
  for (const auto& [reason, steps] : total_.left) {
    fmt::print("not asked     {} {}\n", steps, reason);
  }
  for (const auto& [deviation, line] : found_) {
    fmt::print("deviates      {}\n              {}\n", deviation, line);
  }
}

nlohmann::ordered_json RandomCampaign::Json() const {
  nlohmann::ordered_json json = ToJson(total_);
  json["seed"] = options_.seed;
  json["shortest"] = found_;
  return json;
}

}  // namespace

int RunRandomConformance(const RandomOptions& options, ConformTarget& target,
                         nlohmann::ordered_json* json) {
  bool clean = true;
  for (const std::string& dialect : options.dialects) {
    RandomCampaign campaign(options, dialect, target);
    campaign.Run();
    campaign.Print();
    (*json)[dialect] = campaign.Json();
    clean = clean && campaign.clean();
  }
  return clean ? kClean : kViolation;
}

}  // namespace backstop::cli
