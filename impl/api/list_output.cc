// SPDX-License-Identifier: MIT
#include "impl/api/list_output.h"

#include <algorithm>
#include <cstring>
#include <cwchar>
#include <locale>

namespace backstop::api {
namespace {

using Utf16Facet = std::codecvt<char16_t, char8_t, std::mbstate_t>;

/// The text as UTF-16, up to the first byte that is not UTF-8.
std::u16string Widen(const std::string& text) {
  const std::u8string from(text.begin(), text.end());
  std::u16string wide(from.size(), u'\0');
  std::mbstate_t state = {};
  const char8_t* rest = nullptr;
  char16_t* end = nullptr;
  std::use_facet<Utf16Facet>(std::locale::classic())
      .in(state, from.data(), from.data() + from.size(), rest, wide.data(),
          wide.data() + wide.size(), end);
  wide.resize(static_cast<size_t>(end - wide.data()));
  return wide;
}

void Copy(const void* from, size_t size, const ListBuffer& to) {
  if (to.buffer != nullptr) std::memcpy(to.buffer, from, std::min<size_t>(to.bytes, size));
}

void Count(size_t size, const ListBuffer& to) {
  if (to.actual != nullptr) *to.actual = static_cast<uint32_t>(size);
}

engine::Err GiveWide(const engine::Dialect& dialect, const std::string& list, ListKind kind,
                     const ListBuffer& to) {
  const std::u16string wide = Widen(list);
  const size_t size = wide.size() * sizeof(char16_t);
  Copy(wide.data(), size, to);
  const bool counts_copied =
      dialect.log_list_counts_what_fits && kind == ListKind::kLogs && to.buffer != nullptr;
  Count(counts_copied ? std::min<size_t>(size, to.bytes) : size, to);
  return JET_errSuccess;
}

}  // namespace

engine::Err GiveList(const engine::Dialect& dialect, const std::string& list, ListKind kind,
                     const ListBuffer& to) {
  if (to.wide) return GiveWide(dialect, list, kind, to);
  Copy(list.data(), list.size(), to);
  const bool cut = to.buffer != nullptr && to.bytes > 0 && to.bytes < list.size();
  if (cut && dialect.cut_list_is_error) return JET_errBufferTooSmall;
  Count(list.size(), to);
  return JET_errSuccess;
}

}  // namespace backstop::api
