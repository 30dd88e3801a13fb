import { isMainThread } from 'node:worker_threads';

const { keys } = Object;
const { cwd, umask, eventNames, rawListeners } = process;

/** Watches what belongs to the whole process or worker: its environment, current folder and listeners. */
export class ProcessWatch {
  #environment: ReadonlyArray<[name: string, value: string | undefined]> = [];
  #folder = '';
  #mask = 0;
  #title = '';
  #stdout: unknown;
  #stderr: unknown;
  #listeners = new Map<string | symbol, readonly unknown[]>();

  remember(): void {
    this.#environment = Object.entries(process.env);
    this.#folder = cwd();
    this.#mask = ownMask();
    this.#title = process.title;
    this.#stdout = process.stdout.write;
    this.#stderr = process.stderr.write;
    this.#listeners = new Map(
      eventNames.call(process).map((name) => [name, rawListeners.call(process, name)]),
    );
  }

  /** What has changed; undefined for nothing. */
  find(): string | undefined {
    const variable = this.#findVariable();
    if (variable !== undefined) return `process.env.${variable}`;
    if (cwd() !== this.#folder) return 'the working directory (process.chdir)';
    if (ownMask() !== this.#mask) return 'process.umask';
    if (process.title !== this.#title) return 'process.title';
    if (process.stdout.write !== this.#stdout) return 'process.stdout.write';
    if (process.stderr.write !== this.#stderr) return 'process.stderr.write';
    const event = this.#findEvent();
    return event && `the listeners of process for ${String(event)}`;
  }

  #findVariable(): string | undefined {
    const { env } = process;
    for (const [name, value] of this.#environment) if (env[name] !== value) return name;
    const names = keys(env);
    if (names.length === this.#environment.length) return undefined;
    return names.find((name) => !this.#environment.some(([known]) => known === name));
  }

  #findEvent(): string | symbol | undefined {
    const names = eventNames.call(process);
    for (const name of names) {
      const known = this.#listeners.get(name);
      const now = rawListeners.call(process, name);
      if (now.length !== known?.length || now.some((listener, index) => listener !== known[index]))
        return name;
    }
    return names.length === this.#listeners.size
      ? undefined
      : [...this.#listeners.keys()].find((name) => !names.includes(name));
  }
}

/** Reading the umask means setting it for a moment, which only a process may do, not a thread. */
const ownMask = (): number => (isMainThread ? umask() : 0);
