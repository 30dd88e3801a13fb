import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type App, openApp } from '../../src/app.ts';
import { newId } from '../../src/base/ids.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { askStatus } from '../../src/daemon/control-client.ts';
import { findDaemon } from '../../src/daemon/info.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { botSource, posting } from '../../test/support/bot-source.ts';
import { BenchPerson, type BenchSeat } from './bench-person.ts';

/** The text that is answered is `!ask NUMBER`, and the answer is `answer NUMBER`. */
const handler = botSource('Answerer', posting("this.message.body.replace('!ask', 'answer')"), {
  settings: "match: 'starts:with',",
});

/** What `messenger serve --json` prints when it is ready. */
export interface Ready {
  url: string;
  realtime: { url: string; key: string };
}

/** Creates a workspace without limits on requests. */
export function makeWorkspace(bots: object): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
  const config = {
    bots,
    http: { port: 0, rateLimits: { api: 0, message: 0 } },
    logs: { level: 'error' },
  };
  writeFileSync(path.join(folder, 'messenger.config.mjs'), `export default ${JSON.stringify(config)};`);
  return folder;
}

/** Starts the daemon of a workspace. */
export async function serve(folder: string): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = spawn(process.execPath, [packageFile('bin/messenger.js'), 'serve', '--json', '--quiet'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, ready: JSON.parse(line) };
}

/** Stops a daemon and removes its workspace. */
export async function stop(child: ChildProcess, folder: string): Promise<void> {
  const exit = once(child, 'exit');
  child.kill();
  await exit;
  rmSync(folder, { recursive: true });
}

/** What a daemon is started with. */
interface BenchSetting {
  groups: number;
  /** How many actions the bot of each group has, of which one answers. */
  actions: number;
  /** Puts more into the database before the daemon starts. */
  fill?: (file: string, seats: readonly BenchSeat[]) => void;
}

/** A real daemon in a workspace of its own, with a person and a bot in each of its groups. */
export class BenchDaemon {
  readonly people: readonly BenchPerson[];
  readonly #folder: string;
  readonly #process: ChildProcess;

  static async start({ groups, actions, fill }: BenchSetting): Promise<BenchDaemon> {
    const folder = makeWorkspace({ enabled: true, concurrency: 16 });
    mkdirSync(path.join(folder, 'bots'));
    writeFileSync(path.join(folder, 'bots', 'Answerer.ts'), handler);
    const seats = await makeSeats(folder, groups, actions);
    fill?.(findWorkspace(folder).database, seats);
    const { child, ready } = await serve(folder);
    const people = await Promise.all(seats.map((seat) => BenchPerson.connect(ready, seat)));
    return new BenchDaemon(folder, child, people);
  }

  private constructor(folder: string, child: ChildProcess, people: readonly BenchPerson[]) {
    this.#folder = folder;
    this.#process = child;
    this.people = people;
  }

  get database(): string {
    return findWorkspace(this.#folder).database;
  }

  /** The memory of the daemon's main process, in megabytes. */
  async memory(): Promise<number> {
    const info = findDaemon(findWorkspace(this.#folder));
    if (info === undefined) throw new Error('The daemon is not running.');
    return (await askStatus(info)).memory.rss / 2 ** 20;
  }

  async stop(): Promise<void> {
    for (const person of this.people) person.close();
    await stop(this.#process, this.#folder);
  }
}

async function makeSeats(folder: string, groups: number, actions: number): Promise<BenchSeat[]> {
  const app = await openApp({ workspace: findWorkspace(folder) });
  const seats: BenchSeat[] = [];
  for (let number = 1; number <= groups; number++) {
    const user = await ensureUser(app, `Person ${number}`);
    const { token } = await makeToken(app, user.name);
    const thread = await ensureGroup(app, `Group ${number}`, { chatBots: true });
    await ensureParticipant(app, { thread, user, admin: true });
    const params = { match: 'starts:with', triggers: '!ask' };
    const action = await attachHandler(app, { thread, user, handler: 'answerer', params });
    await addActions(app, thread.id, action, actions - 1);
    seats.push({ token, userId: user.id, threadId: thread.id });
  }
  await app.close();
  return seats;
}

/** Stores actions with other triggers, all at once: attaching each would take longer than what is measured. */
async function addActions(
  app: App,
  threadId: string,
  action: Awaited<ReturnType<typeof attachHandler>>,
  count: number,
): Promise<void> {
  await app.store.transaction(async (transaction) => {
    for (let number = 1; number <= count; number++)
      await transaction.bots.insertAction({ ...action, id: newId(), triggers: `!other${number}` });
    await transaction.threads.botsChanged(threadId);
  });
}
