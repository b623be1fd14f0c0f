// SPDX-License-Identifier: MIT
#include "sim/harness/durability/further_cuts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "impl/engine/process.h"

namespace backstop::harness {
namespace {

constexpr uint64_t kWorldSeed = 0xba;
constexpr uint32_t kMostLives = 3;
constexpr uint32_t kMostCommits = 6;
constexpr uint32_t kMostRows = 4;

/// Cuts the power when something was written and is not yet durable: before the sync of this
/// number, counted from 1.
class CutBeforeSync : public world::FaultPolicy {
 public:
  explicit CutBeforeSync(uint32_t at) : at_(at) {}
  world::IoFault OnOperation(const world::IoRequest& request) override {
    const bool strikes = request.kind == world::IoKind::kSync && ++syncs_ == at_;
    return strikes ? world::IoFault::PowerLoss() : world::IoFault::None();
  }

 private:
  const uint32_t at_;
  uint32_t syncs_ = 0;
};

/// Rows of these lives, of no thread.
constexpr RowMark NewRow(unsigned number) { return MarkOf(kMaxThreads, 2 + number); }

}  // namespace

RowLoss FurtherCuts::Compare(FoundRows found, const Ledger& ledger) const {
  // The commit that the power cut met is there or not, as a whole.
  FoundRows expected = known_.rows;
  const auto is_there = [&](RowMark row) { return found.contains(row); };
  if (std::ranges::any_of(known_.open, is_there)) {
    for (const RowMark row : known_.open) ++expected[row];
  }
  RowLoss loss;
  for (const auto& [row, times] : expected) loss.lost += times > found[row] ? 1 : 0;
  for (const auto& [row, times] : found) loss.resurrected += times > expected[row] ? 1 : 0;
  if (loss.any() && crashes_ > 0) {
    loss.text = fmt::format("another power cut has changed what {} rows were", known_.rows.size());
    return loss;
  }
  for (unsigned i = 0; i < known_.made; ++i) found.erase(NewRow(i));
  std::erase_if(found, [](const auto& row) { return row.second == 0; });
  return ledger.Compare(found);
}

bool FurtherCuts::Commit(Client& client, const world::SimEnv& env) {
  bool works = client.Begin();
  const unsigned rows = 1 + power_.Below(kMostRows);
  for (unsigned i = 0; works && i < rows; ++i) {
    known_.open.push_back(NewRow(known_.made++));
    works = client.Insert(known_.open.back());
  }
  works = works && client.Commit();
  if (!works) return env.power_lost();
  for (const RowMark row : std::exchange(known_.open, {})) ++known_.rows[row];
  return true;
}

std::optional<std::string> FurtherCuts::Verify(const world::SimDisk& wreck,
                                               const Client::Place& place, const Ledger& ledger,
                                               RowLoss* loss) {
  world::SimDisk disk = wreck.Clone();
  const unsigned lives = 1 + power_.Below(kMostLives);
  while (true) {
    disk.TrackDurability();
    world::SimEnv env(scheduler_, std::move(disk), kWorldSeed);
    engine::Process process(env);
    const engine::ProcessBinding binding(process);
    Client client(api_, place);
    FoundRows found;
    const auto failed = [&] { return "after another power cut: " + ToText(client.failure()); };
    if (!client.Start() || !client.ReadRows(&found)) return failed();
    *loss = Compare(found, ledger);
    if (loss->any() || crashes_ == lives) return std::nullopt;
    known_.rows = std::move(found);
    known_.open.clear();
    const unsigned commits = 1 + power_.Below(kMostCommits);
    // What an earlier power cut has left is met by the first commit, if at all.
    CutBeforeSync cut(1 + power_.Below(power_.OneIn(2) ? 1 : commits));
    env.SetFaults(&cut);
    for (unsigned i = 0; i < commits && !env.power_lost(); ++i) {
      if (!Commit(client, env)) return failed();
    }
    disk = env.disk().AfterPowerLoss([this] { return power_.OneIn(2); });
    ++crashes_;
  }
}

}  // namespace backstop::harness
