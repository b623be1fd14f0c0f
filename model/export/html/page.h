// SPDX-License-Identifier: MIT
// The reference as one page that needs nothing else: style, script and pictures are inside.
#pragma once

#include <string>

#include "model/export/reference.h"

namespace backstop::model {

/// The whole page. Equal on every build; asks for nothing from a network.
std::string ExportHtml(const Reference& reference);

}  // namespace backstop::model
