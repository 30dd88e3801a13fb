import { isMainThread } from 'node:worker_threads';

/**
 * Refuses what a handler must not end: the daemon, the process it shares with other handlers, groups of processes
 * that are not its own. Whoever tries is told so by an error, which names the line. What it has started itself, it
 * may end. This keeps mistakes from doing harm; whoever wants to do harm finds another way.
 *
 * @param protectedPids processes beside the parent of this one
 */
export function guardProcessKill(protectedPids: readonly number[] = []): void {
  const { kill, ppid, pid } = process;
  const refused = new Map([
    [ppid, 'the process of messenger that started this handler'],
    ...protectedPids.map((each) => [each, 'a process of messenger'] as const),
    [1, 'the first process of the machine'],
    // A thread shares its process with other handlers.
    ...(isMainThread ? [] : ([[pid, 'the process that runs this handler and others']] as const)),
  ]);
  process.kill = (target, signal) => {
    const number = Number(target);
    const reason = refused.get(Math.abs(number)) ?? reasonAgainst(number);
    if (reason === undefined || signal === 0) return kill.call(process, target, signal);
    throw new Error(
      `A handler may not end ${reason} (process.kill(${target})). It may end what it has started itself, and it ends by returning.`,
    );
  };

  function reasonAgainst(target: number): string | undefined {
    // Node's own check refuses what is no number.
    if (Number.isNaN(target) || target > 0) return undefined;
    if (target === -pid && isMainThread) return undefined;
    return target === 0 ? 'its whole group of processes' : 'a group of processes';
  }
}
