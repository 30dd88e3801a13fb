import { randomInt } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app.ts';
import { MovableClock } from '../../base/clock.ts';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { createRedactor, minLength, secretValues } from '../../base/redact.ts';
import { systemFailure } from '../../base/system-error.ts';
import type { ClockChange, ClockState } from '../../domain/clock-state.ts';
import type { NamedEvent } from '../../domain/event.ts';
import { clearCooldowns } from '../../services/answering/clear-cooldowns.ts';
import { advance } from '../../services/clock/advance.ts';
import { recordNetwork } from '../../services/outside/record-network.ts';
import type { Recording } from '../../simulate/host.ts';
import { describeSetup, type GroupSetup } from '../../transcripts/describe-setup.ts';
import { type HttpExchange, keptExchange, writeExchanges } from '../../transcripts/http-exchange.ts';
import { httpFileOf } from '../../transcripts/http-file.ts';
import { Recorder } from '../../transcripts/recorder.ts';
import { assertNewRecording } from './new-recording.ts';

/** Milliseconds after a change within which it is in the file. */
const writeDelay = 250;

/** The step of the clock while a chat is recorded. Shorter times are not worth a line of the transcript. */
const step = 1_000;

/** How a chat is recorded. */
interface RecordingOptions {
  /** As it was named. */
  file: string;
  threadId: string;
}

/** A chat that is being recorded into a file. The file is complete after each answer. */
export class ChatRecording implements Recording {
  readonly file: string;
  readonly threadId: string;
  readonly #disposables = new DisposableStack();
  readonly #exchanges: HttpExchange[] = [];
  #recorder: Recorder | undefined;
  #timer: NodeJS.Timeout | undefined;
  #steps: ClockSteps | undefined;

  /**
   * Records a chat of a daemon of this process: with its seed, its HTTP answers and its time.
   *
   * @throws WRONG_USE when the file exists; SYSTEM_REFUSED
   */
  static async ofApp(app: App, options: RecordingOptions): Promise<ChatRecording> {
    const recording = new ChatRecording(options);
    await recording.#followApp(app);
    return recording;
  }

  /**
   * Records a chat of a daemon of another process.
   *
   * @param start what the group is at the start, and what must not be written
   * @param follow calls a function with its events from now on; returns how to end that
   * @throws WRONG_USE when the file exists; SYSTEM_REFUSED
   */
  static async ofDaemon(
    options: RecordingOptions,
    start: { setup: GroupSetup; secrets: readonly string[] },
    follow: (onEvent: (named: NamedEvent) => void) => Promise<() => Promise<void>>,
  ): Promise<ChatRecording> {
    const recording = new ChatRecording(options);
    const began = performance.now();
    const elapsed = () => Math.floor((performance.now() - began) / step) * step;
    const recorder = recording.#begin({ ...start, seed: undefined, elapsed, isStepped: false });
    recording.#disposables.defer(await follow((named) => recorder.event(named)));
    return recording;
  }

