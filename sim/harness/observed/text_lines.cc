// SPDX-License-Identifier: MIT
#include "sim/harness/observed/text_lines.h"

#include <fmt/format.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <vector>

namespace backstop::observed {
namespace {

/// Longer than any recorded line; bounds the memory that a damaged file can ask for.
constexpr size_t kMaxLine = size_t{64} << 20;
constexpr size_t kChunk = size_t{1} << 16;

/// Cuts a stream of bytes into lines.
class Splitter {
 public:
  explicit Splitter(const LineVisitor& visit) : visit_(visit) {}

  bool Take(std::string_view bytes) {
    for (size_t end; (end = bytes.find('\n')) != bytes.npos; bytes.remove_prefix(end + 1)) {
      line_.append(bytes.substr(0, end));
      if (!End()) return false;
    }
    line_.append(bytes);
    return line_.size() <= kMaxLine || Fail("the line is longer than any recorded one");
  }
  /// The last line need not have an end.
  bool Finish() { return End(); }
  std::string error() const { return fmt::format("line {}: {}", number_ + 1, why_); }
  bool any() const { return any_; }

 private:
  bool End() {
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    if (!line_.empty()) {
      any_ = true;
      if (!visit_(line_, &why_)) return false;
    }
    line_.clear();
    ++number_;
    return true;
  }
  bool Fail(const char* why) {
    why_ = why;
    return false;
  }

  const LineVisitor& visit_;
  std::string line_;
  std::string why_;
  size_t number_ = 0;
  bool any_ = false;
};

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

/// Hands on what a zstd stream holds.
class Decompressor {
 public:
  explicit Decompressor(Splitter& to) : to_(to), stream_(ZSTD_createDStream()), buffer_(kChunk) {}

  /// False if the bytes are no zstd stream, or a line was refused; the first is told by error().
  bool Take(std::string_view bytes) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      left_ = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (ZSTD_isError(left_)) return Fail(ZSTD_getErrorName(left_));
      if (!to_.Take({buffer_.data(), out.pos})) return false;
    }
    return true;
  }
  bool Finish() { return left_ == 0 || Fail("it has been cut off"); }
  const std::string& error() const { return error_; }

 private:
  bool Fail(const char* why) {
    error_ = fmt::format("cannot be decompressed: {}", why);
    return false;
  }

  Splitter& to_;
  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  std::vector<char> buffer_;
  size_t left_ = 0;
  std::string error_;
};

template <class Sink>
bool Pump(std::istream& in, Sink& sink) {
  std::vector<char> chunk(kChunk);
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (!sink.Take({chunk.data(), static_cast<size_t>(in.gcount())})) return false;
  }
  return sink.Finish();
}

}  // namespace

bool ForEachLine(const std::string& path, const LineVisitor& visit, std::string* error) {
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, ignored)) {
    *error = fmt::format("{}: cannot be read", path);
    return false;
  }
  Splitter lines(visit);
  Decompressor compressed(lines);
  const bool whole =
      path.ends_with(".zst") ? Pump(in, compressed) && lines.Finish() : Pump(in, lines);
  if (whole && lines.any()) return true;
  const std::string why = whole ? "there is no line in it" : lines.error();
  *error = fmt::format("{}: {}", path, compressed.error().empty() ? why : compressed.error());
  return false;
}

}  // namespace backstop::observed
