// SPDX-License-Identifier: MIT
#include "model/export/html/page.h"

#include <fmt/format.h>

#include "model/export/html/assets.h"
#include "model/export/html/parts.h"

namespace backstop::model {

namespace {

constexpr const char* kHead = R"(<!doctype html>
<html lang="en" data-dialect="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Backstop: what every call returns</title>
<link rel="icon" href="data:,">
<style>
{}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the reference</a>
)";

constexpr const char* kBar = R"(<header class="bar">
<h1><a href="#about">Backstop</a> <span>what every call returns</span></h1>
<div class="search" role="search">
<input id="q" type="search" autocomplete="off" spellcheck="false" role="combobox" aria-label="Search calls, codes, clauses and discrepancies" aria-expanded="false" aria-controls="results" aria-autocomplete="list" placeholder="Search calls, codes, clauses, D-01 …">
<kbd aria-hidden="true">/</kbd>
<ul id="results" role="listbox" aria-label="Results" hidden></ul>
</div>
{}<button id="theme" type="button" title="Light, dark or as the system is" aria-label="Theme: as the system is">◐</button>
<button id="keys" type="button" title="Keys" aria-label="Show the keys">?</button>
</header>
)";

/// With one dialect in the page there is nothing to choose.
constexpr const char* kDialects = R"(<fieldset class="dialects"><legend>Dialect</legend>
<label><input type="radio" name="dialect" value="strict"><span>strict</span></label>
<label><input type="radio" name="dialect" value="ese"><span>ese</span></label>
<label><input type="radio" name="dialect" value="both" checked><span>side by side</span></label>
</fieldset>
)";

constexpr const char* kFoot = R"(<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">Keys</h2>
<dl>
<dt><kbd>/</kbd></dt><dd>search</dd>
<dt><kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd></dt><dd>choose a result</dd>
<dt><kbd>Esc</kbd></dt><dd>close, clear the search</dd>
<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous entry</dd>
<dt><kbd>d</kbd></dt><dd>the other dialect, side by side</dd>
<dt><kbd>t</kbd></dt><dd>light, dark, as the system is</dd>
<dt><kbd>?</kbd></dt><dd>these keys</dd>
</dl>
<form method="dialog"><button>Close</button></form>
</dialog>
<p id="said" class="unseen" role="status"></p>
)";

}  // namespace

std::string ExportHtml(const Reference& reference) {
  const bool both = reference.dialects == Dialects::kBoth;
  std::string out = fmt::format(kHead, DialectsName(reference.dialects), html::kStyle);
  out += fmt::format(kBar, both ? kDialects : "");
  out += "<div class=\"page\">\n" + html::Contents(reference) + "<main id=\"main\">\n";
  out += html::AboutSection() + html::GlanceSection(reference);
  out += html::DiagramsSection(reference) + html::GateSection(reference);
  out += html::CallsSection(reference) + html::ClausesSection(reference);
  out += html::DifferencesSection(reference) + html::CodesSection(reference);
  out += html::ConditionsSection(reference);
  out += "</main>\n</div>\n";
  out += kFoot;
  out += fmt::format("<script type=\"application/json\" id=\"index\">{}</script>\n",
                     html::SearchIndex(reference));
  return out + fmt::format("<script>\n{}</script>\n</body>\n</html>\n", html::kScript);
}

}  // namespace backstop::model
