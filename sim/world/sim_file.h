// SPDX-License-Identifier: MIT
// A file of a SimEnv, and what remains of it when it is closed while a call is under way.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <memory>
#include <string>

#include "impl/env/env.h"
#include "sim/scheduler/access.h"
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
  sched::ObjectId object = sched::kNoObject;   ///< of the path
  sched::ObjectId content = sched::kNoObject;  ///< of the file, whatever its path is by now
  SimDisk::FileId file = 0;
  uint64_t handle = 0;  ///< a number of its own within the world
};

/// What accesses name beside the bytes of a file: parts beyond every offset.
namespace part {
inline constexpr uint64_t kBeyond = uint64_t{1} << 62;
inline constexpr sched::Range kExistence{kBeyond, kBeyond + 1};
inline constexpr sched::Range kSize{kBeyond + 1, kBeyond + 2};
inline sched::Range Bytes(uint64_t offset, uint64_t bytes) { return {offset, offset + bytes}; }
inline sched::Range Handle(uint64_t handle) { return {kBeyond + 2 + handle, kBeyond + 3 + handle}; }
}  // namespace part

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
  /// Passes the point of an operation on part of the file.
  void Reach(sched::PointKind kind, sched::AccessMode mode, sched::Range range) const;

  boost::intrusive_ptr<OpenFile> state_;
};

}  // namespace backstop::world
