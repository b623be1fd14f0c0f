// SPDX-License-Identifier: MIT
// Log files: an instance's recovery from one, with a database that may or may not be there.
#include <algorithm>

#include "impl/engine/checksum.h"
#include "impl/engine/cursor.h"
#include "impl/engine/log_format.h"
#include "impl/engine/log_record.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"
#include "properties/fuzz/fuzz_target.h"
#include "properties/fuzz/memory_env.h"

namespace backstop::fuzz {
namespace {

constexpr size_t kSegment = engine::kSegmentBytes;
constexpr char kLog[] = "d/edb.log", kDatabase[] = "d/a.edb";

engine::StorageSettings Settings() {
  return {.system_path = "d/", .log_path = "d/", .log_file_bytes = 16 * kSegment};
}

Input Contents(MemoryEnv& env, const std::string& path) {
  std::unique_ptr<env::File> file;
  if (env.Open(path, env::OpenMode::kReadOnly, &file) != env::IoStatus::kOk) return {};
  Input bytes(file->Size());
  file->ReadAt(0, bytes);
  return bytes;
}

/// The files that a crash after some commits leaves.
struct Crash {
  Input log, database;
};

Crash MakeCrash(uint32_t rows) {
  MemoryEnv env;
  std::unique_ptr<engine::Storage> storage;
  engine::Storage::Open(env, Settings(), &storage);
  storage->CreateDatabase(kDatabase, 0);
  const Input database = Contents(env, kDatabase);
  engine::Transaction transaction;
  std::unique_ptr<engine::Cursor> cursor;
  engine::Cursor::Create(*storage, *storage->Find(kDatabase), transaction, "t", &cursor);
  JET_COLUMNID column = 0;
  cursor->AddColumn(transaction, {.type = JET_coltypLongBinary, .name = "c"}, &column);
  for (uint32_t row = 0; row < rows; ++row) {
    engine::Key key;
    storage->Begin(transaction);
    cursor->PrepareInsert();
    cursor->SetColumn(transaction, column, Input(row * 97 % 2000), false);
    cursor->Update(transaction, &key);
    if (row + 1 < rows) storage->Commit(transaction, row % 3 == 0 ? 0 : JET_bitCommitLazyFlush);
  }
  storage->log().ForceRoll();
  return {Contents(env, "d/edb00000001.log"), database};
}

const Crash& CrashOf(uint32_t seed) {
  static const std::vector<Crash> crashes = [] {
    std::vector<Crash> made;
    for (uint32_t rows = 1; rows <= 16; ++rows) made.push_back(MakeCrash(rows));
    return made;
  }();
  return crashes[seed % crashes.size()];
}

}  // namespace

Input Sample(uint32_t seed) { return CrashOf(seed).log; }

namespace {

/// Makes the checksums that chain the records right, as far as their sizes lead.
void ResealRecords(Input* input, const engine::LogHeader& header) {
  Input data;
  for (size_t at = kSegment; at + kSegment <= input->size(); at += kSegment) {
    engine::AppendBytes(&data, std::span(*input).subspan(at + engine::kSegmentHeaderBytes,
                                                         engine::kSegmentPayload));
  }
  uint32_t chain = engine::ChainStart(header);
  for (size_t at = 0; at + engine::kRecordHeaderBytes <= data.size();) {
    const auto record = engine::Load<engine::RecordHeader>(data, at);
    if (record.size < engine::kRecordHeaderBytes || at + record.size > data.size()) break;
    const Input fields(data.begin() + static_cast<ptrdiff_t>(at + engine::kRecordHeaderBytes),
                       data.begin() + static_cast<ptrdiff_t>(at + record.size));
    const auto sealed = engine::SealRecord(record.type, fields, &chain);
    std::copy(sealed.begin(), sealed.end(), data.begin() + static_cast<ptrdiff_t>(at));
    at += record.size;
  }
  size_t from = 0;
  for (size_t at = kSegment; at + kSegment <= input->size(); at += kSegment) {
    engine::StoreBytes(*input, at + engine::kSegmentHeaderBytes,
                       std::span(data).subspan(from, engine::kSegmentPayload));
    from += engine::kSegmentPayload;
  }
}

}  // namespace

void Reseal(Input* input) {
  if (input->size() < kSegment) return;
  engine::SealHeader(std::span(*input).first(kSegment));
  engine::LogHeader header;
  if (engine::DecodeLogHeader(std::span(*input).first(kSegment), &header) < 0) return;
  ResealRecords(input, header);
  uint16_t sector = 1;
  for (size_t at = kSegment; at + kSegment <= input->size(); at += kSegment) {
    engine::SealSegment(std::span(*input).subspan(at, kSegment), header, sector++, 0);
  }
}

void Parse(std::span<const std::byte> input) {
  for (const bool with_database : {false, true}) {
    MemoryEnv env;
    env.Put(kLog, Input(input.begin(), input.end()));
    if (with_database) env.Put(kDatabase, CrashOf(0).database);
    std::unique_ptr<engine::Storage> storage;
    if (engine::Storage::Open(env, Settings(), &storage) < 0) continue;
    storage->AttachDatabase(kDatabase, 0);
    storage->Close(true);
  }
}

}  // namespace backstop::fuzz
