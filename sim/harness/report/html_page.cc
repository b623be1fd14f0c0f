// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "model/clauses/clauses.h"
#include "sim/harness/report/page_assets.h"
#include "sim/harness/report/writers.h"

namespace backstop::report {
namespace {

using nlohmann::ordered_json;

constexpr size_t kMostCalls = 1500;
/// More than these are no picture any more.
constexpr size_t kMostPoints = 4000;

ordered_json CallJson(const StoryCall& call) {
  ordered_json json = {{"lane", call.lane},
                       {"from", call.invoked},
                       {"name", call.name},
                       {"args", call.arguments},
                       {"result", call.result}};
  json["to"] = call.returned ? ordered_json(*call.returned) : ordered_json(nullptr);
  if (!call.excuse.empty()) json["excuse"] = call.excuse;
  return json;
}

ordered_json EventJson(const StoryEvent& event) {
  ordered_json json = {{"clause", event.clause},      {"code", event.code},
                       {"state", event.state},        {"node", event.node},
                       {"spec", event.specification}, {"engine", event.engine}};
  json["call"] = event.call == kByItself ? ordered_json(nullptr) : ordered_json(event.call);
  if (!event.last) json["first"] = true;
  return json;
}

ordered_json ClausesJson(const Story& story) {
  std::set<std::string> ids;
  for (const StoryEvent& event : story.order) ids.insert(event.clause);
  for (const StoryAnswer& answer : story.allowed) ids.insert(answer.clause);
  ordered_json clauses = ordered_json::object();
  for (const std::string& id : ids) {
    const model::Clause* clause = model::FindClause(id);
    if (clause != nullptr) clauses[id] = {clause->sentence, clause->sources};
  }
  return clauses;
}

ordered_json ExplanationJson(const StoryExplanation& explanation) {
  ordered_json json = {{"change", explanation.change},
                       {"parts", ordered_json::array()},
                       {"rows", ordered_json::array()}};
  for (const auto& part : explanation.parts) {
    json["parts"].push_back({{"place", part.place},
                             {"what", part.what},
                             {"stays", part.stays},
                             {"goes", part.goes},
                             {"weight", part.weight}});
  }
  for (const auto& row : explanation.rows) {
    json["rows"].push_back({{"fails", row.fails}, {"passes", row.passes}, {"same", row.same}});
  }
  return json;
}

/// Text that cannot end the element it stands in.
std::string Safe(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '&')
      safe += "&amp;";
    else
      safe += c;
  }
  return safe;
}

/// The text with every `mark` replaced.
std::string With(std::string text, const std::string& mark, const std::string& value) {
  for (size_t at = 0; (at = text.find(mark, at)) != text.npos; at += value.size()) {
    text.replace(at, mark.size(), value);
  }
  return text;
}

/// Says what of a long story is not on the page.
std::string LeftOut(const Story& story) {
  std::string text = story.left_out;
  const auto add = [&](const char* what, size_t count) {
    if (count <= kMostPoints) return;
    text += fmt::format("{}{} of {} {}", text.empty() ? "" : ", ", kMostPoints, count, what);
  };
  add("switches", story.notes.size());
  add("events", story.points.size());
  return text;
}

std::string Page(const Story& story) {
  const std::string data =
      ToJson(story).dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  std::string page = With(kPageBody, "@TITLE@", Safe(story.title));
  page = With(page, "@STYLE@", kPageStyle);
  page = With(page, "@SCRIPT@", kPageScript);
  return With(page, "@DATA@", With(data, "<", "\\u003c"));
}

}  // namespace

ordered_json ToJson(const Story& story) {
  ordered_json json = {
      {"title", story.title},
      {"origin", story.origin},
      {"verdict", story.verdict},
      {"reason", story.reason},
      {"leftOut", LeftOut(story)},
      {"aspects", kAspects},
      {"lanes", story.lanes},
      {"initial",
       {{"state", story.initial_state}, {"node", story.initial_node}, {"spec", story.initial}}},
      {"calls", ordered_json::array()},
      {"order", ordered_json::array()},
      {"notes", ordered_json::array()},
      {"points", ordered_json::array()},
      {"allowed", ordered_json::array()}};
  for (const StoryCall& call : story.calls) json["calls"].push_back(CallJson(call));
  for (const StoryEvent& event : story.order) json["order"].push_back(EventJson(event));
  for (size_t at = 0; at < std::min(kMostPoints, story.notes.size()); ++at) {
    const StoryNote& note = story.notes[at];
    json["notes"].push_back({{"lane", note.lane}, {"at", note.time}, {"text", note.text}});
  }
  for (size_t at = 0; at < std::min(kMostPoints, story.points.size()); ++at) {
    const StoryPoint& point = story.points[at];
    json["points"].push_back({{"lane", point.lane}, {"at", point.time}, {"text", point.text}});
  }
  for (const StoryAnswer& answer : story.allowed) {
    json["allowed"].push_back({{"code", answer.code}, {"clause", answer.clause}});
  }
  json["culprit"] = story.culprit ? ordered_json(*story.culprit) : ordered_json(nullptr);
  json["engineAtLast"] = story.engine_at_last;
  if (story.explanation) json["explanation"] = ExplanationJson(*story.explanation);
  json["clauses"] = ClausesJson(story);
  return json;
}

std::string HtmlPage(const Story& story) {
  std::string page;
  for (size_t calls = kMostCalls; calls > 0; calls /= 2) {
    page = Page(Excerpt(story, calls));
    if (page.size() <= kMostPageBytes) break;
  }
  return page;
}

}  // namespace backstop::report
