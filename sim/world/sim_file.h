// SPDX-License-Identifier: MIT
// A file of a SimEnv, and what remains of it when it is closed while a call is under way.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <memory>
#include <string>

#include "impl/env/env.h"
#include "sim/scheduler/types.h"
#include "sim/world/file_content.h"
#include "sim/world/sim_disk.h"

namespace backstop::world {

class SimEnv;

/// Outlives the handle for as long as a call on it is under way.
struct OpenFile : Shared<OpenFile> {
  SimEnv* env = nullptr;  ///< null once closed
  std::string path;       ///< as it was opened
  bool writable = false;
  sched::ObjectId object = sched::kNoObject;
  SimDisk::FileId file = 0;
};

/// A call that finds its file closed when its turn comes answers kClosed: the engine has let go of
/// the file under the caller. A call that begins after the destruction is beyond help here; that is
/// for AddressSanitizer.
class SimFile : public env::File {
 public:
  explicit SimFile(boost::intrusive_ptr<OpenFile> state) : state_(std::move(state)) {}
  ~SimFile() override;

  env::IoResult ReadAt(uint64_t offset, std::span<std::byte> to) override;
  env::IoResult WriteAt(uint64_t offset, std::span<const std::byte> from) override;
  env::IoStatus Sync() override;
  env::IoStatus SetSize(uint64_t bytes) override;
  uint64_t Size() override;

 private:
  boost::intrusive_ptr<OpenFile> state_;
};

}  // namespace backstop::world
