// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "model/export/markdown.h"
#include "sim/cli/command.h"

namespace backstop::cli {
namespace {

struct SpecOptions {
  std::string call;
  std::string format = "markdown";
  int code = 0;
  bool code_given = false;
};

int Print(const std::string& text, const std::string& if_empty) {
  if (text.empty()) {
    fmt::print(stderr, "backstop: {}\n", if_empty);
    return kBadInput;
  }
  fmt::print("{}", text);
  return kClean;
}

int Spec(const SpecOptions& options) {
  if (options.format != "markdown") {
    return Print({}, fmt::format("--format {}: choose markdown", options.format));
  }
  if (options.code_given) {
    return Print(model::WhereCode(options.code),
                 fmt::format("no row of the specification gives the code {}", options.code));
  }
  if (options.call.empty()) return Print(model::ExportMarkdown(), "the specification is empty");
  return Print(model::ExplainCall(options.call),
               fmt::format("the specification has no call named '{}'; 'backstop spec' lists them",
                           options.call));
}

}  // namespace

void AddSpec(CLI::App& app, Context& context) {
  auto options = std::make_shared<SpecOptions>();
  CLI::App* spec = app.add_subcommand("spec", "Print the specification, one call, or one code");
  spec->add_option("CALL", options->call, "Only this call, such as JetReadFileInstance");
  spec->add_option("--code", options->code, "Only the rows that give this code, such as -801")
      ->each([options](const std::string&) { options->code_given = true; });
  spec->add_option("--format", options->format, "markdown")->capture_default_str();
  spec->callback([options, &context] { context.chosen = [options] { return Spec(*options); }; });
}

}  // namespace backstop::cli
