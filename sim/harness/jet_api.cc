// SPDX-License-Identifier: MIT
#include "sim/harness/jet_api.h"

#include <dlfcn.h>

#include <filesystem>

namespace backstop::harness {

JetApi BuiltinJetApi(const char* name) {
  JetApi table;
  table.name = name;
#define BACKSTOP_FILL(function) table.function = &::function;
  BACKSTOP_JET_FUNCTIONS(BACKSTOP_FILL)
#undef BACKSTOP_FILL
  return table;
}

bool LoadJetApi(const std::string& path, JetApi* table, std::vector<std::string>* missing,
                std::string* error) {
  // Without a slash the loader would search its own directories.
  const std::string file = std::filesystem::absolute(path).string();
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    *error = ::dlerror();
    return false;
  }
  *table = {.name = "library"};
  bool any = false;
#define BACKSTOP_FIND(function)                                                           \
  table->function = reinterpret_cast<decltype(&::function)>(::dlsym(library, #function)); \
  if (table->function == nullptr) missing->push_back(#function);                          \
  any = any || table->function != nullptr;
  BACKSTOP_JET_FUNCTIONS(BACKSTOP_FIND)
#undef BACKSTOP_FIND
  if (!any) *error = path + ": has none of the functions of esent.h";
  return any;
}

}  // namespace backstop::harness
