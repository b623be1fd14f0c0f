// SPDX-License-Identifier: MIT
#include "sim/harness/trace_variations.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <sstream>
#include <utility>

namespace backstop::harness {
namespace {

using Change = std::function<void(ProgramCall&)>;

template <class Enum>
void OfferAll(Enum ProgramCall::*member, std::vector<Change>* changes) {
  for (unsigned value = 0; value < static_cast<unsigned>(Enum::kCount); ++value) {
    changes->push_back([=](ProgramCall& call) { call.*member = static_cast<Enum>(value); });
  }
}

template <class Number>
void OfferSome(Number ProgramCall::*member, std::initializer_list<unsigned> values,
               std::vector<Change>* changes) {
  for (const unsigned value : values) {
    changes->push_back([=](ProgramCall& call) { call.*member = static_cast<Number>(value); });
  }
}

bool HasTwoInstances(const Program& program) {
  return program.setup.start == Start::kSecondReady ||
         std::ranges::any_of(program.threads, [](const std::vector<ProgramCall>& calls) {
           return std::ranges::any_of(calls, [](const ProgramCall& call) {
             return call.instance == model::InstanceRef::kSecond;
           });
         });
}

/// Every other value of an argument, by argument. Those that only spoil a call are not put in.
std::vector<std::vector<Change>> ArgumentChanges(const Program& program) {
  std::vector<std::vector<Change>> arguments(8);
  // With several instances the functions of one are not to be called.
  if (program.setup.one_instance) {
    arguments[0].push_back([](ProgramCall& call) { call.legacy = !call.legacy; });
  }
  if (HasTwoInstances(program)) {
    for (const auto instance : {model::InstanceRef::kFirst, model::InstanceRef::kSecond}) {
      arguments[1].push_back([=](ProgramCall& call) { call.instance = instance; });
    }
  }
  OfferAll(&ProgramCall::file, &arguments[2]);
  OfferAll(&ProgramCall::name, &arguments[3]);
  OfferSome(&ProgramCall::database, {0, 1}, &arguments[4]);
  OfferSome(&ProgramCall::log, {0, 1, 2}, &arguments[5]);
  OfferSome(&ProgramCall::pages, {1, 3, 4, 8, 16}, &arguments[6]);
  OfferSome(&ProgramCall::grbit, {0, 1, 2, 4, 8}, &arguments[7]);
  return arguments;
}

/// The argument as the program's text has it, found by what differs between the two calls.
std::string Word(const ProgramCall& call, const ProgramCall& other) {
  std::istringstream words(ToText(call));
  const std::string rest = " " + ToText(other) + " ";
  std::string found;
  for (std::string word; words >> word;) {
    if (rest.find(" " + word + " ") != std::string::npos) continue;
    found += (found.empty() ? "" : " ") + word;
  }
  return found;
}

class Offers {
 public:
  explicit Offers(const Program& program) : program_(program) {}

  void Setup() {
    Variation start{.place = "setup", .what = "", .variants = {}};
    Variation settings = start;
    Variation mode = start;
    for (unsigned at = 0; at < static_cast<unsigned>(Start::kCount); ++at) {
      OfferSetup([&](auto& setup) { setup.start = static_cast<Start>(at); }, &start);
    }
    for (unsigned at = 0; at < static_cast<unsigned>(Settings::kCount); ++at) {
      OfferSetup([&](auto& setup) { setup.settings = static_cast<Settings>(at); }, &settings);
    }
    OfferSetup([](auto& setup) { setup.one_instance = !setup.one_instance; }, &mode);
    for (Variation* each : {&start, &settings, &mode}) found.push_back(std::move(*each));
  }

  void Thread(size_t thread) {
    if (program_.threads.size() == 1) return;
    Variant without{kWithoutIt, program_};
    without.program.threads[thread].clear();
    const bool is_one = program_.threads[thread].size() == 1;
    found.push_back({is_one ? CallPlace(thread, 0) : fmt::format("T{}", thread),
                     is_one ? "this call" : "all its calls",
                     {std::move(without)}});
  }

  void Call(size_t thread, size_t index) {
    const std::vector<ProgramCall>& calls = program_.threads[thread];
    const std::string place = CallPlace(thread, index);
    if (calls.size() > 1) {
      Variant without{kWithoutIt, program_};
      auto& shorter = without.program.threads[thread];
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(index));
      found.push_back({place, "this call", {std::move(without)}});
    }
    for (const std::vector<Change>& argument : ArgumentChanges(program_)) {
      Variation variation{place, "", {}};
      for (const Change& change : argument) OfferCall(thread, index, change, &variation);
      if (!variation.variants.empty()) found.push_back(std::move(variation));
    }
  }

  std::vector<Variation> found;

 private:
  std::string CallPlace(size_t thread, size_t index) const {
    return fmt::format("T{} call {} {}", thread, index, ToText(program_.threads[thread][index]));
  }

  template <class Edit>
  void OfferSetup(const Edit& edit, Variation* variation) {
    Variant variant{"", program_};
    edit(variant.program.setup);
    if (variant.program == program_) return;
    const auto difference = [](const harness::Setup& one, const harness::Setup& other) {
      std::istringstream a(ToText(one));
      std::istringstream b(ToText(other));
      std::string word;
      for (std::string same; a >> word && b >> same && word == same;) continue;
      return word;
    };
    variant.value = difference(variant.program.setup, program_.setup);
    variation->what = difference(program_.setup, variant.program.setup);
    variation->variants.push_back(std::move(variant));
  }

  void OfferCall(size_t thread, size_t index, const Change& change, Variation* variation) {
    const ProgramCall& call = program_.threads[thread][index];
    ProgramCall other = call;
    change(other);
    other = Normalized(other);
    if (other == Normalized(call)) return;
    Variant variant{Word(other, call), program_};
    variant.program.threads[thread][index] = other;
    // An argument that is not told has its default.
    if (variation->what.empty()) variation->what = Word(call, other);
    if (variation->what.empty()) {
      variation->what = variant.value.substr(0, variant.value.find('='));
    }
    variation->variants.push_back(std::move(variant));
  }

  const Program& program_;
};

}  // namespace

std::vector<Variation> VariationsOf(const Program& program) {
  Offers offers(program);
  offers.Setup();
  for (size_t thread = 0; thread < program.threads.size(); ++thread) {
    offers.Thread(thread);
    for (size_t index = 0; index < program.threads[thread].size(); ++index) {
      offers.Call(thread, index);
    }
  }
  return std::move(offers.found);
}

}  // namespace backstop::harness
