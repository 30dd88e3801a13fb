import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { type Outcome, outcome, startMessenger } from './messenger.ts';

/** One line of `simulate --json`. */
export interface SimulationEvent {
  event: string;
  from: { name: string; bot: boolean };
  body: string;
  [more: string]: unknown;
}

/** The events of a simulation behind its opening: what the system says, and what was attached by itself. */
export function conversationOf(stdout: string): SimulationEvent[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  const events: SimulationEvent[] = lines.map((line) => JSON.parse(line));
  const spoken = events.filter(({ event, type = 0 }) => event !== 'message' || type === 0);
  const opening = spoken.findLastIndex(
    ({ event, body }) => event === 'notice' && /^(?:Bots are on|Attached to) /.test(body),
  );
  return spoken.slice(opening + 1);
}

/** A running `messenger simulate --json`: lines go in, events come out. Killed at the end if it still runs. */
export class Simulation {
  readonly events: SimulationEvent[] = [];
  readonly ended: Promise<Outcome>;
  readonly process: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(folder: string, words: readonly string[] = []) {
    this.process = startMessenger(folder, ['simulate', '--json', '--as', 'Ada', ...words]);
    this.ended = outcome(this.process);
    if (this.process.stdout === null) throw new Error('the process has no output');
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.events.push(JSON.parse(line));
      for (const tell of this.#waiting) tell();
    });
    void this.ended.then(() => {
      for (const tell of this.#waiting) tell();
    });
    onTestFinished(async () => {
      this.process.kill('SIGKILL');
      await this.ended;
    });
  }

  /** Types a line. */
  type(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  /** Resolves with the first event, also an earlier one, that has these fields; rejects when there comes none. */
  async until(fields: Partial<SimulationEvent>): Promise<SimulationEvent> {
    for (;;) {
      const found = this.events.find((event) => hasFields(event, fields));
      if (found) return found;
      const { exitCode, signalCode } = this.process;
      if (exitCode !== null || signalCode !== null) {
        throw new Error(`it ended before ${JSON.stringify(fields)}: ${JSON.stringify(this.events)}`);
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
      this.#waiting.clear();
    }
  }

  /** Ends the input and waits for the end of the process. */
  async end(): Promise<Outcome> {
    this.process.stdin?.end();
    return this.ended;
  }

  /** Ends the process with a signal and waits until it is gone. */
  async kill(signal: NodeJS.Signals): Promise<Outcome> {
    this.process.kill(signal);
    return this.ended;
  }

  /** What the bots wrote. */
  get answers(): string[] {
    return this.events.filter(({ event, from }) => event === 'message' && from.bot).map(({ body }) => body);
  }
}

const hasFields = (event: SimulationEvent, fields: Partial<SimulationEvent>): boolean =>
  Object.entries(fields).every(([name, value]) => event[name] === value);
