/** How often a deadline is checked, within the bounds below. More checks lose less time to a pause. */
const checks = 50;
const minInterval = 10;
const maxInterval = 250;

/** A check that is late by more than this, in milliseconds, followed a pause and not just load. */
const maxDelay = 50;

/**
 * Calls `onExceeded` after this many milliseconds in which the process was awake. Time in which the whole
 * process was stopped (SIGSTOP), its container frozen or the machine suspended does not count. The timer does
 * not keep the process alive.
 *
 * @returns a function that cancels the deadline
 * @example const cancel = startDeadline(30_000, () => worker.end())
 */
export function startDeadline(milliseconds: number, onExceeded: () => void): () => void {
  const interval = Math.min(Math.max(milliseconds / checks, minInterval), maxInterval);
  let remaining = milliseconds;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const due = Math.min(remaining, interval);
    const startedAt = performance.now();
    const used = recentUsage();
    timer = setTimeout(() => {
      const passed = performance.now() - startedAt;
      remaining -= passed > 2 * due + maxDelay ? awakeTime(passed, due, used) : passed;
      if (remaining < 1) onExceeded();
      else wait();
    }, due).unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/** Reading the usage costs more than the rest of a deadline, so deadlines that start together share one reading. */
const maxAge = 25;
let reading = { at: Number.NEGATIVE_INFINITY, usage: { user: 0, system: 0 } };

function recentUsage(): NodeJS.CpuUsage {
  const at = performance.now();
  if (at - reading.at > maxAge) reading = { at, usage: process.cpuUsage() };
  return reading.usage;
}

/**
 * How much of an interval that ran late counts: the CPU time this process used. If it used almost none, it
 * was paused, and nobody can say since when. Then half of the due time counts, so that a main thread that is
 * always late cannot put off a deadline forever.
 */
function awakeTime(passed: number, due: number, used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used);
  return Math.min(passed, Math.max(due / 2, (user + system) / 1_000));
}
