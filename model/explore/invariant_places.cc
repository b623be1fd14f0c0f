// SPDX-License-Identifier: MIT
#include "model/explore/invariants.h"

namespace backstop::model {

namespace {

constexpr const char* kHere = "";
constexpr const char* kHistories = "histories of the engine (sim/harness/invariants)";
constexpr const char* kFiles = "files that runs leave behind (sim/harness/content)";
constexpr const char* kBytes = "pages that backups deliver (sim/harness/content)";

constexpr InvariantPlace kPlaces[] = {
    {"INV-01", kHere},
    {"INV-02", kHere},
    {"INV-03", kHere},
    {"INV-04", kHere},
    {"INV-05", kHere},
    {"INV-06", kHere},
    {"INV-07", kHistories},
    {"INV-08", kHere},
    {"INV-09", kHere},
    {"INV-10", kHere},
    {"INV-11", kHere},
    {"INV-12", kHere},
    {"INV-13", kHere},
    {"INV-14", kHere},
    {"INV-15", kHere},
    {"INV-16", kHere},
    {"INV-17", kHere},
    {"INV-18", kHere},
    {"INV-19", kHere},
    {"INV-20", kHere},
    {"INV-21", kHere},
    {"INV-22", kHere},
    {"INV-23", kHere},
    {"INV-24", kHere},
    {"INV-25", kHere},
    {"INV-26", kHere},
    {"INV-27", kHere},
    {"INV-28", kHere},
    {"INV-29", kHere},
    {"INV-30", kFiles},
    {"INV-31", kFiles},
    {"INV-32", kHere},
    {"INV-33", kHere},
    {"INV-34", "log lists in histories (model/linearize)"},
    {"INV-35", kBytes},
    {"INV-36", kBytes},
    {"INV-37", kBytes},
    {"INV-38", kHere},
    {"INV-39", "restores of backups (sim/harness/durability)"},
    {"INV-40", "restores of backups (sim/harness/durability)"},
    {"INV-41", "records in the engine's log (impl/engine/backup_test.cc)"},
    {"INV-42", kHere},
    {"INV-43", kHere},
    {"INV-44", kHere},
    {"INV-45", kHere},
    {"INV-46", kHere},
    {"INV-47", kHere},
    {"INV-48", "schedules of the engine: the state has no half-way attach"},
    {"INV-49", kHere},
    {"INV-50", kHere},
    {"INV-51", kHere},
    {"INV-52", "linearizability of histories (model/linearize)"},
    {"INV-53", "liveness of schedules (properties/invariants)"},
};

}  // namespace

std::span<const InvariantPlace> InvariantPlaces() { return kPlaces; }

}  // namespace backstop::model
