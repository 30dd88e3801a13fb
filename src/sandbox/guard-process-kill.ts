import { isMainThread } from 'node:worker_threads';

/**
 * Keeps handlers from killing the daemon, the process they share with other handlers, and process groups that
 * are not their own. The attempt throws an error that names the line. A handler may kill processes that it
 * started. This prevents accidents; it does not stop malicious code.
 *
 * @param protectedPids processes to protect besides this process's parent
 */
export function guardProcessKill(protectedPids: readonly number[] = []): void {
  const { kill, ppid, pid } = process;
  const protectedReasons = new Map([
    [ppid, 'the process of messenger that started this handler'],
    ...protectedPids.map((each) => [each, 'a process of messenger'] as const),
    [1, 'the first process of the machine'],
    // A thread shares its process with other handlers.
    ...(isMainThread ? [] : ([[pid, 'the process that runs this handler and others']] as const)),
  ]);
  process.kill = (target, signal) => {
    const number = Number(target);
    const reason = protectedReasons.get(Math.abs(number)) ?? reasonAgainst(number);
    if (reason === undefined || signal === 0) return kill.call(process, target, signal);
    throw new Error(
      `A handler may not end ${reason} (process.kill(${target})). It may end what it has started itself, and it ends by returning.`,
    );
  };

  function reasonAgainst(target: number): string | undefined {
    // Node's own check rejects non-numbers.
    if (Number.isNaN(target) || target > 0) return undefined;
    if (target === -pid && isMainThread) return undefined;
    return target === 0 ? 'its whole group of processes' : 'a group of processes';
  }
}
