// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string_view>

#include "sim/harness/report/utf8_text.h"
#include "sim/harness/trace.h"
#include "sim/harness/trace_words.h"

namespace backstop::harness {
namespace {

template <class Integer>
bool ParseNumber(std::string_view text, Integer* value, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value, base);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// The words of a line, as far as there is room: more words than that are no line of a trace.
using Words = std::array<std::string_view, 10>;

size_t SplitWords(std::string_view line, Words* words) {
  size_t count = 0;
  for (size_t at = 0;
       (at = line.find_first_not_of(' ', at)) != line.npos && count < words->size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    (*words)[count++] = line.substr(at, end - at);
    at = end;
  }
  return count;
}

/// Reads line by line, with memory that does not grow with the text beyond what a trace keeps, and
/// knows the place for error messages.
class Reader {
 public:
  explicit Reader(std::istream& in) : in_(in) {}

  bool Read(Trace* trace) {
    return ReadHead(trace) && ReadThreads(&trace->program) && ReadSchedule(trace) &&
           ReadResults(trace) && ReadVerdict(trace) && ReadRest();
  }
  std::string error() const { return fmt::format("line {}: {}", line_number_, error_); }

 private:
  bool Fail(std::string why) {
    error_ = std::move(why);
    return false;
  }

  bool Next() {
    ++line_number_;
    in_.getline(buffer_.data(), buffer_.size());
    const auto got = static_cast<size_t>(in_.gcount());
    if (in_.fail() && got == 0) return Fail("the trace ends here; it has been cut off");
    if (in_.fail() || got > kMaxTraceLine + 1) {
      return Fail("the line is longer than any trace line");
    }
    line_.assign(buffer_.data(), in_.eof() ? got : got - 1);
    if (line_.ends_with('\r'))
      return Fail("the line ends with CR LF; lines of a trace end with LF");
    bool ascii = true;
    for (const char c : line_) {
      if (static_cast<unsigned char>(c) < ' ') return Fail("the line holds a control character");
      ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    }
    return ascii || report::IsUtf8(line_) || Fail("the line is not UTF-8");
  }

  /// The next line is "KEY value".
  bool Field(const std::string& key, std::string* value) { return Next() && TakeField(key, value); }
  bool TakeField(const std::string& key, std::string* value) {
    if (!line_.starts_with(key + " ")) {
      return Fail(fmt::format("expected '{} ...' but found '{}'", key, line_.substr(0, 60)));
    }
    *value = line_.substr(key.size() + 1);
    return true;
  }

  bool ReadHead(Trace* trace) {
    std::string value;
    if (!Next()) return false;
    if (!line_.starts_with("backstop-trace ")) return Fail("this is not a backstop trace");
    unsigned version = 0;
    if (!ParseNumber(std::string_view(line_).substr(15), &version)) {
      return Fail("the version is not a number");
    }
    if (version != kTraceVersion) {
      return Fail(fmt::format("version {} is not supported; this program reads version {}", version,
                              kTraceVersion));
    }
    if (!Field("engine", &trace->made_by.engine) || !Field("build", &trace->made_by.build) ||
        !Field("dialect", &value)) {
      return false;
    }
    trace->program.ese = value == "ese";
    if (value != "strict" && !trace->program.ese)
      return Fail(fmt::format("the dialect '{}' is not known", value));
    std::string why;
    if (!Field("setup", &value)) return false;
    if (!Parse(value, &trace->program.setup, &why)) return Fail(why);
    if (!Field("faults", &value)) return false;
    const auto* word = std::ranges::find(kFaultWords, value);
    if (word == std::end(kFaultWords)) return Fail("faults are 'no', 'yes' or 'heavy'");
    trace->program.faults = static_cast<Faults>(word - std::begin(kFaultWords));
    return true;
  }

  bool ReadThreads(Program* program) {
    if (!Next()) return false;
    while (line_.starts_with("thread ")) {
      if (line_ != fmt::format("thread T{}", program->threads.size())) {
        return Fail(fmt::format("expected 'thread T{}'", program->threads.size()));
      }
      if (program->threads.size() == kMaxThreads) {
        return Fail(fmt::format("a program has at most {} threads", kMaxThreads));
      }
      program->threads.emplace_back();
      if (!ReadCalls(&program->threads.back())) return false;
    }
    return !program->threads.empty() || Fail("expected 'thread T0'");
  }

  bool ReadCalls(std::vector<ProgramCall>* calls) {
    while (Next()) {
      if (!line_.starts_with("  ")) return true;
      if (calls->size() == kMaxCallsPerThread) {
        return Fail(fmt::format("a thread makes at most {} calls", kMaxCallsPerThread));
      }
      std::string why;
      ProgramCall call;
      if (!Parse(line_.substr(2), &call, &why)) return Fail(why);
      calls->push_back(call);
    }
    return false;
  }

