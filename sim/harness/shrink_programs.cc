// SPDX-License-Identifier: MIT
#include "sim/harness/shrink_programs.h"

#include <rapidcheck.h>

#include <algorithm>
#include <bit>

#include "sim/harness/minimum/alphabet.h"

namespace backstop::harness {
namespace {

/// Simpler forms of one call, the simplest first.
std::vector<ProgramCall> CallShrinks(const ProgramCall& call) {
  std::vector<ProgramCall> simpler;
  ProgramCall plain;
  plain.op = call.op;
  plain.grbit = call.grbit;
  plain.pages = call.pages;
  // A program makes each of its instances at most once.
  const bool makes = call.op == model::Op::kCreateInstance;
  if (makes) plain.instance = call.instance;
  const auto offer = [&](const auto& change) {
    ProgramCall changed = call;
    change(changed);
    const bool known = std::find(simpler.begin(), simpler.end(), changed) != simpler.end();
    if (changed != call && !known) simpler.push_back(changed);
  };
  offer([&](ProgramCall& it) { it = plain; });
  offer([](ProgramCall& it) { it.legacy = false; });
  if (!makes) offer([](ProgramCall& it) { it.instance = model::InstanceRef::kFirst; });
  offer([](ProgramCall& it) { it.misaligned = it.odd_size = false; });
  offer([](ProgramCall& it) { it.database = it.log = 0; });
  offer([](ProgramCall& it) { it.file = FileArg::kLatest; });
  offer([](ProgramCall& it) { it.grbit = 0; });
  offer([](ProgramCall& it) { it.row = RowArg::kInsert; });
  if (call.pages > 4) offer([](ProgramCall& it) { it.pages = 4; });
  return simpler;
}

void OfferSetups(const Program& program, std::vector<Program>* simpler) {
  const auto offer = [&](Setup setup) {
    if (setup == program.setup) return;
    simpler->push_back(program);
    simpler->back().setup = setup;
  };
  Setup setup = program.setup;
  setup.one_instance = false;
  offer(setup);
  setup = program.setup;
  setup.settings = Settings::kDefault;
  offer(setup);
  // A later start may save calls; an earlier one makes a shorter story.
  for (const Start start : {Start::kFileOpen, Start::kBegun, Start::kReady}) {
    setup = program.setup;
    if (start >= setup.start) continue;
    setup.start = start;
    offer(setup);
  }
  if (program.faults != Faults::kNone) {
    simpler->push_back(program);
    simpler->back().faults = Faults::kNone;
  }
}

void OfferFewerThreads(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; program.threads.size() > 1 && i < program.threads.size(); ++i) {
    simpler->push_back(program);
    auto& threads = simpler->back().threads;
    threads.erase(threads.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void OfferMergedThreads(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 1; i < program.threads.size(); ++i) {
    Program merged = program;
    auto& into = merged.threads[i - 1];
    const auto& from = program.threads[i];
    into.insert(into.end(), from.begin(), from.end());
    merged.threads.erase(merged.threads.begin() + static_cast<std::ptrdiff_t>(i));
    simpler->push_back(std::move(merged));
  }
}

void OfferFewerCalls(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; i < program.threads.size(); ++i) {
    auto shorter = rc::shrink::removeChunks(program.threads[i]);
    while (auto thread = shorter.next()) {
      if (thread->empty()) continue;  // the whole thread has been offered already
      simpler->push_back(program);
      simpler->back().threads[i] = std::move(*thread);
    }
  }
}

void OfferSimplerCalls(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; i < program.threads.size(); ++i) {
    for (size_t j = 0; j < program.threads[i].size(); ++j) {
      for (const ProgramCall& call : CallShrinks(program.threads[i][j])) {
        simpler->push_back(program);
        simpler->back().threads[i][j] = call;
      }
    }
  }
}

/// Up to so many calls all selections are tried.
constexpr size_t kAllSelections = 5;

/// The program with the calls whose bit is set in `kept`, counted thread by thread.
Program Select(const Program& program, uint64_t kept) {
  Program selected = program;
  selected.threads.clear();
  size_t number = 0;
  for (const auto& thread : program.threads) {
    std::vector<ProgramCall> calls;
    for (const ProgramCall& call : thread) {
      if (kept >> number++ & 1u) calls.push_back(call);
    }
    if (!calls.empty()) selected.threads.push_back(std::move(calls));
  }
  return selected;
}

/// Which calls to keep, those with the fewest first.
std::vector<uint64_t> Selections(size_t calls, size_t max_calls) {
  std::vector<uint64_t> selections;
  if (calls > 63) return selections;
  const uint64_t all = (uint64_t{1} << calls) - 1;
  if (calls <= kAllSelections) {
    for (uint64_t kept = 1; kept <= all; ++kept) selections.push_back(kept);
  } else {
    for (size_t i = 0; i < calls; ++i) {
      for (size_t j = i; j < calls; ++j) {
        selections.push_back(all & ~(uint64_t{1} << i) & ~(uint64_t{1} << j));
      }
    }
  }
  std::erase_if(selections, [&](uint64_t kept) {
    return static_cast<size_t>(std::popcount(kept)) > max_calls;
  });
  std::ranges::stable_sort(selections, {}, [](uint64_t kept) { return std::popcount(kept); });
  return selections;
}

}  // namespace

rc::Seq<Program> ProgramShrinks(const Program& program) {
  std::vector<Program> simpler;
  OfferFewerThreads(program, &simpler);
  OfferFewerCalls(program, &simpler);
  OfferMergedThreads(program, &simpler);
  OfferSetups(program, &simpler);
  OfferSimplerCalls(program, &simpler);
  return rc::seq::fromContainer(std::move(simpler));
}

std::vector<Program> Neighbours(const Program& program, size_t max_calls) {
  std::vector<Setup> setups;
  for (const Setup& setup : AllSetups(Alphabet::kFull)) {
    const bool like = setup.settings == program.setup.settings &&
                      setup.one_instance == program.setup.one_instance;
    if (like) setups.push_back(setup);
  }
  std::vector<Program> neighbours;
  for (const uint64_t kept : Selections(program.CallCount(), max_calls)) {
    for (const Setup& setup : setups) {
      Program neighbour = Select(program, kept);
      neighbour.setup = setup;
      if (!IsMeaningful(neighbour)) continue;
      if (neighbour != program) neighbours.push_back(neighbour);
      if (neighbour.threads.size() < 2) continue;
      // The first thread goes first by default.
      std::ranges::reverse(neighbour.threads);
      neighbours.push_back(std::move(neighbour));
    }
  }
  return neighbours;
}

}  // namespace backstop::harness
