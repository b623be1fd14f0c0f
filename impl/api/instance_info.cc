// SPDX-License-Identifier: MIT
// The list of instances, as one block of memory that its receiver frees.
#include "impl/api/instance_info.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "impl/engine/instance.h"
#include "impl/engine/process.h"
#include "impl/engine/process_state.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;

struct InstanceFacts {
  JET_INSTANCE handle;
  std::optional<std::string> name;
  std::vector<std::string> databases;
};

std::vector<InstanceFacts> CollectFacts(const Instances& instances) {
  std::vector<InstanceFacts> facts;
  for (const auto& instance : instances) {
    facts.push_back({instance->handle(), instance->name(), instance->databases().LoggedPaths()});
  }
  return facts;
}

/// The structures first, then the arrays of pointers, then the texts.
class Block {
 public:
  explicit Block(const std::vector<InstanceFacts>& facts) {
    size_t pointers = 0;
    size_t bytes = facts.size() * sizeof(JET_INSTANCE_INFO_A);
    for (const InstanceFacts& each : facts) {
      pointers += each.databases.size();
      if (each.name) bytes += each.name->size() + 1;
      for (const std::string& path : each.databases) bytes += path.size() + 1;
    }
    infos_ = static_cast<JET_INSTANCE_INFO_A*>(std::calloc(1, bytes + pointers * sizeof(char*)));
    if (infos_ == nullptr) return;
    pointer_ = reinterpret_cast<char**>(infos_ + facts.size());
    text_ = reinterpret_cast<char*>(pointer_ + pointers);
    std::transform(facts.begin(), facts.end(), infos_,
                   [this](const InstanceFacts& each) { return Describe(each); });
  }

  JET_INSTANCE_INFO_A* infos() const { return infos_; }

 private:
  JET_INSTANCE_INFO_A Describe(const InstanceFacts& facts) {
    JET_INSTANCE_INFO_A info = {};
    info.hInstanceId = facts.handle;
    if (facts.name) info.szInstanceName = AddText(*facts.name);
    info.cDatabases = facts.databases.size();
    if (!facts.databases.empty()) info.szDatabaseFileName = pointer_;
    for (const std::string& path : facts.databases) *pointer_++ = AddText(path);
    return info;
  }

  char* AddText(const std::string& text) {
    char* copy = text_;
    std::memcpy(copy, text.c_str(), text.size() + 1);
    text_ += text.size() + 1;
    return copy;
  }

  JET_INSTANCE_INFO_A* infos_;
  char** pointer_ = nullptr;
  char* text_ = nullptr;
};

}  // namespace

Err GiveInstances(const Instances& instances, uint32_t* count, JET_INSTANCE_INFO_A** infos) {
  env::Env& env = engine::Process::Current().env();
  if (!env.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  const std::vector<InstanceFacts> facts = CollectFacts(instances);
  JET_INSTANCE_INFO_A* block = nullptr;
  if (!facts.empty()) {
    block = Block(facts).infos();
    if (block == nullptr) return JET_errOutOfMemory;
  }
  *count = static_cast<uint32_t>(facts.size());
  *infos = block;
  return JET_errSuccess;
}

}  // namespace backstop::api

JET_ERR JET_API JetGetInstanceInfo(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_A** paInstanceInfo) {
  if (pcInstanceInfo == nullptr || paInstanceInfo == nullptr) return JET_errInvalidParameter;
  const auto instances = backstop::engine::Process::Current().state().Initialized();
  return backstop::api::GiveInstances(instances, pcInstanceInfo, paInstanceInfo);
}

JET_ERR JET_API JetFreeBuffer(char* pbBuf) {
  std::free(pbBuf);
  return JET_errSuccess;
}
