import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunError } from '../../../src/domain/run.ts';
import type { Thread } from '../../../src/domain/thread.ts';
import type { User } from '../../../src/domain/user.ts';
import { attachHandler } from '../../../src/services/bots/playground.ts';
import { reloadHandlers } from '../../../src/services/handlers/reload-handlers.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../../src/services/users/people.ts';
import { exactBot } from '../bot-source.ts';
import { markedProcesses } from '../processes.ts';
import { type AtEnd, temporaryFolder } from '../temporary-folder.ts';
import { TestGroup } from '../test-group.ts';
import type { HostileHandler, Isolation } from './handler.ts';

/** What a handler finds around it, each thing with the beginning of its hash. */
const world = `
  const { createHash } = await import('node:crypto');
  const modules = ['fs', 'fs/promises', 'http', 'module', 'events', 'dns', 'child_process', 'worker_threads'];
  const loaded = await Promise.all(modules.map(async (name) => [name, (await import('node:' + name)).default]));
  const found = Object.fromEntries(loaded);
  const text = Function.prototype.toString;
  // Set by the compiler, in the worker that happened to need it.
  const compilers = new Set(['prepareStackTrace', 'stackTraceLimit']);
  const members = (object) => Reflect.ownKeys(object).filter((key) => !compilers.has(key)).map((key) => {
    const { value, get } = Object.getOwnPropertyDescriptor(object, key);
    return String(key) + ' ' + typeof value + ' ' + [value, get].map((each) => typeof each === 'function' ? text.call(each).length : '');
  });
  const builtIn = { Object, Array, String, Map, Set, Promise, Function, Date, Error, RegExp, Buffer };
  const parts = {
    env: Object.entries(process.env).filter(([name]) => name !== 'MESSENGER_WORKER'), cwd: process.cwd(), argv: [process.argv.slice(2), process.execArgv],
    title: process.title, global: Reflect.ownKeys(globalThis).map(String), listeners: process.eventNames().map(String),
    umask: process.umask(), servers: found.dns.getServers(), sockets: found.http.globalAgent.maxSockets,
    shared: found.worker_threads.getEnvironmentData('hostile') ?? null, limit: Error.stackTraceLimit > 0, traces: String(Error.prepareStackTrace).includes('hostile'),
    composer: members(Object.getPrototypeOf(this.composer())), handler: members(Object.getPrototypeOf(Object.getPrototypeOf(this))),
    emitter: members(found.events.prototype), require: members(found.module.prototype), loaders: members(found.module._extensions),
    timers: [setTimeout, setInterval, setImmediate, queueMicrotask, structuredClone].map((each) => text.call(each).length),
    values: [JSON, Reflect, Math, console, Atomics].map(members), now: Date.now() > 1e12,
    frozen: Object.values(builtIn).map(({ prototype }) => Object.isFrozen(prototype)),
    chains: Object.values(builtIn).map(({ prototype }) => Reflect.ownKeys(Object.getPrototypeOf(prototype) ?? {}).length),
    ...Object.fromEntries(Object.entries(builtIn).map(([name, each]) => [name, [members(each), members(each.prototype)]])),
    ...Object.fromEntries(loaded.map(([name, module]) => [name, members(module)])),
  };
  const hash = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
  await this.composer().message(Object.entries(parts).map(([name, value]) => name + '=' + hash(value)).join(' '));`;

/** What came of one run of a hostile handler. */
interface Outcome {
  ended: string;
  error: RunError | null;
  /** What a handler in another group found afterwards. */
  world: string;
}

const hostile = (number: number): string => `Hostile${number}`;

/** Milliseconds after which a handler is stopped that is known not to end. */
const soon = 1_500;

/** Hostile handlers in one group, and one that says how the world is in another. */
export class HostileFixture {
  readonly testGroup: TestGroup;
  /** What the handler of the other group found before anything happened. */
  readonly clean: string;
  /** How long its answers took while a hostile handler ran, and while none did; milliseconds. */
  readonly times: { during: number[]; usual: number[] } = { during: [], usual: [] };
  readonly #handlers: readonly HostileHandler[];
  readonly #square: Thread;
  readonly #grace: User;
  readonly #mark: string;

