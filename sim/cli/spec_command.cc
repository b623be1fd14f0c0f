// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <functional>
#include <map>
#include <memory>

#include "model/export/diagram.h"
#include "model/export/html/page.h"
#include "model/export/json.h"
#include "model/export/lookup.h"
#include "model/export/markdown.h"
#include "model/export/near.h"
#include "model/export/promela.h"
#include "sim/cli/command.h"

namespace backstop::cli {
namespace {

using model::Dialects;
using model::Reference;

struct SpecOptions {
  std::string call;
  std::string code;
  std::string state;
  std::string clause;
  std::string discrepancy;
  std::string format = "markdown";
  std::string output;
  std::string dialect = "both";
  std::string scene = "backup";
};

const std::map<std::string, std::function<std::string(const Reference&)>> kFormats = {
    {"dot", model::ExportDot},         {"html", model::ExportHtml},
    {"json", model::ExportJson},       {"markdown", model::ExportMarkdown},
    {"mermaid", model::ExportMermaid},
};

const std::map<std::string, Dialects> kDialects = {
    {"both", Dialects::kBoth}, {"ese", Dialects::kEse}, {"strict", Dialects::kStrict}};

template <class Value>
std::vector<std::string> NamesOf(const std::map<std::string, Value>& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

std::vector<std::string> FormatNames() {
  std::vector<std::string> names = NamesOf(kFormats);
  names.emplace_back("promela");
  return names;
}

/// Says what may have been meant, or where all the names are.
int RefuseName(std::string_view what, const std::string& name,
               const std::vector<std::string>& known, std::string_view list) {
  const auto near = model::NearNames(name, known);
  if (near.empty()) {
    return Refuse(fmt::format("the specification has no {} '{}'; {}", what, name, list));
  }
  return Refuse(fmt::format("the specification has no {} '{}'; did you mean {}?", what, name,
                            fmt::join(near, " or ")));
}

int Write(const std::string& text, const std::string& output) {
  if (output.empty()) {
    fmt::print("{}", text);
    return kClean;
  }
  std::ofstream file(output, std::ios::binary);
  file << text << std::flush;
  if (!file) return Refuse(fmt::format("--output {}: cannot be written", output));
  return kClean;
}

int SpecState(const Reference& reference, const SpecOptions& options) {
  const std::string text = model::ExplainState(reference, options.state);
  if (!text.empty()) return Write(text, options.output);
  const auto states = model::StateNames(reference);
  const auto conditions = model::ConditionNames(reference);
  std::vector<std::string> known = model::StateWords();
  known.insert(known.end(), states.begin(), states.end());
  known.insert(known.end(), conditions.begin(), conditions.end());
  const auto near = model::NearNames(options.state, known);
  return Refuse(fmt::format(
      "the specification has no state or condition '{}'; {}{}{}states: {}; conditions: {}",
      options.state, near.empty() ? "" : "did you mean ", fmt::join(near, " or "),
      near.empty() ? "" : "? ", fmt::join(states, ", "), fmt::join(conditions, ", ")));
}

int SpecCall(const Reference& reference, const SpecOptions& options) {
  const std::string text = model::ExplainCall(reference, options.call);
  if (!text.empty()) return Write(text, options.output);
  return RefuseName("call", options.call, model::CallNames(reference),
                    "'backstop spec' lists them");
}

int SpecCode(const Reference& reference, const SpecOptions& options) {
  const std::string text = model::ExplainCode(reference, options.code);
  if (!text.empty()) return Write(text, options.output);
  return RefuseName("row that gives the code", options.code, model::CodeNames(reference),
                    "'backstop spec' lists them");
}

int SpecClause(const Reference& reference, const SpecOptions& options) {
  const std::string text = model::ExplainClause(reference, options.clause);
  if (!text.empty()) return Write(text, options.output);
  return RefuseName("clause", options.clause, model::ClauseNames(reference),
                    "'backstop spec' lists them");
}

int SpecDiscrepancy(const Reference& reference, const SpecOptions& options) {
  const std::string text = model::ExplainDifference(reference, options.discrepancy);
  if (!text.empty()) return Write(text, options.output);
  return RefuseName("discrepancy", options.discrepancy, model::DifferenceNames(),
                    "they are D-01 and so on, C- and H-");
}

/// A model is of one scene of check-model in one dialect.
int SpecPromela(const SpecOptions& options) {
  const model::Dialect* dialect = model::FindDialect(options.dialect);
  std::vector<std::string> names;
  for (const model::Scene& scene : model::MakeScenes({})) {
    names.push_back(scene.name);
    if (scene.name != options.scene) continue;
    const auto& followed = dialect == nullptr ? model::kStrict : *dialect;
    return Write(model::ExportPromela(scene, {}, followed), options.output);
  }
  return Refuse(
      fmt::format("there is no scene '{}'; they are: {}", options.scene, fmt::join(names, ", ")));
}

int Spec(const SpecOptions& options) {
  if (options.format == "promela") return SpecPromela(options);
  const Reference reference = model::MakeReference(kDialects.at(options.dialect));
  if (!options.call.empty()) return SpecCall(reference, options);
  if (!options.code.empty()) return SpecCode(reference, options);
  if (!options.state.empty()) return SpecState(reference, options);
  if (!options.clause.empty()) return SpecClause(reference, options);
  if (!options.discrepancy.empty()) return SpecDiscrepancy(reference, options);
  return Write(kFormats.at(options.format)(reference), options.output);
}

}  // namespace

void AddSpec(CLI::App& app, Context& context) {
  auto options = std::make_shared<SpecOptions>();
  CLI::App* spec = app.add_subcommand("spec", "Print the specification, or one answer from it");
  // Each option is one question; only one can be asked at a time.
  CLI::Option_group* question = spec->add_option_group("question");
  question->add_option("CALL", options->call, "One call, such as JetReadFileInstance");
  question->add_option("--code", options->code,
                       "Where a code comes from: -801 or JET_errBackupAbortByServer");
  question->add_option("--state", options->state,
                       "What every call returns in a state or under a condition: ready, stopped");
  question->add_option("--clause", options->clause, "One clause, such as READ-2");
  question->add_option("--discrepancy", options->discrepancy,
                       "What the dialects make of a discrepancy, such as D-01");
  question->require_option(0, 1);
  spec->add_option("--format", options->format, "Of the whole specification")
      ->check(CLI::IsMember(FormatNames()))
      ->capture_default_str();
  spec->add_option("--dialect", options->dialect, "Only what holds in this dialect")
      ->check(CLI::IsMember(NamesOf(kDialects)))
      ->capture_default_str();
  spec->add_option(
          "--scene", options->scene,
          "Scene of check-model for --format promela, which follows strict unless told ese")
      ->capture_default_str();
  spec->add_option("--output", options->output, "A file to write to instead of stdout");
  spec->callback([options, &context] { context.chosen = [options] { return Spec(*options); }; });
}

}  // namespace backstop::cli
