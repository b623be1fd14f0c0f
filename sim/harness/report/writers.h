// SPDX-License-Identifier: MIT
// A story as files for other programs: a page, a trace for the Perfetto UI, a Mermaid diagram.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/harness/report/story.h"

namespace backstop::report {

/// No page is larger; of a long story it shows an excerpt, and says so.
inline constexpr size_t kMostPageBytes = 1'000'000;

/// The story as the page's script reads it. The texts of the clauses are in it.
nlohmann::ordered_json ToJson(const Story& story);

/// One page that needs nothing else: no network, no other file.
std::string HtmlPage(const Story& story);

/// Chrome's trace event format: a slice for each call, an instant for each moment at which one
/// takes effect. One tick of the story is one microsecond.
std::string PerfettoTrace(const Story& story);

/// A sequence diagram of at most `calls` calls, for a bug report.
std::string MermaidDiagram(const Story& story, size_t calls = 60);

}  // namespace backstop::report