  bool ReadSchedule(Trace* trace) {
    std::string value;
    std::string why;
    if (!TakeField("schedule", &value)) return false;
    if (value != "decisions") {
      ScheduleSpec spec;
      if (!Parse(value, &spec, &why)) return Fail(why);
      trace->schedule = spec;
      return Next();
    }
    std::vector<sched::ReplayEntry> entries;
    trace->decisions_at = line_number_ + 1;
    sched::ReplayEntry beyond;
    while (Next()) {
      if (!line_.starts_with("  ")) {
        trace->schedule = std::move(entries);
        return true;
      }
      const bool keep = entries.size() < kMostDecisions;
      if (keep) entries.emplace_back();
      if (!ReadEntry(keep ? &entries.back() : &beyond)) return false;
      if (!keep) ++trace->decisions_beyond;
    }
    return false;
  }

  bool ReadEntry(sched::ReplayEntry* entry) {
    Words words;
    const size_t count = SplitWords(line_, &words);
    const bool is_switch = count == 9 && words[0] == "switch" && words[7] == "to";
    const bool is_draw = count == 8 && words[0] == "draw" && words[6] == "=";
    if ((!is_switch && !is_draw) || words[2] != "call") {
      return Fail(
          "a decision is 'switch TASK call N KIND OBJECT #N to TASK' or "
          "'draw TASK call N #N LABEL = N'");
    }
    entry->is_switch = is_switch;
    const std::string_view occurrence = words[is_switch ? 6 : 4];
    if (!Unescape(words[1], &entry->task) || !ParseNumber(words[3], &entry->mark) ||
        occurrence.front() != '#' || !ParseNumber(occurrence.substr(1), &entry->occurrence)) {
      return Fail("the place of the decision is malformed");
    }
    if (is_draw) {
      return (Unescape(words[5], &entry->label) && ParseNumber(words[7], &entry->answer)) ||
             Fail("the answer of the draw is malformed");
    }
    if (!sched::ParsePointKind(words[4], &entry->kind)) {
      return Fail(fmt::format("no kind of point is named '{}'", words[4]));
    }
    return (Unescape(words[5], &entry->object) && Unescape(words[8], &entry->chosen)) ||
           Fail("the names of the switch are malformed");
  }

  /// What is there for people: the origin and the results.
  bool ReadResults(Trace* trace) {
    if (line_.starts_with("origin ")) {
      trace->origin = line_.substr(7);
      if (!Next()) return false;
    }
    if (line_ != "results") return true;
    while (Next()) {
      if (!line_.starts_with("  ")) return true;
      if (trace->results.size() < kMostResults) {
        trace->results.push_back(line_.substr(2));
      } else {
        ++trace->results_beyond;
      }
    }
    return false;
  }

  bool ReadVerdict(Trace* trace) {
    if (!TakeField("verdict", &trace->rule)) return false;
    if (trace->rule == "running") trace->rule.clear();
    if (!Next()) return false;
    if (line_.starts_with("text ")) {
      trace->text = line_.substr(5);
      if (!Next()) return false;
    }
    if (line_.starts_with("hash 0x")) {
      uint64_t hash = 0;
      if (!ParseNumber(std::string_view(line_).substr(7), &hash, 16)) {
        return Fail("the hash is not a number");
      }
      trace->hash = hash;
      if (!Next()) return false;
    }
    if (line_ != "end") return Fail(fmt::format("expected 'end' but found '{}'", line_));
    return true;
  }

  /// Behind the end there may be empty lines: what a campaign wrote there before was longer.
  bool ReadRest() {
    while (in_.peek() != std::istream::traits_type::eof()) {
      if (!Next()) return false;
      if (!line_.empty()) return Fail("there is something behind 'end'");
    }
    return true;
  }

  std::istream& in_;
  /// One more than a line may have, and the end of a C string.
  std::array<char, kMaxTraceLine + 3> buffer_;
  std::string line_;
  std::string error_;
  unsigned line_number_ = 0;
};

}  // namespace

bool Unescape(std::string_view word, std::string* name) {
  name->clear();
  if (word == "-") return true;
  for (size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '%') {
      name->push_back(word[i]);
      continue;
    }
    unsigned char value = 0;
    if (!ParseNumber(word.substr(i + 1, 2), &value, 16)) return false;
    name->push_back(static_cast<char>(value));
    i += 2;
  }
  return true;
}

bool ParseTrace(const std::string& text, Trace* trace, std::string* error) {
  *trace = Trace{};
  std::istringstream in(text);
  Reader reader(in);
  if (reader.Read(trace)) return true;
  *error = reader.error();
  return false;
}

bool ReadTraceFile(const std::string& path, Trace* trace, std::string* error) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    *error = fmt::format("{}: cannot be opened; is the path right and the file readable?", path);
    return false;
  }
  *trace = Trace{};
  Reader reader(file);
  if (reader.Read(trace)) return true;
  *error = file.bad() ? fmt::format("{}: cannot be read", path)
                      : fmt::format("{}: {}", path, reader.error());
  return false;
}

}  // namespace backstop::harness
