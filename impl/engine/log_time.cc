// SPDX-License-Identifier: MIT
#include "impl/engine/log_time.h"

#include <chrono>
#include <cstring>

namespace backstop::engine {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1900;

}  // namespace

JET_LOGTIME ToLogTime(uint64_t millis) {
  const sys_time<milliseconds> moment{milliseconds(millis)};
  const auto day = std::chrono::floor<days>(moment);
  const year_month_day date(day);
  const auto in_day = static_cast<uint32_t>((moment - day).count());
  JET_LOGTIME time = {};
  time.bSeconds = static_cast<uint8_t>(in_day / 1000 % 60);
  time.bMinutes = static_cast<uint8_t>(in_day / 60000 % 60);
  time.bHours = static_cast<uint8_t>(in_day / 3600000);
  time.bDay = static_cast<uint8_t>(static_cast<unsigned>(date.day()));
  time.bMonth = static_cast<uint8_t>(static_cast<unsigned>(date.month()));
  time.bYear = static_cast<uint8_t>(static_cast<int>(date.year()) - kFirstYear);
  time.bFiller1 = static_cast<uint8_t>(1 | (in_day % 1000 & 0x7f) << 1);
  time.bFiller2 = static_cast<uint8_t>((in_day % 1000 >> 7) << 1);
  return time;
}

uint64_t ToMillis(const JET_LOGTIME& time) {
  if (time.bMonth == 0) return 0;
  const year_month_day date(std::chrono::year(kFirstYear + time.bYear),
                            std::chrono::month(time.bMonth), std::chrono::day(time.bDay));
  const uint64_t seconds = time.bHours * 3600u + time.bMinutes * 60u + time.bSeconds;
  const uint64_t fraction = time.bFiller1 >> 1 | (time.bFiller2 >> 1 & 7) << 7;
  const auto day = static_cast<uint64_t>(sys_days(date).time_since_epoch().count());
  return (day * 86400 + seconds) * 1000 + fraction;
}

JET_SIGNATURE NewSignature(env::Env& env) {
  JET_SIGNATURE signature = {};
  signature.ulRandom = static_cast<uint32_t>(env.Random64());
  signature.logtimeCreate = LogTimeNow(env);
  return signature;
}

bool SameSignature(const JET_SIGNATURE& a, const JET_SIGNATURE& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

}  // namespace backstop::engine
