/* SPDX-License-Identifier: MIT
 * The peer program as a Promela model: THREADS processes of CALLS calls, each a critical section on one
 * context. spin -a peer.pml && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan searches every state;
 * without -DNOREDUCE partial-order reduction helps. */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef CALLS
#define CALLS 3
#endif

bool held;
byte owner, calls;

active [THREADS] proctype Task() {
  byte call = 0;
  do
  :: call < CALLS ->
    atomic { !held -> held = true }
    atomic { owner = _pid; calls++; held = false; call++ }
  :: call == CALLS -> break
  od
}
