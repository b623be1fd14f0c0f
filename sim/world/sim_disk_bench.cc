// SPDX-License-Identifier: MIT
// What a fresh world costs: the clone of an image of ten files of 64 KB, and the first write to it.
#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "sim/world/sim_disk.h"

namespace backstop::world {
namespace {

SimDisk MakeImage() {
  SimDisk image;
  const std::array<std::byte, 65536> bytes{};
  for (char name = '0'; name <= '9'; ++name) {
    SimDisk::FileId file = 0;
    image.Open(std::string("directory/file") + name, env::OpenMode::kCreateNew, &file);
    image.Write(file, 0, bytes);
    image.Close(file);
  }
  return image;
}

void Clone(benchmark::State& state) {
  const SimDisk image = MakeImage();
  for (auto _ : state) benchmark::DoNotOptimize(image.Clone());
}
BENCHMARK(Clone);

void CloneAndWriteOnePage(benchmark::State& state) {
  const SimDisk image = MakeImage();
  const std::array<std::byte, 4096> page{};
  for (auto _ : state) {
    SimDisk disk = image.Clone();
    SimDisk::FileId file = 0;
    disk.Open("directory/file5", env::OpenMode::kReadWrite, &file);
    disk.Write(file, 8192, page);
    disk.Close(file);
  }
}
BENCHMARK(CloneAndWriteOnePage);

void ReadOnePage(benchmark::State& state) {
  SimDisk disk = MakeImage();
  std::array<std::byte, 4096> page;
  SimDisk::FileId file = 0;
  disk.Open("directory/file5", env::OpenMode::kReadOnly, &file);
  for (auto _ : state) benchmark::DoNotOptimize(disk.Read(file, 8192, page).bytes);
}
BENCHMARK(ReadOnePage);

}  // namespace
}  // namespace backstop::world
