// SPDX-License-Identifier: MIT
// The peer program under fast-check's scheduler: three tasks of three calls, each a critical section
// on one context. Prints random schedules a second of CPU time. Usage: node fast_check.mjs [SCHEDULES]
import fc from 'fast-check';

class Mutex {
  constructor() { this.held = false; this.waiting = []; }
  async lock() {
    while (this.held) await new Promise((go) => this.waiting.push(go));
    this.held = true;
  }
  unlock() {
    this.held = false;
    this.waiting.shift()?.();
  }
}

async function task(scheduler, mutex, context, number) {
  for (let call = 0; call < 3; ++call) {
    await scheduler.schedule(Promise.resolve(), `lock ${number}`);
    await mutex.lock();
    context.owner = number;
    ++context.calls;
    await scheduler.schedule(Promise.resolve(), `unlock ${number}`);
    mutex.unlock();
  }
}

const schedules = Number(process.argv[2] ?? 2000);
const start = process.cpuUsage();
await fc.assert(
  fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const mutex = new Mutex();
    const context = { owner: 0, calls: 0 };
    const tasks = [1, 2, 3].map((number) => task(scheduler, mutex, context, number));
    await scheduler.waitFor(Promise.all(tasks));
    if (context.calls !== 9) throw new Error('a call was lost');
  }),
  { numRuns: schedules, seed: 1 },
);
const used = process.cpuUsage(start);
const seconds = (used.user + used.system) / 1e6;
console.log(`fast-check: ${Math.round(schedules / seconds)} schedules a second (${schedules} in ${seconds.toFixed(2)} s)`);
