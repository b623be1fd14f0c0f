// SPDX-License-Identifier: MIT
// What the build knows of itself; the definitions are generated.
#pragma once

namespace backstop::cli {

extern const char* const kVersion;
/// Digest of the sources of the engine, the simulator, the model and the harness.
extern const char* const kBuild;
extern const char* const kCompiler;

}  // namespace backstop::cli
