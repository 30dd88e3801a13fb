import { describe, expect, test } from 'vitest';
import { createError } from '../../src/base/errors.ts';
import { toPlainError } from '../../src/sandbox/plain-error.ts';
import { type FromWorker, maxOpenRequests } from '../../src/sandbox/protocol.ts';
import { WorkerPort } from '../../src/sandbox/worker-port.ts';

type Request = Extract<FromWorker, { type: 'request' }>;

/** The port of a run, what it sends, and what it reports as too late. */
function open() {
  const sent: Request[] = [];
  const late: unknown[] = [];
  const port = new WorkerPort(
    'token',
    { message: 10, extra: 1 },
    {
      send: (message) => {
        if (message.type === 'request') sent.push(message);
      },
      onLate: (error) => late.push(error),
    },
  );
  const options = { botId: null, silent: false };
  return {
    port,
    sent,
    late,
    message: (body: string) => port.request('message', { ...options, body, replyToId: null, extra: null }),
    knock: () => port.request('knock', { ...options, ignoreTimeout: false }),
    bots: () => port.request('bots', null),
    answer: (id: number, value: unknown = null) => port.settle({ type: 'answer', token: 'token', id, value }),
    refuse: (id: number, error: Error) =>
      port.settle({ type: 'rejection', token: 'token', id, error: toPlainError(error, '/w') }),
    /** What was sent, as `id kind step`. */
    log: () => sent.map(({ id, kind, step }) => `${id} ${kind} ${step}`),
  };
}

const turn = () => new Promise(setImmediate);
const stateOf = async (promise: Promise<unknown>): Promise<string> =>
  Promise.race([promise.then(() => 'resolved').catch(() => 'rejected'), turn().then(() => 'pending')]);

describe('a request', () => {
  test('is sent at once, with an id, and a step if it changes something', () => {
    const { message, bots, knock, log } = open();
    void message('hi');
    void bots();
    void knock();
    expect(log()).toEqual(['1 message 1', '2 bots null', '3 knock 2']);
  });

  test('resolves with its own answer, in whatever order the answers come', async () => {
    const { bots, answer } = open();
    const both = [bots(), bots()];
    answer(2, ['second']);
    answer(1, ['first']);
    expect(await Promise.all(both)).toEqual([['first'], ['second']]);
  });

  test('rejects with the error of the daemon, which points to the call of the handler', async () => {
    const { message, refuse } = open();
    function handle() {
      return message('hi');
    }
    const sent = handle();
    refuse(1, createError('NOT_PERMITTED', 'Not authorized to send messages.'));
    await expect(sent).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      stack: expect.stringMatching(/at handle .*worker-port\.test\.ts/),
    });
  });

  test.each(['typing', 'stopTyping'] as const)(
    '%s of its own bot resolves without an answer, and the run does not end before it is answered',
    async (kind) => {
      const { port, answer, log } = open();
      await port.request(kind, { botId: null, silent: false });
      const closed = port.close();
      expect([log(), await stateOf(closed)]).toEqual([[`1 ${kind} null`], 'pending']);
      answer(1);
      expect(await stateOf(closed)).toBe('resolved');
    },
  );

  test('of its own bot in a loop lets everything else go on, and no more are open than others may be', async () => {
    const { port, sent, answer } = open();
    let hasFired = false;
    setTimeout(() => {
      hasFired = true;
    }, 0);
    let answered = 0;
    while (!hasFired || answered < 3 * maxOpenRequests) {
      await port.request('typing', { botId: null, silent: false });
      expect(sent.length - answered).toBeLessThanOrEqual(maxOpenRequests);
      if (sent.length - answered === maxOpenRequests) while (answered < sent.length) answer(++answered);
    }
    expect(hasFired).toBe(true);
  });

  test('of another bot, which may not exist, waits for the answer', async () => {
    const { port, refuse } = open();
    const typing = port.request('typing', { botId: 'gone', silent: false });
    expect(await stateOf(typing)).toBe('pending');
    refuse(1, createError('NOT_FOUND', 'bot', 'gone', 'this thread'));
    await expect(typing).rejects.toThrow('gone');
  });

  test('that is invalid rejects without being sent, but counts as a step', async () => {
    const { message, log } = open();
    await expect(message('x'.repeat(11))).rejects.toMatchObject({ code: 'EFFECT_REFUSED' });
    void message('hi');
    expect(log()).toEqual(['2 message 2']);
  });

  test('ignores an answer to another run, to no request, and a second one', async () => {
    const { port, message, answer } = open();
    const sent = message('hi');
    port.settle({ type: 'answer', token: 'another', id: 1, value: 'wrong' });
    answer(7, 'wrong');
    expect(await stateOf(sent)).toBe('pending');
    answer(1, 'right');
    answer(1, 'wrong');
    expect(await sent).toBe('right');
  });
});

