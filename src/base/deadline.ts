/** A deadline is looked at so many times, so that a pause costs little of it; more rarely where that is too often. */
const looks = 50;
const shortestLook = 10;
const longestLook = 250;

/** A look that comes this much later than it was due, in milliseconds, came after a pause, not only under load. */
const latest = 50;

/**
 * Calls `onExceeded` once so many milliseconds have passed in which this process was awake. While all of it stands
 * still, since it was stopped (SIGSTOP), its container frozen or the machine suspended, nothing can be done, so that is
 * nobody's time. It does not keep the process alive.
 *
 * @returns cancels it
 * @example const cancel = startDeadline(30_000, () => worker.end())
 */
export function startDeadline(milliseconds: number, onExceeded: () => void): () => void {
  const between = Math.min(Math.max(milliseconds / looks, shortestLook), longestLook);
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const due = Math.min(left, between);
    const begun = performance.now();
    const used = process.cpuUsage();
    timer = setTimeout(() => {
      const passed = performance.now() - begun;
      left -= passed > 2 * due + latest ? awake(passed, due, used) : passed;
      if (left < 1) onExceeded();
      else wait();
    }, due).unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/**
 * How much of a time counts that was longer than it should be: what this process computed. Where it did next to
 * nothing it stood still, nobody knows from when on: half of what was due counts, so that a main thread that is always
 * late does not put a deadline off for good.
 */
function awake(passed: number, due: number, used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used);
  return Math.min(passed, Math.max(due / 2, (user + system) / 1_000));
}
