import { describe, expect, test } from 'vitest';
import { type EventLine, formatLine } from '../../src/simulate/event-lines.ts';
import type { LinesAccess, Login } from '../../src/simulate/host.ts';
import { LinesSession } from '../../src/simulate/lines-session.ts';
import { commands } from '../../src/simulate/table.ts';
import { type Answers, FakeApi, Refused } from '../support/fake-api.ts';
import { aMessageJson } from '../support/message-json.ts';
import { noRecording } from '../support/no-recording.ts';

const ada: Login = { id: 'ada', name: 'Ada', token: 'of Ada' };

/** A simulation whose API answers from a table, with what was requested, printed and asked of the host. */
async function open(answers: Answers = {}) {
  const asked: string[] = [];
  const { url, written: requests } = await FakeApi.open(answers);
  const interruption = new AbortController();
  const host: LinesAccess = {
    address: { url, realtime: { url: '', key: '' } },
    signal: interruption.signal,
    locate: async () => host.address,
    located: async () => {},
    reconnect: async () => false,
    login: async (name) => {
      asked.push(`login ${name}`);
      return { id: name.toLowerCase(), name, token: `of ${name}` };
    },
    join: async (threadId, name) => void asked.push(`join ${threadId} ${name}`),
    reload: async () => '',
    handlers: async () => [],
    clock: async () => ({ time: '', frozen: false, moved: 0 }),
    ...noRecording,
  };
  const printed: EventLine[] = [];
  const screen = { hidesOutput: false, rings: false, print: (line: EventLine) => void printed.push(line) };
  const session = new LinesSession(host, screen, { owner: ada, threadId: 'home' });
  /** Runs lines, and returns what the last one printed. */
  const type = async (...lines: string[]) => {
    for (const line of lines) {
      printed.length = 0;
      await session.handle(line);
    }
    return printed.map(formatLine);
  };
  return { session, screen, requests, asked, printed, type, interruption };
}