describe('the order of requests', () => {
  const upload = {
    botId: null,
    silent: false,
    replyToId: null,
    extra: null,
    kind: 'image',
    name: 'a.png',
  } as const;

  type File = typeof upload & { bytes: Uint8Array<ArrayBuffer> };

  test('is that of the calls: one whose file is still being read holds up later ones, but not queries', async () => {
    const { port, message, bots, log, answer } = open();
    let read = (_: File): void => undefined;
    void port.request('upload', new Promise((resolve) => (read = resolve)));
    void message('later');
    void bots();
    await turn();
    expect(log()).toEqual(['3 bots null']);
    read({ ...upload, bytes: new Uint8Array(1) });
    await turn();
    expect(log()).toEqual(['3 bots null', '1 upload 1']);
    answer(1);
    await turn();
    expect(log()).toEqual(['3 bots null', '1 upload 1', '2 message 2']);
  });

  test('goes on when a file cannot be read, which may be known long before its turn', async () => {
    const { port, message, log, answer } = open();
    let read = (_: File): void => undefined;
    void port.request('upload', new Promise((resolve) => (read = resolve)));
    const failing = port.request('upload', Promise.reject(new Error('no such file')));
    void message('next');
    // Without a handler, the rejection would end the worker now.
    await turn();
    read({ ...upload, bytes: new Uint8Array(1) });
    await turn();
    answer(1);
    await expect(failing).rejects.toThrow('no such file');
    await turn();
    expect(log()).toEqual(['1 upload 1', '3 message 3']);
    void message('at once');
    expect(log()).toEqual(['1 upload 1', '3 message 3', '4 message 4']);
  });

  test('has a hundred open at most; the others follow one for one', async () => {
    const { message, sent, answer, log } = open();
    const all = Array.from({ length: maxOpenRequests + 2 }, () => message('hi'));
    await turn();
    expect(sent).toHaveLength(maxOpenRequests);
    answer(50);
    await turn();
    expect(log().at(-1)).toBe('101 message 101');
    answer(1);
    await turn();
    expect(log().at(-1)).toBe('102 message 102');
    expect(await stateOf(all[101] ?? Promise.resolve())).toBe('pending');
  });

  test('keeps what was asked for at the call, whatever the handler changes afterwards', async () => {
    const { port, message, sent, answer } = open();
    const extra = { list: [1] };
    for (let index = 0; index < maxOpenRequests; index++) void message('hi');
    void port.request('message', { botId: null, silent: false, body: 'last', replyToId: null, extra });
    extra.list.push(2);
    answer(1);
    await turn();
    expect(sent.at(-1)?.args).toMatchObject({ body: 'last', extra: { list: [1] } });
  });
});

describe('the end of a run', () => {
  test('waits for what was not awaited, and for what that begins', async () => {
    const { port, message, answer } = open();
    void message('one').then(() => message('two'));
    const closed = port.close();
    expect(await stateOf(closed)).toBe('pending');
    answer(1);
    expect([await stateOf(closed), port.ended]).toEqual(['pending', false]);
    answer(2);
    expect([await stateOf(closed), port.ended]).toEqual(['resolved', true]);
  });

  test('waits for a request that is rejected, and does not hide that', async () => {
    const { port, message, refuse } = open();
    const rejected = message('one');
    const closed = port.close();
    refuse(1, new Error('not now'));
    await expect(rejected).rejects.toThrow('not now');
    expect(await stateOf(closed)).toBe('resolved');
  });

  test('does not wait for a query without an answer, and reports that nobody awaits it', async () => {
    const { port, bots, late, answer } = open();
    void bots();
    void bots();
    answer(1);
    await port.close();
    expect(late).toEqual([expect.objectContaining({ code: 'FORGOTTEN_AWAIT' })]);
    expect(String(late[0])).toContain('composer() (bots)');
  });

  test('rejects and reports every request after it, and sends none', async () => {
    const { port, message, late, sent } = open();
    await port.close();
    const error: unknown = await message('late').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'HANDLER_OUTSIDE_RUN' });
    expect([late.length, sent.length]).toEqual([1, 0]);
    expect([port.wasReported(error), port.wasReported(new Error('another'))]).toEqual([true, false]);
  });
});

test('bytes that cannot be transferred any more reject their request and leave room for the next', async () => {
  const port = new WorkerPort(
    'token',
    { message: 10, extra: 1 },
    {
      send: () => {
        throw new Error('the buffer is detached');
      },
      onLate: () => undefined,
    },
  );
  const request = () => port.request('knock', { botId: null, silent: false, ignoreTimeout: false });
  const all = await Promise.allSettled(Array.from({ length: maxOpenRequests * 2 }, request));
  const reasons = all.map((each) => each.status === 'rejected' && String(each.reason));
  expect(new Set(reasons)).toEqual(new Set([expect.stringContaining('the buffer is detached')]));
});
