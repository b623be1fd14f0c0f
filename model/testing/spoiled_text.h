// SPDX-License-Identifier: MIT
// Text that was damaged at random, for parsers that must survive it.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>

#include "model/testing/dice.h"

namespace backstop::model::testing {

/// Rounds of a test that damages text: a few, or what BACKSTOP_FUZZ_ROUNDS says.
inline uint64_t FuzzRounds(uint64_t few) {
  const char* rounds = std::getenv("BACKSTOP_FUZZ_ROUNDS");
  return rounds == nullptr ? few : std::strtoull(rounds, nullptr, 10);
}

/// Replaces a number by one at a limit; false if the text has none after a random place.
inline bool SpoilNumber(Dice& dice, std::string* text) {
  static const char* const kOdd[] = {"-1",   "0",  "4294967296", "18446744073709551615", "1e99",
                                     "null", "[]", "\"x\"",      "9223372036854775807",  "-32768"};
  const size_t from = dice(static_cast<uint32_t>(text->size() + 1));
  const size_t begin = text->find_first_of("0123456789", from);
  if (begin == text->npos) return false;
  const size_t end = text->find_first_not_of("0123456789", begin);
  text->replace(begin, (end == text->npos ? text->size() : end) - begin, kOdd[dice(10)]);
  return true;
}

/// One to four small changes: bytes flipped, cut, doubled, or numbers made odd.
inline std::string Spoiled(Dice& dice, std::string text) {
  for (uint32_t change = 1 + dice(4); change > 0 && !text.empty(); --change) {
    const auto size = static_cast<uint32_t>(text.size());
    const size_t at = dice(size);
    const size_t length = std::min<size_t>(1 + dice(40), size - at);
    switch (dice(6)) {
      case 0:
        text[at] = static_cast<char>(text[at] ^ (1 << dice(8)));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(dice(size), text.substr(at, length));
        break;
      default:
        SpoilNumber(dice, &text);
        break;
    }
  }
  return text;
}

}  // namespace backstop::model::testing