  private constructor({ file, threadId }: RecordingOptions) {
    this.file = file;
    this.threadId = threadId;
    assertNewRecording(file);
    createFile(file);
    // However the process ends, the file has everything.
    const write = () => this.#write();
    process.on('exit', write);
    this.#disposables.defer(() => {
      process.off('exit', write);
      clearTimeout(this.#timer);
      write();
    });
  }

  command(who: string, line: string): () => void {
    return this.#recorder?.command(who, line) ?? (() => {});
  }

  /** Resolves once the bots have nothing to do and wait for nothing, not even for the time to pass. */
  async settled(signal: AbortSignal): Promise<void> {
    await this.#steps?.settled(signal);
  }

  /** While a chat is recorded its clock goes in steps. Lets people freeze it, and returns what they see of it. */
  clockChanged({ to }: ClockChange, state: ClockState): ClockState {
    if (this.#steps === undefined) return state;
    if (to === 'freeze') this.#steps.hold();
    if (to === 'resume') this.#steps.release();
    return { ...state, frozen: this.#steps.isHeld };
  }

  /** Ends the recording. Returns what was recorded, in words. */
  async close(): Promise<string> {
    await this.#disposables.dispose();
    return `Recorded in ${this.file}.`;
  }

  async #followApp(app: App): Promise<void> {
    const { threadId } = this;
    const seed = randomInt(1_000_000);
    const secrets = secretsOf(app);
    const hide = createRedactor(new Set(secrets));
    const network = recordNetwork((exchange) => {
      this.#exchanges.push(keptExchange(exchange, hide));
      this.#changed();
    });
    await clearCooldowns(app, { id: threadId });
    const setup = await describeSetup(app, { id: threadId });
    const { clock } = app;
    if (clock instanceof MovableClock) this.#steps = this.#disposables.use(new ClockSteps(clock, app));
    const start = clock.milliseconds();
    const elapsed = () => clock.milliseconds() - start;
    const recorder = this.#begin({ setup, seed, secrets, elapsed, isStepped: true });
    this.#disposables.defer(app.outside.use(threadId, { seed, network }));
    this.#disposables.defer(app.events.onAny((named) => recorder.event(named)));
  }

  #begin(options: Omit<ConstructorParameters<typeof Recorder>[0], 'threadId' | 'onChange'>): Recorder {
    const recorder = new Recorder({
      ...options,
      threadId: this.threadId,
      onChange: () => this.#changed(),
    });
    this.#recorder = recorder;
    this.#write();
    return recorder;
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, writeDelay);
  }

  #write(): void {
    if (this.#recorder) writeFileSync(this.file, this.#recorder.text());
    if (this.#exchanges.length > 0) writeFileSync(httpFileOf(this.file), writeExchanges(this.#exchanges));
  }
}

/** @throws SYSTEM_REFUSED */
function createFile(file: string): void {
  try {
    closeSync(openSync(path.resolve(file), 'wx'));
  } catch (error) {
    throw systemFailure(error, file) ?? error;
  }
}

/** Secrets of a workspace as they are, and as they stand in a URL. Short ones would hide ordinary words. */
export function secretsOf({ config }: App): string[] {
  const secrets = [...Object.values(config.keys), ...secretValues(process.env)];
  return [...secrets, ...secrets.map(encodeURIComponent)].filter((secret) => secret.length >= minLength);
}

/**
 * Lets a clock go in whole seconds, and only while bots have nothing to do. A replay can then do the same: what bots do
 * depends on nothing that is not in the transcript.
 */
class ClockSteps {
  readonly #context: { clock: MovableClock; queue: App['queue'] };
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> | undefined;

  /** A clock that stands still goes on doing so. */
  constructor(clock: MovableClock, { queue }: Pick<App, 'queue'>) {
    this.#context = { clock, queue };
    if (!clock.isFrozen) this.release();
  }

  /** Whether the clock stands still until somebody moves it. */
  get isHeld(): boolean {
    return this.#timer === undefined;
  }

  hold(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  release(): void {
    this.#context.clock.freeze();
    this.#timer ??= setInterval(() => this.#step(), step);
  }

  /** Resolves once the bots have nothing to do, and no handler waits for a step of the clock. */
  async settled(signal: AbortSignal): Promise<void> {
    const { clock, queue } = this.#context;
    for (;;) {
      await queue.idle();
      const isWaiting = clock.nextWake() !== undefined || (await queue.nextDue()) !== undefined;
      if (!isWaiting || this.isHeld || signal.aborted) return;
      await sleep(step, undefined, { signal }).catch(() => {});
      await this.#last;
    }
  }

  /** Lets the clock run again, if people have not frozen it. */
  async close(): Promise<void> {
    if (this.isHeld) return;
    this.hold();
    await this.#last;
    this.#context.clock.resume();
  }

  #step(): void {
    this.#last ??= advance(this.#context, step).finally(() => {
      this.#last = undefined;
    });
  }
}
