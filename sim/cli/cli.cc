// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "sim/cli/build_info.h"
#include "sim/cli/command.h"
#include "sim/cli/program.h"

namespace backstop::cli {
namespace {

constexpr const char* kDescription =
    "Backstop: deterministic tests of a storage engine's streaming backup.\n\n"
    "  backstop run --budget 60s          explore calls and schedules, check every code\n"
    "  backstop replay FILE.trace         run a failing trace again\n"
    "  backstop show FILE.trace           see it, thread by thread\n"
    "  backstop spec JetReadFileInstance  what may this call return, and why?\n";

constexpr const char* kExitCodes =
    "Exit codes: 0 clean (replay: gone), 1 violation (replay: reproduced), 2 bad usage or input,\n"
    "3 trace diverged, 4 engine unusable, 5 nondeterminism, 69 packages missing, 70 internal "
    "error.";

int ReportUsage(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  return Refuse(fmt::format("{}; see 'backstop --help'", error.what()));
}

int Chosen(const Context& context) {
  try {
    return context.chosen();
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return kBadInput;
    fmt::print(stderr, "backstop: internal error: {}\n", error.what());
    return kInternalError;
  }
}

/// A result that got lost on its way out is no success.
int WrittenOut(int code) {
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return code;
  fmt::print(stderr,
             "backstop: the result cannot be written to standard output; is the disk full?\n");
  return kBadInput;
}

}  // namespace

int Refuse(const std::string& why) {
  fmt::print(stderr, "backstop: {}\n", why);
  return kBadInput;
}

int Main(int argc, char** argv, const char* engine) {
  Context context;
  context.provenance = {.engine = engine, .build = kBuild};
  CLI::App app(kDescription, "backstop");
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.set_version_flag(
      "--version", fmt::format("backstop {} (engine {}, build {}, {}, trace format {})", kVersion,
                               engine, kBuild, kCompiler, harness::kTraceVersion));
  AddRun(app, context);
  AddExplore(app, context);
  AddMinimum(app, context);
  AddBench(app, context);
  AddScore(app, context);
  AddMerge(app, context);
  AddReplay(app, context);
  AddShow(app, context);
  AddConform(app, context);
  AddSpec(app, context);
  AddSweep(app, context);
  AddCheckHistory(app, context);
  AddCheckModel(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ReportUsage(app, error);
  }
  return WrittenOut(Chosen(context));
}

}  // namespace backstop::cli
