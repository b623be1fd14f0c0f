// SPDX-License-Identifier: MIT
// Small parts of the page: text made safe, links, and rows as table lines.
#pragma once

#include <string>
#include <string_view>

#include "model/export/reference.h"

namespace backstop::model::html {

/// Text in which nothing is markup any more, also inside an attribute.
std::string Escape(std::string_view text);

/// A link to an entry of the page.
std::string Link(std::string_view anchor, std::string_view text, std::string_view classes = "");

/// The anchor of a thing whose name is no anchor by itself: "cond-the-backup-is-full".
std::string Slug(std::string_view prefix, std::string_view name);

/// The anchor of the call that an event belongs to.
std::string CallAnchor(std::string_view event);

/// ` data-d="ese"` for what only one dialect has, else nothing.
std::string DialectAttribute(std::string_view dialect);
/// A badge that names the only dialect of a row, and the difference it belongs to.
std::string Badge(const WrittenRow& row);

/// "READ-2, H-01" with each clause and finding as a link.
std::string LinkIds(std::string_view ids);

/// The check with its named conditions as links to their definitions.
std::string CheckHtml(const WrittenRow& row, const Glossary& glossary);

/// What the row returns, as a link to the code.
std::string ResultHtml(const WrittenRow& row);
/// The class of a result: "ok", "warn", "err" or "pass".
std::string_view ResultClass(const WrittenRow& row);

/// The header and the rows of one event as a table; `caption` names it for a screen reader.
std::string ChecksTable(const TableText& table, std::string_view event, std::string_view caption);

}  // namespace backstop::model::html
