// SPDX-License-Identifier: MIT
// Steps of the recording harness that concern files and time. What a recording says could not be
// done, because the file was held open, is not done here either.
#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/harness/observed/calls.h"
#include "sim/harness/observed/damage.h"

namespace backstop::observed {
namespace {

using Bytes = std::vector<std::byte>;

std::string PathArgument(const Calls& calls, const char* key, const char* otherwise = ".") {
  return calls.symbols.generations.MapPath(PathOf(calls.step.Text(key, otherwise)));
}

bool WasDone(const Calls& calls) {
  return !calls.step.out.contains("gle") && OutNumber(calls.step, "ok", 1) != 0;
}

bool ReadWhole(env::Env& env, const std::string& path, Bytes* bytes) {
  std::unique_ptr<env::File> file;
  if (env.Open(path, env::OpenMode::kReadOnly, &file) != env::IoStatus::kOk) return false;
  bytes->resize(file->Size());
  const env::IoResult read = file->ReadAt(0, *bytes);
  bytes->resize(read.bytes);
  return read.status == env::IoStatus::kOk;
}

void WriteWhole(env::Env& env, const std::string& path, const Bytes& bytes) {
  std::unique_ptr<env::File> file;
  if (env.Open(path, env::OpenMode::kCreateOrTruncate, &file) != env::IoStatus::kOk) return;
  if (!bytes.empty()) file->WriteAt(0, bytes);
}

void CopyOne(env::Env& env, const std::string& from, const std::string& to) {
  // Beside the files of the engine the recordings have one of their own, of text and shorter than a
  // page, to put in the place of others.
  constexpr size_t kTextBytes = 2000;
  Bytes bytes;
  if (!ReadWhole(env, from, &bytes)) bytes.assign(kTextBytes, std::byte{'#'});
  WriteWhole(env, to, bytes);
}

/// Patterns have one star at most.
bool Matches(const std::string& name, const std::string& pattern) {
  const size_t star = pattern.find('*');
  if (star == std::string::npos) return name == pattern;
  const std::string tail = pattern.substr(star + 1);
  return name.size() + 1 >= pattern.size() && name.starts_with(pattern.substr(0, star)) &&
         name.ends_with(tail);
}

std::vector<std::string> Matching(Calls& calls, const std::string& directory) {
  std::vector<std::string> names;
  calls.env.List(directory, &names);
  const std::string pattern = calls.step.Text("pat", "*");
  std::erase_if(names, [&](const std::string& name) { return !Matches(name, pattern); });
  return names;
}

void Sleep(Calls& calls) {
  calls.env.SleepMicros(static_cast<uint64_t>(Number(calls.step, "ms")) * 1000);
}

void MakeDirectory(Calls& calls) { calls.env.MakeDirectory(PathArgument(calls, "path")); }

void Remove(Calls& calls) {
  if (WasDone(calls)) calls.env.Remove(PathArgument(calls, "path"));
}

void RemoveAll(Calls& calls) {
  const std::string directory = PathArgument(calls, "path");
  for (const std::string& name : Matching(calls, directory)) {
    calls.env.Remove(directory + "/" + name);
  }
}

void Copy(Calls& calls) {
  if (WasDone(calls)) {
    CopyOne(calls.env, PathArgument(calls, "src"), PathArgument(calls, "dst"));
  }
}

void CopyDirectory(Calls& calls) {
  const std::string from = PathArgument(calls, "src");
  const std::string to = PathArgument(calls, "dst");
  for (const std::string& name : Matching(calls, from)) {
    CopyOne(calls.env, from + "/" + name, to + "/" + name);
  }
}

void Truncate(Calls& calls) {
  std::unique_ptr<env::File> file;
  const std::string path = PathArgument(calls, "path");
  if (!WasDone(calls)) return;
  if (calls.env.Open(path, env::OpenMode::kReadWrite, &file) != env::IoStatus::kOk) return;
  file->SetSize(MapSize(calls.sequence, calls.step, file->Size()));
}

/// What the bytes are combined with: never zero, and no pattern that a parity sum would miss.
std::byte Damage(size_t index) { return static_cast<std::byte>(1 + index * index * 31 % 251); }

/// Changes every byte, so that whatever was there is damaged.
void Corrupt(Calls& calls) {
  const std::string path = PathArgument(calls, "path");
  Bytes bytes;
  if (!WasDone(calls) || !ReadWhole(calls.env, path, &bytes)) return;
  const ByteRange range = MapDamage(calls.sequence, calls.step, bytes);
  if (range.at >= bytes.size() || range.size == 0) return;
  bytes.resize(std::min<uint64_t>(bytes.size(), range.at + range.size));
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(range.at));
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= Damage(i);
  std::unique_ptr<env::File> file;
  if (calls.env.Open(path, env::OpenMode::kReadWrite, &file) != env::IoStatus::kOk) return;
  file->WriteAt(range.at, bytes);
}

void List(Calls& calls) {
  std::vector<std::string> names;
  calls.env.List(PathArgument(calls, "path"), &names);
  calls.result.out["files"] = names;
}

constexpr NamedStep kFileSteps[] = {
    {"sleep", &Sleep}, {"mkdir", &MakeDirectory}, {"rm", &Remove},      {"rmall", &RemoveAll},
    {"cp", &Copy},     {"cpdir", &CopyDirectory}, {"trunc", &Truncate}, {"corrupt", &Corrupt},
    {"ls", &List},
};

}  // namespace

StepFunction FindFileStep(const std::string& name) { return FindIn(kFileSteps, name); }

}  // namespace backstop::observed
