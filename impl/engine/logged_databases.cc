// SPDX-License-Identifier: MIT
#include "impl/engine/logged_databases.h"

#include <algorithm>

#include "impl/engine/attachments.h"
#include "impl/engine/log_reader.h"

namespace backstop::engine {
namespace {

void AddPaths(ConstBytes attachments, std::vector<std::string>* paths) {
  std::vector<Attachment> list;
  if (DecodeAttachments(attachments, &list) < 0) return;
  for (const Attachment& attachment : list) {
    if (std::ranges::find(*paths, attachment.path) == paths->end()) {
      paths->push_back(attachment.path);
    }
  }
}

bool Mentions(RecordType type, Mention mention) {
  const bool makes = type == RecordType::kCreate && mention != Mention::kAttached;
  return makes || (type == RecordType::kAttach && mention != Mention::kMade);
}

Err OnlyDiskErrors(Err err) { return err == JET_errDiskIO ? err : JET_errSuccess; }

}  // namespace

Err DatabasesInLogs(env::Env& env, const LogRange& logs, Mention mention,
                    std::vector<std::string>* paths) {
  paths->clear();
  const LogFiles files(env, logs.directory, logs.base_name);
  LogFile last;
  Err err = files.Open(files.Archived(logs.high), env::OpenMode::kReadOnly, &last);
  if (err < 0) return OnlyDiskErrors(err);
  LogReader reader(files, std::move(last), true);
  err = reader.Seek(PositionAt(logs.low, 0), 0);
  if (err >= 0 && mention == Mention::kAny) AddPaths(reader.header().attachments, paths);
  for (bool end = false; err >= 0 && !end;) {
    Record record;
    err = reader.Next(&record, &end);
    if (err >= 0 && Mentions(record.type, mention)) AddPaths(record.fields, paths);
  }
  return OnlyDiskErrors(err);
}

}  // namespace backstop::engine
