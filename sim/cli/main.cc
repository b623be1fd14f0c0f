// SPDX-License-Identifier: MIT
#include "sim/cli/program.h"

#ifndef BACKSTOP_ENGINE
#define BACKSTOP_ENGINE "engine"
#endif

int main(int argc, char** argv) { return backstop::cli::Main(argc, argv, BACKSTOP_ENGINE); }
