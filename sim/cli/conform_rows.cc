// SPDX-License-Identifier: MIT
#include "sim/cli/conform_rows.h"

#include <fmt/format.h>

#include "sim/cli/row_coverage.h"

namespace backstop::cli {

ConformRows::ConformRows(const std::vector<std::string>& dialects) {
  for (const std::string& name : dialects) {
    books_.emplace_back(name, std::make_unique<Book>(*model::FindDialect(name)));
  }
}

void ConformRows::Count(const std::string& dialect, conformance::SuiteRun* run) {
  for (const auto& [name, book] : books_) {
    if (name == dialect) run->CountRows(book->lifecycle, book->rows);
  }
  any_ = true;
}

std::string ConformRows::ToText() const {
  std::string text;
  for (const auto& [name, book] : books_) {
    text +=
        fmt::format("table rows    {}: {} of {} shown by the engine, {} internal, {} beyond it\n",
                    name, book->rows.rows_hit(), book->rows.rows_total(),
                    book->rows.Internal().size(), book->rows.Beyond().size());
    for (const model::RowId row : book->rows.HitBeyond()) {
      text += fmt::format("shown         {}, which is said to be beyond the engine\n",
                          harness::KeyOfRow(row));
    }
  }
  return text;
}

nlohmann::ordered_json ConformRows::ToJson() const {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [name, book] : books_) json[name] = RowCoverageJson(book->rows);
  return json;
}

}  // namespace backstop::cli
