// SPDX-License-Identifier: MIT
// What was found of recorded histories, as words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/harness/recorded_history/judge_history.h"

namespace backstop::recorded {

/// "JetReadFileInstance cb=65536 h=@0": the call as it was recorded.
std::string StepText(const observed::Step& step);
/// "JET_errSuccess, 65536 bytes": what it returned.
std::string ResultText(const observed::Step& step);
/// The step of the culprit.
const observed::Step& StepOf(const RecordedHistory& history, const Culprit& culprit);
/// "thread 1, call 4: JetEndExternalBackupInstance -> JET_errSuccess, where ...".
std::string CulpritText(const RecordedHistory& history, const Culprit& culprit);

/// One element of the report of `check-history --json`: "id", "verdict", "culprit" (null without
/// one) and, for a verdict that is not "explained", "reason".
nlohmann::ordered_json ToJson(const RecordedHistory& history, const JudgedHistory& judged);

}  // namespace backstop::recorded
