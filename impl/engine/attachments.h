// SPDX-License-Identifier: MIT
// The databases attached at some place in the log, as log headers and the checkpoint list them:
// redo that starts there must know them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/esent.h"

namespace backstop::engine {

struct Attachment {
  uint32_t id = 0;  ///< names the database in log records; not reused while the instance runs
  JET_SIGNATURE signature = {};
  std::string path;
};

std::vector<std::byte> EncodeAttachments(const std::vector<Attachment>& list);
/// JET_errInternalError if `from` is not such a list.
Err DecodeAttachments(ConstBytes from, std::vector<Attachment>* list);

}  // namespace backstop::engine
