// SPDX-License-Identifier: MIT
// Database headers, as files and as pages.
#include "impl/engine/checksum.h"
#include "impl/engine/database_file.h"
#include "properties/fuzz/fuzz_target.h"
#include "properties/fuzz/memory_env.h"

namespace backstop::fuzz {
namespace {

constexpr size_t kPageBytes = 4096;

}  // namespace

Input Sample(uint32_t seed) {
  Input input(2 * kPageBytes);
  engine::DatabaseHeader header;
  header.page_bytes = kPageBytes;
  header.dbtime = seed % 16;
  header.full_cur.genLow = seed % 16;
  engine::EncodeDatabaseHeader(header, std::span(input).first(kPageBytes));
  engine::EncodeDatabaseHeader(header, std::span(input).subspan(kPageBytes));
  return input;
}

void Reseal(Input* input) {
  for (size_t at = 0; at + kPageBytes <= input->size(); at += kPageBytes) {
    engine::SealHeader(std::span(*input).subspan(at, kPageBytes));
  }
}

void Parse(std::span<const std::byte> input) {
  MemoryEnv env;
  env.Put("a.edb", Input(input.begin(), input.end()));
  engine::DatabaseHeader header;
  engine::ReadDatabaseHeader(env, "a.edb", &header);
  for (const uint32_t bytes : {4096u, 32768u}) {
    engine::DatabaseFile file(env, "a.edb", bytes);
    if (file.Open(&header) < 0) continue;
    engine::ToInfo(header);
    Input page(bytes);
    file.ReadPages(1, page);
  }
}

}  // namespace backstop::fuzz
