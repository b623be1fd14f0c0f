// SPDX-License-Identifier: MIT
// A backup's read rate beside that of `cat FILE | wc -c` on the same cached file, and the memory it
// takes: backup_read_bench [MIB] [DIRECTORY]. JetReadFileInstance verifies each page's checksum.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "impl/esent.h"

namespace {

constexpr uint32_t kBufferBytes = 1 << 20;
constexpr uint32_t kValueBytes = 1 << 20;
constexpr int kRounds = 3;

void Must(JET_ERR err, const char* what) {
  if (err >= 0) return;
  std::fprintf(stderr, "error %d from %s\n", err, what);
  std::exit(1);
}
#define MUST(call) Must((call), #call)

double Seconds(const auto& operation) {
  const auto start = std::chrono::steady_clock::now();
  operation();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

JET_INSTANCE Start(const std::string& directory) {
  JET_INSTANCE instance = JET_instanceNil;
  MUST(JetCreateInstance(&instance, "bench"));
  for (const uint32_t path : {JET_paramSystemPath, JET_paramLogFilePath, JET_paramTempPath}) {
    MUST(JetSetSystemParameter(&instance, JET_sesidNil, path, 0, directory.c_str()));
  }
  MUST(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramCircularLog, 1, nullptr));
  MUST(JetInit(&instance));
  return instance;
}

/// Fills a database with long values in a process of its own, whose memory does not count.
void Populate(const std::string& directory, const std::string& path, uint64_t bytes) {
  const pid_t child = fork();
  if (child == 0) {
    const JET_INSTANCE instance = Start(directory);
    JET_SESID session = JET_sesidNil;
    JET_DBID database = 0;
    JET_TABLEID table = 0;
    JET_COLUMNID column = 0;
    JET_COLUMNDEF definition = {};
    definition.cbStruct = sizeof definition;
    definition.coltyp = JET_coltypLongBinary;
    MUST(JetBeginSession(instance, &session, nullptr, nullptr));
    MUST(JetCreateDatabase(session, path.c_str(), nullptr, &database, 0));
    MUST(JetCreateTable(session, database, "t", 1, 80, &table));
    MUST(JetAddColumn(session, table, "c", &definition, nullptr, 0, &column));
    std::vector<uint8_t> value(kValueBytes);
    for (uint64_t done = 0; done < bytes; done += kValueBytes) {
      for (size_t i = 0; i < value.size(); ++i) value[i] = static_cast<uint8_t>(i * 131 + done / 7);
      MUST(JetBeginTransaction(session));
      MUST(JetPrepareUpdate(session, table, JET_prepInsert));
      MUST(JetSetColumn(session, table, column, value.data(), kValueBytes, 0, nullptr));
      MUST(JetUpdate(session, table, nullptr, 0, nullptr));
      MUST(JetCommitTransaction(session, 0));
    }
    MUST(JetTerm(instance));
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::exit(1);
}

uint64_t Backup(JET_INSTANCE instance, const std::string& path, void* buffer) {
  uint64_t total = 0;
  JET_HANDLE handle = 0;
  uint32_t low = 0, high = 0, bytes = 0;
  MUST(JetBeginExternalBackupInstance(instance, 0));
  MUST(JetOpenFileInstance(instance, path.c_str(), &handle, &low, &high));
  do {
    MUST(JetReadFileInstance(instance, handle, buffer, kBufferBytes, &bytes));
    total += bytes;
  } while (bytes != 0);
  MUST(JetCloseFileInstance(instance, handle));
  MUST(JetEndExternalBackupInstance2(instance, JET_bitBackupEndAbort));
  return total;
}

void Cat(const std::string& path) {
  const std::string command = "cat '" + path + "' | wc -c >/dev/null";
  if (std::system(command.c_str()) != 0) std::exit(1);
}

double PeakMib() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t mib = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2048;
  const std::filesystem::path base = argc > 2 ? argv[2] : std::filesystem::temp_directory_path();
  if (mib == 0) {
    std::fprintf(stderr, "usage: %s [MIB] [DIRECTORY], MIB above 0\n", argv[0]);
    return 2;
  }
  const std::string directory = base / ("backstop-read-" + std::to_string(getpid())) / "";
  std::filesystem::create_directories(directory);
  const std::string path = directory + "a.edb";
  const double populating = Seconds([&] { Populate(directory, path, mib << 20); });
  const JET_INSTANCE instance = Start(directory);
  JET_SESID session = JET_sesidNil;
  MUST(JetBeginSession(instance, &session, nullptr, nullptr));
  MUST(JetAttachDatabase(session, path.c_str(), 0));
  void* buffer = std::aligned_alloc(4096, kBufferBytes);
  double cat = 1e9, backup = 1e9;
  uint64_t bytes = 0;
  Cat(path);
  for (int round = 0; round < kRounds; ++round) {
    cat = std::min(cat, Seconds([&] { Cat(path); }));
    backup = std::min(backup, Seconds([&] { bytes = Backup(instance, path, buffer); }));
  }
  MUST(JetEndSession(session, 0));
  MUST(JetTerm(instance));
  std::free(buffer);
  std::filesystem::remove_all(directory);
  const double size = static_cast<double>(bytes) / (1 << 20);
  std::printf("written    %.0f MiB in %.1f s\n", size, populating);
  std::printf("cat        %.0f MiB/s\n", size / cat);
  std::printf("backup     %.0f MiB/s, %.2f of cat, %.0f MiB of memory at most\n", size / backup,
              cat / backup, PeakMib());
  return 0;
}