  static async open(
    handlers: readonly HostileHandler[],
    isolation: Isolation,
    atEnd: AtEnd,
  ): Promise<HostileFixture> {
    const tools = temporaryFolder(atEnd);
    const fifo = path.join(tools, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const constants = `const MARK = ${JSON.stringify(tools)}; const FIFO = ${JSON.stringify(fifo)};\n`;
    const bots = handlers.map(([, handle, ends], number) => [
      `${hostile(number)}.ts`,
      `${constants}${exactBot(hostile(number), `go ${number}`, `await this.composer().message('begins');\n${handle}`, JSON.stringify(ends).includes('TIMEOUT') ? { members: `static override readonly timeout = ${soon};` } : {})}`,
    ]);
    const files = { ...Object.fromEntries(bots), 'Witness.ts': exactBot('Witness', 'look', world) };
    const testGroup = await TestGroup.open(files, { isolation, concurrency: 4 }, atEnd);
    // Many files are compiled at once: on a busy machine one may take longer than loading may.
    while (testGroup.app.catalogue.problems.length > 0) await reloadHandlers(testGroup.app, []);
    const square = await ensureGroup(testGroup.app, 'Square', { chatBots: true });
    const grace = await ensureUser(testGroup.app, 'Grace');
    await ensureParticipant(testGroup.app, { thread: square, user: grace, admin: true });
    await attachHandler(testGroup.app, { thread: square, user: grace, handler: 'witness', params: {} });
    for (const number of handlers.keys()) await testGroup.attach(hostile(number).toLowerCase());
    const fixture = new HostileFixture(testGroup, handlers, square, grace, tools, '');
    const clean = await fixture.#look('usual');
    return new HostileFixture(testGroup, handlers, square, grace, tools, clean);
  }

  private constructor(
    testGroup: TestGroup,
    handlers: readonly HostileHandler[],
    square: Thread,
    grace: User,
    mark: string,
    clean: string,
  ) {
    this.testGroup = testGroup;
    this.clean = clean;
    this.#handlers = handlers;
    this.#square = square;
    this.#grace = grace;
    this.#mark = mark;
  }

  /** Lets a handler do its worst, and looks at the world meanwhile and afterwards. */
  async run(name: string): Promise<Outcome> {
    const number = this.#handlers.findIndex(([each]) => each === name);
    const ended = this.#endOf(hostile(number).toLowerCase());
    const began = this.#answerIn(this.testGroup.thread.id);
    await this.testGroup.send('Ada', `go ${number}`);
    await Promise.race([began, ended]);
    await this.#look('during');
    const outcome = await ended;
    return { ...outcome, world: await this.#look('usual') };
  }

  /** What handlers have started and is still there, also a moment later; nothing, if all is well. */
  async left(): Promise<string[]> {
    for (let tries = 0; tries < 100; tries++) {
      const left = markedProcesses('MARK', this.#mark);
      if (left.length === 0) return [];
      await pause(50);
    }
    return markedProcesses('MARK', this.#mark).map(({ command }) => command);
  }

  #endOf(handler: string): Promise<Omit<Outcome, 'world'>> {
    const { events } = this.testGroup.app;
    return new Promise((resolve) => {
      const stops = [
        events.on('BotActionHandled', ({ action }) => {
          if (action.handler === handler) end({ ended: 'handled', error: null });
        }),
        events.on('BotActionFailed', ({ action, error }) => {
          if (action.handler === handler) end({ ended: error.code, error });
        }),
      ];
      const end = (outcome: Omit<Outcome, 'world'>) => {
        for (const stop of stops) stop();
        resolve(outcome);
      };
    });
  }

  /** The next thing a bot says in a thread. */
  #answerIn(threadId: string): Promise<string> {
    const { events } = this.testGroup.app;
    return new Promise((resolve) => {
      const stop = events.on('NewMessage', ({ message }) => {
        if (message.threadId !== threadId || message.owner.type !== 'bot') return;
        stop();
        resolve(message.body);
      });
    });
  }

  async #look(when: keyof HostileFixture['times']): Promise<string> {
    const answer = this.#answerIn(this.#square.id);
    const begun = performance.now();
    await sendMessage(this.testGroup.app, {
      threadId: this.#square.id,
      sender: this.#grace,
      outgoing: { body: 'look' },
    });
    const body = await answer;
    this.times[when].push(performance.now() - begun);
    return body;
  }
}
