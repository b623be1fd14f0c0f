// SPDX-License-Identifier: MIT
// The end of a log stream: was it written no further, or is it damaged there?
#pragma once

#include <cstdint>

#include "impl/engine/log_format.h"

namespace backstop::engine {

struct LogEnd {
  bool damaged = false;
  uint64_t leftover_end = 0;  ///< stream offset after the last byte that a torn write left; 0: none
};

/// Looks at the segments of a generation from the one of stream offset `end` on, where no record
/// follows `chain`. Of the last write each sector of 512 bytes may be there or not: where one of
/// them is missing in the next record, the write was torn. All else is damage, and so is a segment
/// that was written when more than this was durable already.
LogEnd ExamineEnd(ConstBytes segments, const LogHeader& header, uint64_t end, uint32_t chain);

}  // namespace backstop::engine
