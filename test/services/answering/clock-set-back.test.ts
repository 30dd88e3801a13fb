import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../../src/app.ts';
import { MovableClock, timestamp } from '../../../src/base/clock.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { settingsOf } from '../../../src/config/settings.ts';
import { findWorkspace } from '../../../src/config/workspace.ts';
import { RateLimiter } from '../../../src/http/rate-limits.ts';
import { attachHandler } from '../../../src/services/bots/playground.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { createInvite } from '../../../src/services/threads/invites.ts';
import { inviteOfCode } from '../../../src/services/threads/join-by-invite.ts';
import { sendKnock } from '../../../src/services/threads/send-knock.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../../src/services/users/people.ts';
import { Online } from '../../../src/services/users/presence.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const hour = 3_600_000;
const minute = 60_000;

/** A time of the system that is set, and a clock over it. */
function settable() {
  let system = Date.now();
  return {
    clock: new MovableClock(() => system),
    set: (milliseconds: number) => {
      system += milliseconds;
    },
  };
}

/** A workspace whose clock can be set back, opened anew as often as asked. */
async function open(handler: string) {
  const { clock, set } = settable();
  const folder = temporaryFolder();
  writeFiles(folder, {
    'messenger.config.mjs': `export default { bots: { enabled: true, isolation: 'none', memory: 64, concurrency: 1 } };`,
    'bots/Act.ts': handler,
  });
  const workspace = findWorkspace(folder);
  let app = await openApp({ workspace, clock });
  onTestFinished(() => app.close());
  app.answer();
  const thread = await ensureGroup(app, 'Lounge', { chatBots: true });
  const ada = await ensureUser(app, 'Ada');
  await ensureParticipant(app, { thread, user: ada, admin: true });
  return {
    set,
    clock,
    thread,
    ada,
    app: () => app,
    restart: async () => {
      await app.close();
      app = await openApp({ workspace, clock });
      app.answer();
    },
    /** How many answers a message gets. */
    say: async () => {
      const before = (await app.store.messages.newest(thread.id, 99)).length;
      await sendMessage(app, { threadId: thread.id, sender: ada, outgoing: { body: 'hi' } });
      await app.queue.idle();
      return (await app.store.messages.newest(thread.id, 99)).length - before - 1;
    },
  };
}

const hello = exactBot('Act', 'hi', posting("'hello'"));

test.each([false, true])(
  'a cooldown of three seconds is over three seconds after the time was set back; after a restart: %s',
  async (isRestarted) => {
    const scene = await open(hello);
    await attachHandler(scene.app(), {
      thread: scene.thread,
      user: scene.ada,
      handler: 'act',
      params: { cooldown: 3 },
    });
    expect([await scene.say(), await scene.say()]).toEqual([1, 0]);
    scene.set(-hour);
    if (isRestarted) await scene.restart();
    scene.set(3_000);
    expect(await scene.say()).toBe(1);
    expect(await scene.say()).toBe(0);
    scene.set(3_000);
    expect(await scene.say()).toBe(1);
  },
);

test('a knock is possible again after its pause', async () => {
  const { app, thread, ada, set } = await open(hello);
  await sendKnock(app(), thread, ada);
  await expect(sendKnock(app(), thread, ada)).rejects.toThrow();
  set(-hour);
  set(5 * minute);
  await sendKnock(app(), thread, ada);
  await expect(sendKnock(app(), thread, ada)).rejects.toThrow();
});

test('an invite lasts as long as it was to, from the moment on at which it is seen to begin ahead', async () => {
  const { app, thread, ada, set, clock } = await open(hello);
  const { store } = app();
  const expiresAt = timestamp(clock.milliseconds() + 30 * minute);
  const owner = { type: 'user', id: ada.id } as const;
  const { code } = await store.transaction((transaction) =>
    createInvite(app(), { store: transaction, thread, owner, options: { expiresAt, codeEnding: '' } }),
  );
  const isGood = async () => (await inviteOfCode(app(), code))?.thread !== null;
  set(-hour);
  expect(await isGood()).toBe(true);
  set(29 * minute);
  expect(await isGood()).toBe(true);
  set(2 * minute);
  expect(await isGood()).toBe(false);
});

test('a run that waits to be tried again is tried at once', async () => {
  const failing = `const fs = await import('node:fs'); const file = new URL('../tried', import.meta.url);
    const isFirst = !fs.existsSync(file); fs.writeFileSync(file, '');
    if (isFirst) throw new Error('Not yet.'); ${posting("'done'")}`;
  const handler = exactBot('Act', 'hi', failing, { members: 'static override readonly retries = 1;' });
  const scene = await open(handler);
  const { app, thread, ada } = scene;
  await attachHandler(app(), { thread, user: ada, handler: 'act', params: {} });
  const {
    message: { id },
  } = await sendMessage(app(), { threadId: thread.id, sender: ada, outgoing: { body: 'hi' } });
  await expect
    .poll(async () => [...(await app().store.runs.ofMessage(id)).values()][0]?.status, { timeout: 30_000 })
    .toBe('waiting');
  // Less than a job may be ahead, and more than its pause.
  scene.set(-30_000);
  app().queue.wake();
  await app().queue.idle();
  expect((await app().store.messages.newest(thread.id, 1))[0]?.body).toBe('done');
});

test('rate windows, and who is online, are over after their own time', () => {
  const { clock, set } = settable();
  const requests = new RateLimiter(clock);
  const settings = settingsOf(configSchema.parse({ onlineStatus: { lifetime: 4 } }));
  const online = new Online({ clock, settings: () => settings });
  online.record('ada', false);
  expect([requests.count('ada', 1)?.retryAfter, requests.count('ada', 1)?.retryAfter]).toEqual([null, 60]);
  set(-hour);
  expect(requests.count('ada', 1)?.retryAfter).toBe(60);
  expect(online.of('ada').status).toBe(1);
  set(4 * minute);
  expect(requests.count('ada', 1)?.retryAfter).toBe(null);
  expect(online.of('ada').status).toBe(0);
});
