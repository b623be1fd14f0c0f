// SPDX-License-Identifier: MIT
// System parameters.
#include <cstring>
#include <optional>
#include <string>

#include "impl/engine/process.h"
#include "impl/engine/process_state.h"
#include "impl/esent.h"

namespace {

using backstop::engine::Process;

JET_ERR CopyText(const std::string& text, char* to, uint32_t bytes) {
  if (to == nullptr) return JET_errInvalidParameter;
  if (text.size() >= bytes) return JET_errBufferTooSmall;
  std::memcpy(to, text.c_str(), text.size() + 1);
  return JET_errSuccess;
}

}  // namespace

JET_ERR JET_API JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid,
                                      JET_API_PTR lParam, JET_PCSTR szParam) {
  return Process::Current().state().SetParameter(pinstance, sesid, paramid, lParam, szParam);
}

JET_ERR JET_API JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid,
                                      JET_API_PTR* plParam, char* szParam, uint32_t cbMax) {
  std::optional<uint64_t> number;
  std::optional<std::string> text;
  const JET_ERR err =
      Process::Current().state().GetParameter(instance, sesid, paramid, &number, &text);
  if (err < 0) return err;
  if (text) return CopyText(*text, szParam, cbMax);
  if (plParam == nullptr) return JET_errInvalidParameter;
  *plParam = *number;
  return JET_errSuccess;
}
