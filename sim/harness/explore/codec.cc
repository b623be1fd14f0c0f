// SPDX-License-Identifier: MIT
#include "sim/harness/explore/codec.h"

#include <xxhash.h>

#include <array>
#include <nlohmann/json.hpp>

namespace backstop::harness {
namespace {

using nlohmann::json;
using sched::Access;
using sched::AccessMode;
using sched::Sleeper;
using Wish = sched::SearchPartResult::Wish;
using Node = sched::SearchPartResult::Node;

constexpr uint64_t kMaxFrame = uint64_t{1} << 32;

json ToJson(const Access& access) {
  return {access.range.begin,
          access.range.end,
          access.object,
          access.task,
          static_cast<unsigned>(access.mode),
          static_cast<unsigned>(access.kind),
          access.begins_step};
}

Access AccessFrom(const json& from) {
  return {.range = {from.at(0).get<uint64_t>(), from.at(1).get<uint64_t>()},
          .object = from.at(2).get<uint32_t>(),
          .task = from.at(3).get<uint8_t>(),
          .mode = static_cast<AccessMode>(from.at(4).get<unsigned>()),
          .kind = static_cast<sched::PointKind>(from.at(5).get<unsigned>()),
          .begins_step = from.at(6).get<bool>()};
}

json ToJson(const std::vector<Access>& step) {
  json list = json::array();
  for (const Access& access : step) list.push_back(ToJson(access));
  return list;
}

std::vector<Access> StepFrom(const json& from) {
  std::vector<Access> step;
  for (const json& access : from) step.push_back(AccessFrom(access));
  return step;
}

json ToJson(const Node& node) {
  json sleepers = json::array();
  for (const Sleeper& sleeper : node.sleepers) {
    sleepers.push_back({sleeper.task, ToJson(sleeper.step)});
  }
  return {node.enabled, node.chosen, std::move(sleepers)};
}

Node NodeFrom(const json& from) {
  Node node{from.at(0).get<uint32_t>(), from.at(1).get<uint8_t>(), {}};
  for (const json& sleeper : from.at(2)) {
    node.sleepers.push_back({sleeper.at(0).get<uint8_t>(), StepFrom(sleeper.at(1))});
  }
  return node;
}

json ToJson(const sched::SearchPartResult& result) {
  json nodes = json::array(), steps = json::array(), wishes = json::array();
  for (const Node& node : result.nodes) nodes.push_back(ToJson(node));
  for (const auto& step : result.steps) steps.push_back(ToJson(step));
  for (const Wish& wish : result.wishes) {
    wishes.push_back({wish.depth, wish.initials, json::binary(wish.plan)});
  }
  return {{"executions", result.counts.executions},
          {"redundant", result.counts.redundant},
          {"states", result.counts.states},
          {"nodes", std::move(nodes)},
          {"steps", std::move(steps)},
          {"wishes", std::move(wishes)}};
}

sched::SearchPartResult ResultFrom(const json& from) {
  sched::SearchPartResult result;
  result.counts = {from.at("executions").get<uint64_t>(), from.at("redundant").get<uint64_t>(),
                   from.at("states").get<uint64_t>()};
  for (const json& node : from.at("nodes")) result.nodes.push_back(NodeFrom(node));
  for (const json& step : from.at("steps")) result.steps.push_back(StepFrom(step));
  for (const json& wish : from.at("wishes")) {
    result.wishes.push_back(
        {wish.at(0).get<uint32_t>(), wish.at(1).get<uint32_t>(), wish.at(2).get_binary()});
  }
  return result;
}

json ToJson(const FoundRun& found) {
  json draws = json::array();
  for (const auto& of_task : found.steps.draws) draws.push_back(of_task);
  return {{"rule", found.rule},
          {"text", found.text},
          {"tasks", json::binary(found.steps.tasks)},
          {"draws", std::move(draws)}};
}

FoundRun FoundFrom(const json& from) {
  FoundRun found{.rule = from.at("rule"), .text = from.at("text"), .steps = {}};
  found.steps.tasks = from.at("tasks").get_binary();
  for (size_t i = 0; i < found.steps.draws.size(); ++i) {
    found.steps.draws[i] = from.at("draws").at(i).get<std::vector<uint32_t>>();
  }
  return found;
}

json TracesToJson(const std::vector<uint64_t>& traces) {
  std::vector<uint8_t> bytes;
  bytes.reserve(traces.size() * 8);
  for (const uint64_t trace : traces) {
    for (unsigned i = 0; i < 8; ++i) bytes.push_back(static_cast<uint8_t>(trace >> 8 * i));
  }
  return json::binary(std::move(bytes));
}

std::vector<uint64_t> TracesFrom(const std::vector<uint8_t>& bytes) {
  std::vector<uint64_t> traces(bytes.size() / 8);
  for (size_t i = 0; i < traces.size() * 8; ++i) traces[i / 8] |= uint64_t{bytes[i]} << 8 * (i % 8);
  return traces;
}

}  // namespace

std::vector<uint8_t> Encode(const SearchedPart& part) {
  json all = {{"result", ToJson(part.result)},
              {"traces", TracesToJson(part.traces)},
              {"ended", part.ended},
              {"races", part.races}};
  if (part.found) all["found"] = ToJson(*part.found);
  return json::to_cbor(all);
}

bool Decode(const std::vector<uint8_t>& bytes, SearchedPart* part) {
  try {
    const json all = json::from_cbor(bytes);
    part->result = ResultFrom(all.at("result"));
    part->traces = TracesFrom(all.at("traces").get_binary());
    part->ended = all.at("ended").get<bool>();
    part->races = all.at("races").get<std::set<std::string>>();
    part->found.reset();
    if (all.contains("found")) part->found = FoundFrom(all.at("found"));
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

bool WriteFrame(std::FILE* file, const std::vector<uint8_t>& bytes) {
  const std::array<uint64_t, 2> head = {bytes.size(), XXH3_64bits(bytes.data(), bytes.size())};
  return std::fwrite(head.data(), sizeof head, 1, file) == 1 &&
         std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0;
}

bool ReadFrame(std::FILE* file, std::vector<uint8_t>* bytes) {
  std::array<uint64_t, 2> head{};
  if (std::fread(head.data(), sizeof head, 1, file) != 1 || head[0] > kMaxFrame) return false;
  bytes->resize(head[0]);
  return std::fread(bytes->data(), 1, bytes->size(), file) == bytes->size() &&
         XXH3_64bits(bytes->data(), bytes->size()) == head[1];
}

}  // namespace backstop::harness
