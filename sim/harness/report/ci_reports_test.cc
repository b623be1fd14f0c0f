// SPDX-License-Identifier: MIT
// The reports, text by text.
#include "sim/harness/report/ci_reports.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/harness/report/utf8_text.h"

namespace backstop::report {
namespace {

CiReport Report() {
  CiReport report{.suite = "backstop replay", .version = "1.2.3", .checks = {}};
  report.checks.push_back({.name = "good.trace", .seconds = 0.25});
  report.checks.push_back({.name = "a<b.trace",
                           .seconds = 0.5,
                           .failed = true,
                           .rule = "INV-02",
                           .meaning = "a code comes from a stop",
                           .fingerprint = "INV-02 JetOpenFileInstance -801",
                           .text = "it said \"stopped\", 100%",
                           .command = "backstop replay 'a<b.trace'",
                           .file = "traces/a<b.trace",
                           .attachment = "backstop-trace 1\n]]>\x01"});
  report.checks.push_back({.name = "odd.trace", .skipped = true, .text = "cannot be set up"});
  return report;
}

TEST(JUnit, HasTheCommandAndTheTraceInTheFailure) {
  EXPECT_EQ(JUnit(Report()), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="backstop replay" tests="3" failures="1" errors="0" skipped="1" time="0.750">
    <testcase classname="backstop replay" name="good.trace" time="0.250"/>
    <testcase classname="backstop replay" name="a&lt;b.trace" time="0.500">
      <failure type="INV-02" message="it said &quot;stopped&quot;, 100%"><![CDATA[it said "stopped", 100%
INV-02: a code comes from a stop
reproduce: backstop replay 'a<b.trace'

backstop-trace 1
]]]]><![CDATA[>?]]></failure>
    </testcase>
    <testcase classname="backstop replay" name="odd.trace" time="0.000">
      <skipped message="cannot be set up"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(Sarif, HasARuleAndAResultForEachFailure) {
  EXPECT_EQ(Sarif(Report()), R"({
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "Backstop",
          "version": "1.2.3",
          "rules": [
            {
              "id": "INV-02",
              "shortDescription": {
                "text": "a code comes from a stop"
              }
            }
          ]
        }
      },
      "results": [
        {
          "ruleId": "INV-02",
          "level": "error",
          "message": {
            "text": "it said \"stopped\", 100%\nreproduce: backstop replay 'a<b.trace'"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "traces/a<b.trace"
                }
              }
            }
          ],
          "partialFingerprints": {
            "failureClass/v1": "INV-02 JetOpenFileInstance -801"
          }
        }
      ]
    }
  ]
}
)");
}

TEST(GitHubAnnotations, AreOneLineEach) {
  EXPECT_EQ(GitHubAnnotations(Report()),
            "::error file=traces/a<b.trace,title=INV-02 a<b.trace::it said \"stopped\", 100%25"
            "%0Areproduce: backstop replay 'a<b.trace'\n");
}

TEST(Reports, NamesThatAreNoUtf8AreMadeSo) {
  CiReport report = Report();
  report.checks[1].name = "caf\xe9.trace";
  EXPECT_NE(JUnit(report).find("caf\xef\xbf\xbd.trace"), std::string::npos);
  EXPECT_TRUE(IsUtf8(JUnit(report)));
  EXPECT_FALSE(IsUtf8(report.checks[1].name));
  EXPECT_EQ(JsonText({{"name", report.checks[1].name}}, -1),
            "{\"name\":\"caf\xef\xbf\xbd.trace\"}");
}

TEST(Reports, OfNothingFoundAreWholeToo) {
  const CiReport empty{.suite = "s", .version = "v", .checks = {}};
  EXPECT_NE(JUnit(empty).find("tests=\"0\""), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(Sarif(empty)).at("runs").at(0).at("results").empty());
  EXPECT_EQ(GitHubAnnotations(empty), "");
}

}  // namespace
}  // namespace backstop::report
