// SPDX-License-Identifier: MIT
// The whole program, for the small main() of each engine that it is linked with.
#pragma once

namespace backstop::cli {

/// `engine` names the engine that is linked in.
int Main(int argc, char** argv, const char* engine);

}  // namespace backstop::cli
