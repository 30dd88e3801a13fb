import { isMainThread, parentPort } from 'node:worker_threads';
import { guardProcessKill } from '../../../src/sandbox/guard-process-kill.ts';

/*
 * A worker, thread or process, that tries to end what it must not, and says what it was told.
 */
const { pid, ppid } = process;
guardProcessKill();

function attempt(target: number, signal: NodeJS.Signals | 0 = 'SIGWINCH'): string {
  try {
    return String(process.kill(target, signal));
  } catch (error) {
    return String(error);
  }
}

const said = {
  parent: attempt(ppid),
  parentGroup: attempt(-ppid),
  everything: attempt(-1),
  group: attempt(0),
  first: attempt(1),
  self: isMainThread ? 'not tried' : attempt(pid),
  question: attempt(ppid, 0),
  nobody: attempt(2 ** 22 + 1),
};
if (parentPort) parentPort.postMessage(said);
else process.send?.(said);
