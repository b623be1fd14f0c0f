// SPDX-License-Identifier: MIT
// The style sheet and the script of the page, built in from page.css and page.js.
#pragma once

namespace backstop::model::html {

extern const char* const kStyle;
extern const char* const kScript;

}  // namespace backstop::model::html
