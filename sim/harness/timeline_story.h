// SPDX-License-Identifier: MIT
// A timeline as a story for pages and other programs.
#pragma once

#include "sim/harness/report/story.h"
#include "sim/harness/timeline.h"

namespace backstop::harness {

/// `timeline` is that of `trace`, run again by `here`.
report::Story StoryOf(const Timeline& timeline, const Trace& trace, const Provenance& here);

}  // namespace backstop::harness
