// SPDX-License-Identifier: MIT
#include "sim/cli/story_files.h"

#include <fmt/format.h>

#include <cstdio>

#include "sim/harness/current_run.h"
#include "sim/harness/report/writers.h"

namespace backstop::cli {
namespace {

bool WriteTo(const std::string& path, const std::string& text, const char* option,
             std::string* error) {
  if (path == "-") {
    fmt::print("{}", text);
    return true;
  }
  if (harness::WriteWholeFile(path, text, error)) return true;
  *error = fmt::format("{} {}", option, *error);
  return false;
}

}  // namespace

void StoryFiles::AddTo(CLI::App* command) {
  command->add_option("--html", html, "Write one page that needs no network");
  command->add_option("--perfetto", perfetto, "Write a trace for the Perfetto UI");
  command->add_option("--mermaid", mermaid, "Write a Mermaid sequence diagram");
}

bool StoryFiles::Write(const report::Story& story, std::string* error) const {
  return (html.empty() || WriteTo(html, HtmlPage(story), "--html", error)) &&
         (perfetto.empty() || WriteTo(perfetto, PerfettoTrace(story), "--perfetto", error)) &&
         (mermaid.empty() || WriteTo(mermaid, MermaidDiagram(story), "--mermaid", error));
}

}  // namespace backstop::cli
