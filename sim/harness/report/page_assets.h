// SPDX-License-Identifier: MIT
// The parts of the page, built in from page.html, page.css and page.js.
#pragma once

namespace backstop::report {

extern const char* const kPageBody;
extern const char* const kPageStyle;
extern const char* const kPageScript;

}  // namespace backstop::report
