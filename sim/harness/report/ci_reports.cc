// SPDX-License-Identifier: MIT
#include "sim/harness/report/ci_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/harness/report/utf8_text.h"

namespace backstop::report {

using nlohmann::ordered_json;

namespace {

/// Control characters are not allowed in XML, not even escaped.
bool IsXml(char c) {
  return static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::string XmlText(const std::string& text) {
  static const std::map<char, const char*> kEscapes = {
      {'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'"', "&quot;"}, {'\n', "&#10;"}};
  std::string escaped;
  for (const char c : text) {
    const auto escape = kEscapes.find(c);
    if (escape != kEscapes.end())
      escaped += escape->second;
    else
      escaped += IsXml(c) ? c : '?';
  }
  return escaped;
}

std::string CData(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return !IsXml(c); }, '?');
  for (size_t at = 0; (at = text.find("]]>", at)) != text.npos; at += 15) {
    text.replace(at, 3, "]]]]><![CDATA[>");
  }
  return "<![CDATA[" + text + "]]>";
}

std::string FailureText(const Check& check) {
  std::string text = check.text + "\n";
  if (!check.meaning.empty()) text += fmt::format("{}: {}\n", check.rule, check.meaning);
  if (!check.command.empty()) text += fmt::format("reproduce: {}\n", check.command);
  return check.attachment.empty() ? text : text + "\n" + check.attachment;
}

std::string TestCase(const CiReport& report, const Check& check) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                                       XmlText(report.suite), XmlText(check.name), check.seconds);
  if (check.failed) {
    return fmt::format(
        "{}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n", head,
        XmlText(check.rule), XmlText(check.text), CData(FailureText(check)));
  }
  if (!check.skipped) return head + "/>\n";
  return fmt::format("{}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", head,
                     XmlText(check.text));
}

ordered_json SarifResult(const Check& check) {
  ordered_json result = {{"ruleId", check.rule}, {"level", "error"}};
  std::string text = check.text;
  if (!check.command.empty()) text += "\nreproduce: " + check.command;
  result["message"] = {{"text", text}};
  const ordered_json where = {{"artifactLocation", {{"uri", check.file}}}};
  result["locations"] = ordered_json::array({{{"physicalLocation", where}}});
  result["partialFingerprints"] = {{"failureClass/v1", check.fingerprint}};
  return result;
}

/// What a property or a message of a workflow command may not hold as it is.
std::string GitHubText(const std::string& text, bool property) {
  std::string escaped;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    escaped += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

}  // namespace

std::string JUnit(const CiReport& report) {
  size_t failures = 0;
  size_t skipped = 0;
  double seconds = 0;
  std::string cases;
  for (const Check& check : report.checks) {
    failures += check.failed ? 1 : 0;
    skipped += check.skipped ? 1 : 0;
    seconds += check.seconds;
    cases += TestCase(report, check);
  }
  return Utf8(fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
      "time=\"{:.3f}\">\n{}  </testsuite>\n</testsuites>\n",
      XmlText(report.suite), report.checks.size(), failures, skipped, seconds, cases));
}

std::string Sarif(const CiReport& report) {
  ordered_json rules = ordered_json::array();
  ordered_json results = ordered_json::array();
  std::map<std::string, std::string> known;
  for (const Check& check : report.checks) {
    if (!check.failed) continue;
    if (known.emplace(check.rule, check.meaning).second) {
      const std::string& meaning = check.meaning.empty() ? check.rule : check.meaning;
      rules.push_back({{"id", check.rule}, {"shortDescription", {{"text", meaning}}}});
    }
    results.push_back(SarifResult(check));
  }
  const ordered_json driver = {{"name", "Backstop"}, {"version", report.version}, {"rules", rules}};
  ordered_json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"}};
  sarif["runs"] = ordered_json::array({{{"tool", {{"driver", driver}}}, {"results", results}}});
  return sarif.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

std::string GitHubAnnotations(const CiReport& report) {
  std::string lines;
  for (const Check& check : report.checks) {
    if (!check.failed) continue;
    std::string text = check.text;
    if (!check.command.empty()) text += "\nreproduce: " + check.command;
    lines += fmt::format("::error file={},title={}::{}\n", GitHubText(check.file, true),
                         GitHubText(check.rule + " " + check.name, true), GitHubText(text, false));
  }
  return lines;
}

}  // namespace backstop::report
