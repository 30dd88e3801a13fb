import { type ChildProcess, fork } from 'node:child_process';
import { packageFile } from '../base/package-file.ts';
import type { Death, Enclosure, EnclosureListener, EnclosureOptions } from './enclosure.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { WorkerStart } from './protocol.ts';

/** What Node itself, our own code and the compiler need in a process of their own, in megabytes. */
const base = 128;

/**
 * Opens an enclosure that is a process of its own: it cannot reach the memory of this one, all its memory counts,
 * and the kernel ends it.
 */
export function openProcess(options: EnclosureOptions, listener: EnclosureListener): Enclosure {
  const child = start(options);
  let usedMemory = false;
  const kill = () => {
    // Once it is gone, its number may be somebody else's.
    if (child.exitCode === null && child.signalCode === null) killGroup(child);
  };
  const watch = new MemoryWatch(child.pid, (options.memory + base) * 1024, () => {
    usedMemory = true;
    kill();
  });
  const ended = deathOf(child).then((death) => {
    watch.stop();
    listener.onDeath(usedMemory ? { usedMemory } : death);
  });
  listen(child, listener);
  return {
    // What is sent while it dies is for nobody: its death is told.
    send: (message) => void (child.connected && child.send(message, () => {})),
    setBusy: (busy) => (busy ? watch.start() : watch.stop()),
    end: () => {
      kill();
      return ended;
    },
  };
}

function start({ workspace, memory, environment }: EnclosureOptions): ChildProcess {
  const start: WorkerStart = { workspace, parent: process.pid };
  return fork(packageFile('dist/sandbox/thread.js'), [JSON.stringify(start)], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${memory}`],
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl+C is for us alone, and what it starts ends with it.
    detached: true,
  });
}

function listen(child: ChildProcess, listener: EnclosureListener): void {
  child.on('message', (message) => listener.onMessage(message));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => listener.onRawText(text));
  }
}

/** Resolves when the process is gone and everything it said is heard. */
function deathOf(child: ChildProcess): Promise<Death> {
  let heapIsFull = false;
  child.stderr?.on('data', (text: string) => {
    heapIsFull ||= text.includes('heap out of memory');
  });
  return new Promise((resolve) => {
    child.once('error', (error) => child.pid === undefined && resolve({ error }));
    child.once('exit', (code, signal) => {
      killGroup(child);
      const death = causeOf(code, signal, heapIsFull);
      if (child.connected) child.once('disconnect', () => resolve(death));
      else resolve(death);
    });
  });
}

/** Node says so and aborts when its heap is full; a handler that calls `process.abort()` is ended by the same signal. */
function causeOf(code: number | null, signal: NodeJS.Signals | null, heapIsFull: boolean): Death {
  if (signal === 'SIGABRT' && heapIsFull) return { usedMemory: true };
  return signal === null ? { exitCode: code ?? 0 } : { signal };
}

/** Ends the process and what it has started; without groups (on Windows), the process alone. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