describe('a line', () => {
  test.each(['', '   ', '\t\u00a0'])('of white space does nothing: %j', async (line) => {
    const { type, requests } = await open();
    expect([await type(line), requests]).toEqual([[], []]);
  });

  test('is sent as a message, whose event prints it', async () => {
    const { type, requests } = await open();
    expect(await type(' hi 漢 ')).toEqual([]);
    expect(requests).toEqual([
      expect.stringMatching(/^POST threads\/home\/messages \{"message":" hi 漢 ","temporary_id":/),
    ]);
  });

  test('may be a command, whose error is printed with its code', async () => {
    const { type, printed } = await open();
    await type('/react');
    expect(printed).toMatchObject([
      { event: 'error', error: { code: 'WRONG_USE', message: 'Usage: /react 👍' } },
    ]);
  });

  test('that the API rejects is an error without a code of ours, and the next line runs', async () => {
    const refused = new Refused(404, 'Unable to locate the thread you requested.');
    const { type, printed } = await open({ 'POST threads/home/knock-knock': refused });
    await type('/knock');
    expect(printed).toMatchObject([{ error: { code: 'REQUEST_FAILED', message: refused.message } }]);
    expect(printed[0]?.error).not.toHaveProperty('errors');
    expect(await type('/reply')).toEqual(['! There is no GET threads/home/messages.']);
  });

  test('is not run after an interruption', async () => {
    const { type, requests, interruption, session } = await open();
    interruption.abort();
    expect([await type('hi'), await type('/help'), await type('/quit')]).toEqual([[], [], []]);
    expect([requests, session.ended]).toEqual([[], false]);
  });
});

describe('a message that is rejected', () => {
  const tooLong = new Refused(422, 'Too long.', { message: ['Too long.'] });
  test('is answered with its length, where the API only says what is allowed', async () => {
    const { type } = await open({ 'POST threads/home/messages': tooLong, 'GET ': { messageSizeLimit: 3 } });
    expect(await type('😀😀😀😀')).toEqual([
      '! The message was not sent: it has 4 characters, and at most 3 are allowed.',
    ]);
  });

  test('for anything else has the message of the API, field by field', async () => {
    const { type } = await open({ 'POST threads/home/messages': tooLong, 'GET ': { messageSizeLimit: 9 } });
    expect(await type('😀')).toEqual(['! Too long.\n  message: Too long.']);
  });

  test('because of too many others waits, and is given up when the simulation ends', async () => {
    const { type, requests, printed, interruption } = await open({
      'POST threads/home/messages': new Refused(429, 'Too Many Attempts.'),
    });
    const done = type('hi');
    await expect.poll(() => printed.length).toBe(1);
    interruption.abort();
    expect(await done).toEqual(['· The daemon allows no more messages for now. This line waits.']);
    expect(requests.length).toBe(1);
  });
});

describe('who speaks', () => {
  test('is logged in once, whatever the name looks like, and joins the open group each time', async () => {
    const { type, asked, session } = await open();
    expect(await type('/as Bob')).toEqual(['· You speak as Bob.']);
    await type('/as Ada', '/as B\u200bob');
    expect(asked).toEqual(['login Bob', 'join home Bob', 'join home Ada', 'join home Bob']);
    expect(session.me).toBe('bob');
  });

  test('acts first, and then everybody else who is logged in', async () => {
    const { type, session } = await open();
    await type('/as Bob', '/as Cleo', '/as Bob');
    expect(session.clients.map(({ options }) => options.token)).toEqual(['of Bob', 'of Ada', 'of Cleo']);
  });

  test('does not manage the bots of the first group, which belong to who opened it', async () => {
    const { type, session } = await open({
      'GET threads/search?q=ops': { data: [{ id: 'other', name: 'ops' }] },
      'GET threads/other': { name: 'ops' },
    });
    await type('/as Bob');
    expect([session.client, session.manager].map(({ options }) => options.token)).toEqual([
      'of Bob',
      'of Ada',
    ]);
    expect(await type('/thread ops')).toEqual(['· You are in ops.']);
    expect([session.threadId, session.manager.options.token]).toEqual(['other', 'of Bob']);
  });
});

describe('messages that are looked at', () => {
  const page = {
    data: [aMessageJson({ id: 'new', owner: 'ada' }), aMessageJson({ id: 'old', owner: 'ada' })],
  };
  const answers = { 'GET threads/home/messages': page };

  test('are the newest, oldest first', async () => {
    const { session } = await open(answers);
    expect((await session.messages()).map(({ id }) => id)).toEqual(['old', 'new']);
  });

  test('are replied to and changed only with a text', async () => {
    const { type, requests } = await open(answers);
    expect(await type('/reply')).toEqual(['! Usage: /reply TEXT']);
    expect(await type('/edit')).toEqual(['! Usage: /edit TEXT']);
    expect(requests).toEqual([]);
    expect(await type('/edit better')).toEqual(['· The message was changed.']);
    expect(await type('/reply sure')).toEqual([]);
    expect(requests).toEqual([
      'PUT threads/t/messages/new {"message":"better"}',
      expect.stringMatching(/^POST threads\/home\/messages .*"reply_to_id":"new"\}$/),
    ]);
  });
});

test('/help has every command on a line of its own, with all summaries in one column', async () => {
  const { type } = await open();
  const [help = ''] = await type('/help');
  const lines = help.split('\n').map((line) => line.slice(2));
  expect(lines.length).toBe(commands.length + 1);
  const columns = commands.map(({ summary }, index) => lines[index]?.indexOf(`  ${summary}`));
  expect(new Set(columns).size).toBe(1);
});

test('/logs switches what handlers print, and /quit ends', async () => {
  const { type, screen, session } = await open();
  expect(await type('/logs')).toEqual(['· What handlers print is hidden from now on.']);
  expect(screen.hidesOutput).toBe(true);
  expect(await type('/logs')).toEqual(['· What handlers print is shown from now on.']);
  expect([screen.hidesOutput, session.ended]).toEqual([false, false]);
  await type('/quit');
  expect(session.ended).toBe(true);
});
