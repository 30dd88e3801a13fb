import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openApp } from '../../src/app.ts';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { botSource } from '../support/bot-source.ts';
import { startMessenger } from '../support/messenger.ts';
import { writeFiles } from '../support/temporary-folder.ts';

const preload = fileURLToPath(new URL('./preload.cjs', import.meta.url));

/** A group, and the token of the person who writes in it. */
export interface ChaosGroup {
  threadId: string;
  token: string;
}

/** Answers every message with two texts and a reaction, so that there is something to do twice or leave out. */
const echo = botSource(
  'Echo',
  `await this.composer().message('first ' + this.message.body);
   await this.composer().reaction(this.message, '👋');
   await this.composer().message('second ' + this.message.body);`,
  { settings: "match: 'any'" },
);

/** Where handlers run. */
export const isolations = ['thread', 'process'] as const;
export type Isolation = (typeof isolations)[number];

/** Writes the configuration of a workspace: its handlers run there from the next start of its daemon on. */
export function writeConfig(folder: string, isolation: Isolation): void {
  const config = {
    bots: { enabled: true, concurrency: 4, isolation },
    http: { port: 0, rateLimits: { api: 0, message: 0, attachment: 0 } },
  };
  writeFiles(folder, { 'messenger.config.mjs': `export default ${JSON.stringify(config)};` });
}

/** Makes a workspace in a folder with groups in which a bot answers everything. */
export async function createWorkspace(folder: string, groupCount: number, isolation: Isolation = 'thread') {
  writeFiles(folder, { 'bots/Echo.ts': echo });
  writeConfig(folder, isolation);
  const workspace = findWorkspace(folder);
  const app = await openApp({ workspace });
  const groups: ChaosGroup[] = [];
  for (let number = 1; number <= groupCount; number++) {
    const thread = await ensureGroup(app, `Group ${number}`, { chatBots: true });
    const person = await ensureUser(app, `Person ${number}`);
    await ensureParticipant(app, { thread, user: person, admin: true });
    await attachHandler(app, { thread, user: person, handler: 'echo', params: { cooldown: 0 } });
    groups.push({ threadId: thread.id, token: (await makeToken(app, person.name)).token });
  }
  await app.close();
  return { workspace, groups };
}

/** A daemon that may be told to die or to lose its sense of time. */
export interface Daemon {
  child: ChildProcess;
  url: string;
  ended: Promise<unknown>;
}

/** Starts a daemon; undefined when it died before it was ready. */
export async function startDaemon(
  { folder }: Workspace,
  fate: { CHAOS_KILL_AFTER?: string; CHAOS_CLOCK_BACK?: string; CHAOS_CLOCK_FILE?: string } = {},
): Promise<Daemon | undefined> {
  const child = startMessenger(folder, ['serve', '--json', '--quiet'], {
    ...fate,
    NODE_OPTIONS: `--require ${preload}`,
  });
  const ended = once(child, 'exit');
  const line = child.stdout && once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text));
  const ready = await Promise.race([line, ended.then(() => undefined)]);
  return ready ? { child, url: JSON.parse(ready).url, ended } : undefined;
}

/** What became of a message: it was taken, it was refused with a sentence, or nobody knows. */
export type Outcome = 'accepted' | 'unknown' | { status: number; message: string };

/** Sends a message; never throws. */
export async function send(url: string, { threadId, token }: ChaosGroup, body: string): Promise<Outcome> {
  try {
    const response = await fetch(`${url}/api/messenger/threads/${threadId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: body, temporary_id: body }),
    });
    const { message }: { message: string } = JSON.parse(await response.text());
    return response.status === 201 ? 'accepted' : { status: response.status, message };
  } catch {
    return 'unknown';
  }
}
