// SPDX-License-Identifier: MIT
#include "model/linearize/linearize.h"

#include "model/linearize/search.h"

namespace backstop::model {

Linearizer::Linearizer(LinearizeOptions options)
    : search_(std::make_unique<LinearizationSearch>(options)) {}

Linearizer::~Linearizer() = default;

LinearizeResult Linearizer::Check(const Snapshot& initial, const std::vector<HistoryCall>& history,
                                  std::vector<RowId>* rows, std::vector<uint64_t>* states) {
  return search_->Run(initial, history, rows, states);
}

}  // namespace backstop::model
