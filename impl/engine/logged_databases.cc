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

}  // namespace

std::vector<std::string> DatabasesInLogs(env::Env& env, const LogRange& logs, Mention mention) {
  std::vector<std::string> paths;
  const LogFiles files(env, logs.directory, logs.base_name);
  LogFile last;
  if (files.Open(files.Archived(logs.high), env::OpenMode::kReadOnly, &last) < 0) return paths;
  LogReader reader(files, std::move(last), true);
  if (reader.Seek(PositionAt(logs.low, 0), 0) < 0) return paths;
  if (mention == Mention::kAny) AddPaths(reader.header().attachments, &paths);
  for (bool end = false; !end;) {
    Record record;
    if (reader.Next(&record, &end) < 0) break;
    if (Mentions(record.type, mention)) AddPaths(record.fields, &paths);
  }
  return paths;
}

}  // namespace backstop::engine
