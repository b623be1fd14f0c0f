// SPDX-License-Identifier: MIT
// The sections of the page, one function each.
#pragma once

#include <string>

#include "model/export/diagram.h"
#include "model/export/reference.h"

namespace backstop::model::html {

/// How to read it, what the dialects are, which keys there are.
std::string AboutSection();
/// Calls against states, for each table.
std::string GlanceSection(const Reference& reference);
std::string DiagramsSection(const Reference& reference);
/// The doors of the entry gate.
std::string GateSection(const Reference& reference);
/// Each call with its checks in their order.
std::string CallsSection(const Reference& reference);
std::string ClausesSection(const Reference& reference);
std::string DifferencesSection(const Reference& reference);
std::string CodesSection(const Reference& reference);
/// The definitions of the named conditions.
std::string ConditionsSection(const Reference& reference);

/// The table of contents.
std::string Contents(const Reference& reference);

/// A picture of the diagram in which only style sheets choose colours.
std::string DrawSvg(const Diagram& diagram, const std::string& id);

/// What can be searched, as JSON: [kind, title, detail, anchor] for each entry.
std::string SearchIndex(const Reference& reference);

}  // namespace backstop::model::html
