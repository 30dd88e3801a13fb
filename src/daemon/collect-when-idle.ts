import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between checks. */
const checkInterval = 2_000;

/** Below this share of a processor a process counts as idle. */
const idleShare = 0.1;

/** After so many milliseconds of computing there is enough to collect. Collecting takes about 40. */
const worthwhile = 1_000;

/**
 * Collects garbage once after each burst of work, such as the start. V8 collects when it needs memory, which an idle
 * process does not: it would keep twice what it uses for as long as nothing happens.
 *
 * @param computed returns the milliseconds that this process has computed so far
 * @example disposables.use(collectWhenIdle());
 */
export function collectWhenIdle(computed = processorTime, collect = garbageCollector()): { close(): void } {
  let last = computed();
  let collectedAt = 0;
  const check = () => {
    const now = computed();
    const isIdle = now - last < checkInterval * idleShare;
    last = now;
    if (!isIdle || now - collectedAt < worthwhile) return;
    collect();
    collectedAt = computed();
    last = collectedAt;
  };
  const timer = setInterval(check, checkInterval).unref();
  return { close: () => clearInterval(timer) };
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The function that `--expose-gc` adds to new contexts. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collect;
}
