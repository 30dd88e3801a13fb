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
    const used = process.cpuUsage();
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

/**
 * How much of an interval that ran late counts: the CPU time this process used. If it used almost none, it
 * was paused, and nobody can say since when. Then half of the due time counts, so that a main thread that is
 * always late cannot put off a deadline forever.
 */
function awakeTime(passed: number, due: number, used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used);
  return Math.min(passed, Math.max(due / 2, (user + system) / 1_000));
}
