/* SPDX-License-Identifier: MIT */
/* The header must serve C as well: this unit is compiled as C and called from layout_test.cc. */
#include "impl/esent.h"

int LayoutAsSeenByC(void) {
  return (int)(sizeof(JET_DBINFOMISC4) + sizeof(JET_RSTINFO_A)) + JET_errBackupAbortByServer;
}
