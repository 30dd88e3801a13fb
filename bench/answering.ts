/**
 * How fast messages are answered, the whole way: stored, queued, matched, run, answer stored.
 *
 * `npm run bench -- answering [messages] [thread|process]`
 *
 * Prints messages answered a second, and milliseconds from sending one to the end of its run, for one group and for
 * eight, with one handler and with twenty in turn.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, openApp } from '../src/app.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { attachHandler } from '../src/services/bots/playground.ts';
import { sendMessage } from '../src/services/messages/send-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../src/services/users/people.ts';
import { exactBot, posting } from '../test/support/bot-source.ts';
import { quantile } from './support/figures.ts';

const total = Number(process.argv[2] ?? 400);
const isolation = process.argv[3] ?? 'thread';
const warmUp = 40;

/** A folder with so many handlers, each in a file of its own, that answer `!1`, `!2` and so on. */
function makeWorkspace(handlers: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-answering-'));
  mkdirSync(path.join(folder, 'bots'));
  for (let number = 1; number <= handlers; number++) {
    const source = exactBot(`Bot${number}`, `!${number}`, posting(`'answer ${number}'`));
    writeFileSync(path.join(folder, 'bots', `Bot${number}.ts`), source);
  }
  const config = { bots: { enabled: true, isolation } };
  writeFileSync(path.join(folder, 'messenger.config.mjs'), `export default ${JSON.stringify(config)};`);
  return folder;
}

async function makeGroups(app: App, count: number, handlers: number) {
  const person = await ensureUser(app, 'Ada');
  const groups: string[] = [];
  for (let number = 1; number <= count; number++) {
    const thread = await ensureGroup(app, `Group ${number}`, { chatBots: true });
    await ensureParticipant(app, { thread, user: person, admin: true });
    for (let bot = 1; bot <= handlers; bot++)
      await attachHandler(app, { thread, user: person, handler: `bot${bot}`, params: {} });
    groups.push(thread.id);
  }
  return { person, groups };
}

/** Sends messages, in each group the next one when the last is answered, and returns how long each took. */
async function answerAll(app: App, handlers: number, made: Awaited<ReturnType<typeof makeGroups>>) {
  const handled = new Map<string, () => void>();
  app.events.on('BotActionHandled', ({ message }) => handled.get(message.threadId)?.());
  app.events.on('BotActionFailed', ({ error }) => {
    console.error(`a run failed: ${error.message}`);
    process.exit(1);
  });
  let sent = 0;
  const times: number[] = [];
  const ask = async (group: string): Promise<void> => {
    const begun = performance.now();
    const done = new Promise<void>((resolve) => handled.set(group, resolve));
    await sendMessage(app, {
      threadId: group,
      sender: made.person,
      outgoing: { body: `!${(sent % handlers) + 1}` },
    });
    await done;
    times.push(performance.now() - begun);
  };
  const askUntil = async (count: number): Promise<void> => {
    await Promise.all(
      made.groups.map(async (group) => {
        while (sent++ < count) await ask(group);
      }),
    );
  };
  await askUntil(warmUp);
  times.length = 0;
  sent = 0;
  const begun = performance.now();
  await askUntil(total);
  return { seconds: (performance.now() - begun) / 1000, times };
}

async function measure(groups: number, handlers: number): Promise<void> {
  const folder = makeWorkspace(handlers);
  const app = await openApp({ workspace: findWorkspace(folder), botsEnabled: true });
  const made = await makeGroups(app, groups, handlers);
  app.answer();
  await app.preload();
  const { seconds, times } = await answerAll(app, handlers, made);
  const at = (share: number) => quantile(times, share).toFixed(1);
  console.log(
    `${groups} groups, ${handlers} handlers: ${(times.length / seconds).toFixed(0)} messages a second, ` +
      `${at(0.5)} ms at the median, ${at(0.95)} ms for 95%`,
  );
  await app.close();
  rmSync(folder, { recursive: true });
}

for (const [groups, handlers] of [
  [1, 1],
  [8, 1],
  [1, 20],
  [8, 20],
] as const)
  await measure(groups, handlers);
