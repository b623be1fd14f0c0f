// SPDX-License-Identifier: MIT
// A specification of two tables for tests of the exports: a door, and a lamp that is on or off.
#pragma once

#include "impl/esent.h"
#include "model/export/reference.h"

namespace backstop::model {

inline TableText SmallGate() {
  return {.name = "door",
          .states = {"off", "on"},
          .rows = {{.sources = {"off", "on"},
                    .events = {"any call"},
                    .check = "otherwise",
                    .clause = "E-8",
                    .kind = ResultKind::kAdmits}}};
}

inline TableText SmallTable() {
  const WrittenRow refuse = {.sources = {"off", "on"},
                             .events = {"JetTouchInstance", "JetLookInstance"},
                             .check = "it \"is\" <hot>",
                             .clause = "READ-1",
                             .err = JET_errNoBackup};
  const WrittenRow light = {.sources = {"off"},
                            .events = {"JetTouchInstance"},
                            .check = "otherwise",
                            .effect = "light",
                            .target = "on",
                            .clause = "READ-2"};
  const WrittenRow burst = {.sources = {"on"},
                            .events = {"JetTouchInstance"},
                            .check = "otherwise",
                            .target = "off",
                            .clause = "READ-5",
                            .waits = "the fire brigade",
                            .dialect = "ese",
                            .difference = "D-14",
                            .err = JET_errDiskIO};
  const WrittenRow look = {.sources = {"off", "on"},
                           .events = {"JetLookInstance"},
                           .check = "otherwise",
                           .clause = "READ-4"};
  return {.name = "lamp",
          .states = {"off", "on"},
          .rows = {refuse, light, burst, look},
          .glossary = {{"it \"is\" <hot>", "its heat is 100"}}};
}

inline Reference SmallReference() {
  return {.sections = {{.title = "Door", .table = SmallGate()},
                       {.title = "Lamp", .table = SmallTable()}}};
}

}  // namespace backstop::model
