// SPDX-License-Identifier: MIT
// A timeline as a story for pages and other programs.
#pragma once

#include "sim/harness/report/story.h"
#include "sim/harness/timeline.h"
#include "sim/harness/trace_explain.h"

namespace backstop::harness {

/// `timeline` is that of `trace`, run again by `here`.
report::Story StoryOf(const Timeline& timeline, const Trace& trace, const Provenance& here);

/// An explanation in the words of a story.
report::StoryExplanation TellExplanation(const Explanation& explanation);

}  // namespace backstop::harness
