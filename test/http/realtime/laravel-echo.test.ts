import Echo from 'laravel-echo';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { exactBot } from '../../support/bot-source.ts';
import { Live } from '../../support/live.ts';
import { pusherModule } from '../../support/pusher.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';

const wavingBot = exactBot(
  'Waving',
  '!hello',
  `
    await this.composer().emitTyping();
    await this.composer().message('Hello, ' + this.message.owner.name);
    await this.composer().reaction(this.message, '👋');
  `,
);

const atEnd = endAfterAll();
let live: Live;
beforeAll(async () => {
  live = await Live.open({ 'WavingBot.ts': wavingBot }, atEnd);
  await live.testServer.testGroup.attach('waving');
});

/** The real client, set up as docs/realtime.md says. */
function echoOf(authorization = 'Bearer nobody.nothing'): Echo<'pusher'> {
  const { url, realtime } = live.testServer.server;
  const echo = new Echo({
    broadcaster: 'pusher',
    Pusher: pusherModule,
    key: realtime.key,
    cluster: '',
    wsHost: '127.0.0.1',
    wsPort: Number(new URL(url).port),
    forceTLS: false,
    enabledTransports: ['ws'],
    authEndpoint: `${url}/api/broadcasting/auth`,
    auth: { headers: { Authorization: authorization } },
  });
  onTestFinished(() => echo.disconnect());
  return echo;
}

interface Said {
  body: string;
  owner: { name: string; provider_alias: string };
}

test('sees the bot type, its message and its reaction', async () => {
  const { testServer } = live;
  const echo = echoOf(testServer.login('admin').authorization);
  const told: string[] = [];
  const done = new Promise<void>((resolve) => {
    echo
      .private(`messenger.user.${testServer.users.get('admin')?.id}`)
      .listen('.new.message', ({ body, owner }: Said) => told.push(`${owner.provider_alias} says ${body}`))
      .listen('.reaction.added', ({ message }: { message: Said }) => {
        told.push(`a reaction to ${message.body}`);
        resolve();
      });
  });
  const room = echo.join(`messenger.thread.${testServer.thread.id}`);
  const here = await new Promise<Array<{ name: string }>>((resolve) => room.here(resolve));
  expect(here.map(({ name }) => name)).toEqual(['Ada']);
  room
    .listenForWhisper('typing', (who: { name: string; provider_alias: string }) =>
      told.push(`${who.provider_alias} ${who.name} types`),
    )
    .listen('.reaction.added', ({ reaction, owner }: Said & { reaction: string }) =>
      told.push(`${owner.provider_alias} reacts ${reaction}`),
    );
  await testServer.call('POST', `/threads/${testServer.thread.id}/messages`, {
    message: '!hello',
    temporary_id: '1',
  });
  await done;
  expect(told).toEqual([
    'user says !hello',
    'bot LoungeBot types',
    'bot says Hello, Ada',
    'bot reacts :wave:',
    'a reaction to !hello',
  ]);
});

test('people see each other come, type and go', async () => {
  const { testServer } = live;
  const [ada, paula] = [
    echoOf(testServer.login('admin').authorization),
    echoOf(testServer.login('participant').authorization),
  ];
  const [mine, theirs] = [ada, paula].map((echo) => echo.join(`messenger.thread.${testServer.thread.id}`));
  if (mine === undefined || theirs === undefined) throw new Error('Nobody joined.');
  const came = new Promise<{ name: string }>((resolve) => mine.joining(resolve));
  expect((await came).name).toBe('Paula');
  const typed = new Promise((resolve) => mine.listenForWhisper('typing', resolve));
  await new Promise((resolve) => theirs.subscribed(() => resolve(null)));
  theirs.whisper('typing', { name: 'Paula' });
  expect(await typed).toEqual({ name: 'Paula' });
  const left = new Promise<{ name: string }>((resolve) => mine.leaving(resolve));
  paula.leave(`messenger.thread.${testServer.thread.id}`);
  expect((await left).name).toBe('Paula');
});

test('a guest is told that there is nothing to hear', async () => {
  const error = await new Promise<{ status: number }>((resolve) => {
    echoOf().join(`messenger.thread.${live.testServer.thread.id}`).error(resolve);
  });
  expect(error.status).toBe(401);
});
