// SPDX-License-Identifier: MIT
// Which codes a call can give in a state, at a glance.
#pragma once

#include <string>

#include "model/machine/table_text.h"

namespace backstop::model {

void WriteMatrix(const TableText& table, std::string* out);

}  // namespace backstop::model
