// SPDX-License-Identifier: MIT
#include "sim/cli/clock.h"

#include <charconv>
#include <ctime>
#include <map>

namespace backstop::cli {

double CpuSeconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

bool ParseDuration(const std::string& text, double* seconds) {
  static const std::map<std::string, double> kUnits = {
      {"", 1}, {"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}};
  double number = 0;
  const char* end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, number);
  const auto unit = kUnits.find(std::string(end, end_of_text));
  if (error != std::errc() || unit == kUnits.end() || !(number > 0) || number > 1e6) return false;
  *seconds = number * unit->second;
  return true;
}

}  // namespace backstop::cli
