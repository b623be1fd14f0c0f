// SPDX-License-Identifier: MIT
#include "model/outputs.h"

namespace backstop::model {

namespace {

/// OPEN-18, OPEN-19: a handle never given out before, and something to read.
bool OpenFits(FileRef last_file, const Outcome& outcome) {
  return outcome.file != kNoFile && outcome.file != kBogusFile && outcome.file != last_file &&
         outcome.size_pages > 0;
}

/// READ-15: as many pages as predicted and, as far as their bytes tell, the right ones.
bool ReadFits(const Reaction& reaction, const Outcome& outcome) {
  if (outcome.pages != reaction.pages) return false;
  return outcome.pages == 0 || outcome.first_page < 0 || outcome.first_page == reaction.first_page;
}

/// LOGINFO-12, LOGINFO-13: the list is never empty and never changes.
bool LogInfoFits(const Reaction& reaction, const Outcome& outcome) {
  return outcome.low > 0 && outcome.low <= outcome.high && outcome.low == reaction.low &&
         outcome.high == reaction.high;
}

/// TRUNCINFO-6: no generation at or beyond the end of the copy range, if that is known.
bool TruncateInfoFits(const BackupState& after, const Outcome& outcome) {
  if (outcome.high < outcome.low) return true;
  return outcome.low > 0 && (after.copy_end == 0 || outcome.high < after.copy_end);
}

}  // namespace

bool OutputsFit(const Call& call, const Reaction& reaction, FileRef last_file,
                const BackupState& after, const Outcome& outcome) {
  switch (call.op) {
    case Op::kGetAttachInfo:
      return outcome.databases == reaction.databases;
    case Op::kOpenFile:
      return OpenFits(last_file, outcome);
    case Op::kReadFile:
      return ReadFits(reaction, outcome);
    case Op::kGetLogInfo:
      return LogInfoFits(reaction, outcome);
    case Op::kGetTruncateLogInfo:
      return TruncateInfoFits(after, outcome);
    default:
      return true;
  }
}

}  // namespace backstop::model
