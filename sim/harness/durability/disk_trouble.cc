// SPDX-License-Identifier: MIT
#include "sim/harness/durability/disk_trouble.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "impl/engine/process.h"
#include "sim/harness/durability/allowed.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xb9;
/// A row that is written while space runs out, of no thread.
constexpr RowMark kTroubledRow = MarkOf(kMaxThreads, 1);
/// The operation that finds no space is one of so many.
constexpr uint32_t kOperations = 24;

bool Use(Client& client, FoundRows* found) { return client.Start() && client.ReadRows(found); }

}  // namespace

std::optional<std::string> DiskTrouble::Verify(const world::SimDisk& wreck,
                                               const Client::Place& place, const Ledger& ledger,
                                               RowLoss* loss) {
  switch (power_.Below(3)) {
    case 0:
      return RunOutOfSpace(wreck, place, SweepFault::kLogDiskFull, ledger, loss);
    case 1:
      return RunOutOfSpace(wreck, place, SweepFault::kDatabaseDiskFull, ledger, loss);
    default:
      return Rot(wreck, place, ledger, loss);
  }
}

std::optional<std::string> DiskTrouble::RunOutOfSpace(const world::SimDisk& wreck,
                                                      const Client::Place& place, SweepFault volume,
                                                      const Ledger& ledger, RowLoss* loss) {
  FailAt full(volume, 1 + power_.Below(kOperations));
  world::SimDisk disk = wreck.Clone();
  FoundRows found;
  bool committed = false;
  {
    world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
    env.SetFaults(&full);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Client client(api_, place);
    const bool changed = Use(client, &found) && client.Begin() && client.Insert(kTroubledRow);
    committed = changed && client.Commit();
    const bool ended = committed && client.Terminate(JET_bitTermComplete);
    const FailedCall& failed = client.failure();
    if (!ended && !IsAllowed(volume, failed.name, failed.err) && !EndsInstance(failed.err)) {
      return fmt::format("without space for the {}: {}", full.where(), ToText(failed));
    }
    disk = env.disk().Clone();
  }
  world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
  engine::Process process(env);
  const engine::ProcessBinding binding(process);
  Client client(api_, place);
  if (!Use(client, &found)) {
    return fmt::format("after there was no space for the {}: {}", full.where(),
                       ToText(client.failure()));
  }
  const bool there = found.erase(kTroubledRow) > 0;
  *loss = ledger.Compare(found);
  if (committed && !there) {
    ++loss->lost;
    loss->text = fmt::format("the row committed without space for the {} is gone", full.where());
  }
  return std::nullopt;
}

std::string DiskTrouble::TurnBit(world::SimDisk& disk, const std::string& directory) {
  std::vector<std::string> paths;
  for (const std::string& path : disk.Paths()) {
    const auto content = path.starts_with(directory) ? disk.Peek(path) : std::nullopt;
    // The copies that mend a torn page are needed just now: two faults at once are too many.
    const bool mends = path.ends_with(".dwb");
    if (content && !content->empty() && !mends) paths.push_back(path);
  }
  if (paths.empty()) return "";
  const std::string& path = paths[power_.Below(static_cast<uint32_t>(paths.size()))];
  const std::string content = *disk.Peek(path);
  std::vector<std::byte> bytes(content.size());
  std::transform(content.begin(), content.end(), bytes.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  const uint32_t at = power_.Below(static_cast<uint32_t>(bytes.size()));
  bytes[at] ^= std::byte{1} << power_.Below(8);
  PutFile(disk, path, bytes);
  return fmt::format("byte {} of {}", at, path);
}

std::optional<std::string> DiskTrouble::Rot(const world::SimDisk& wreck, const Client::Place& place,
                                            const Ledger& ledger, RowLoss* loss) {
  world::SimDisk disk = wreck.Clone();
  const std::string where = TurnBit(disk, place.directory);
  world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
  engine::Process process(env);
  const engine::ProcessBinding binding(process);
  Client client(api_, place);
  FoundRows found;
  if (Use(client, &found)) {
    *loss = ledger.Compare(found);
    if (loss->any()) loss->text = fmt::format("a bit turned in {}: {}", where, loss->text);
    return std::nullopt;
  }
  const FailedCall& failed = client.failure();
  if (TellsDamage(failed.err)) return std::nullopt;
  return fmt::format("a bit turned in {}: {}", where, ToText(failed));
}

}  // namespace backstop::harness
