// SPDX-License-Identifier: MIT
// Commits and rows a second on a real disk, and how fast recovery reads the log that a crash left.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "impl/engine/cursor.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"
#include "impl/env/posix_env.h"

namespace backstop::bench {
namespace {

using engine::Storage;
using engine::Transaction;

constexpr size_t kRowBytes = 100;

/// A storage in a directory of its own, with one table.
class Table {
 public:
  Table() : directory_(std::filesystem::temp_directory_path() / Name()) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    settings_.system_path = settings_.log_path = directory_.string() + "/";
    settings_.checkpoint_depth_bytes = 512 << 20;
    Open();
    storage_->CreateDatabase(Path(), 0);
    Transaction transaction;
    std::unique_ptr<engine::Cursor> cursor;
    engine::Cursor::Create(*storage_, *storage_->Find(Path()), transaction, "t", &cursor);
    cursor->AddColumn(transaction, {.type = JET_coltypBinary, .name = "c"}, &column_);
  }
  ~Table() {
    storage_.reset();
    std::filesystem::remove_all(directory_);
  }

  bool Open() { return Storage::Open(env::PosixEnv::Get(), settings_, &storage_) >= 0; }
  void Crash() { storage_.reset(); }
  std::unique_ptr<engine::Cursor> OpenCursor(Transaction& transaction) {
    std::unique_ptr<engine::Cursor> cursor;
    engine::Cursor::Open(*storage_, *storage_->Find(Path()), transaction, "t", &cursor);
    return cursor;
  }
  engine::Err Insert(engine::Cursor& cursor, Transaction& transaction) const {
    static const std::vector<std::byte> row(kRowBytes, std::byte{'x'});
    engine::Key key;
    cursor.PrepareInsert();
    cursor.SetColumn(transaction, column_, row, false);
    return cursor.Update(transaction, &key);
  }
  Storage& storage() { return *storage_; }
  std::string Path() const { return (directory_ / "a.edb").string(); }
  const std::filesystem::path& directory() const { return directory_; }
  uintmax_t LogBytes() const {
    uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(directory_)) {
      if (file.path().extension() == ".log") bytes += file.file_size();
    }
    return bytes;
  }

 private:
  static std::string Name() { return "backstop-bench-" + std::to_string(getpid()); }

  std::filesystem::path directory_;
  engine::StorageSettings settings_;
  std::unique_ptr<Storage> storage_;
  JET_COLUMNID column_ = 0;
};

std::unique_ptr<Table> shared_table;

/// Each commit waits until it is durable; threads that commit at once share a write.
void Commit(benchmark::State& state) {
  if (state.thread_index() == 0) shared_table = std::make_unique<Table>();
  Transaction transaction;
  std::unique_ptr<engine::Cursor> cursor;
  for (auto _ : state) {
    if (!cursor) cursor = shared_table->OpenCursor(transaction);
    shared_table->storage().Begin(transaction);
    for (int64_t row = 0; row < state.range(0); ++row) shared_table->Insert(*cursor, transaction);
    if (shared_table->storage().Commit(transaction, 0) < 0) state.SkipWithError("commit failed");
  }
  cursor.reset();
  state.SetItemsProcessed(state.iterations());
  state.counters["rows"] = benchmark::Counter(
      static_cast<double>(state.iterations() * state.range(0)), benchmark::Counter::kIsRate);
  if (state.thread_index() == 0) shared_table.reset();
}
BENCHMARK(Commit)->Arg(1)->Arg(1000)->UseRealTime();
BENCHMARK(Commit)->Arg(1)->Threads(8)->UseRealTime();

void Recovery(benchmark::State& state) {
  Table table;
  {
    Transaction transaction;
    const auto cursor = table.OpenCursor(transaction);
    for (int64_t row = 0; row < state.range(0); ++row) {
      table.storage().Begin(transaction);
      table.Insert(*cursor, transaction);
      table.storage().Commit(transaction, JET_bitCommitLazyFlush);
    }
    table.storage().log().ForceRoll();
  }
  table.Crash();
  const auto crash = table.directory().string() + ".crash";
  std::filesystem::remove_all(crash);
  std::filesystem::copy(table.directory(), crash);
  const auto bytes = static_cast<int64_t>(table.LogBytes());
  for (auto _ : state) {
    state.PauseTiming();
    table.Crash();
    std::filesystem::remove_all(table.directory());
    std::filesystem::copy(crash, table.directory());
    state.ResumeTiming();
    if (!table.Open()) state.SkipWithError("recovery failed");
  }
  std::filesystem::remove_all(crash);
  state.SetBytesProcessed(state.iterations() * bytes);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Recovery)->Arg(100'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace backstop::bench
