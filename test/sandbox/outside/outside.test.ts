import { describe, expect, test } from 'vitest';
import { createError } from '../../../src/base/errors.ts';
import type { HttpAnswer, HttpRequest, Outside } from '../../../src/domain/outside.ts';
import type { RequestListener } from '../../../src/sandbox/worker.ts';
import { handlerSource } from '../../support/handlers.ts';
import { rejection, TestSandbox } from '../../support/sandbox.ts';

const isolations = ['none', 'thread', 'process'] as const;

const fact: HttpAnswer = {
  status: 203,
  headers: { 'x-from': 'table' },
  body: Buffer.from('{"fact":"three hearts"}'),
};

const imports = ['http', 'https', 'net'].map((name) => `import ${name} from 'node:${name}';\n`).join('');

/** A handler that posts the value of an expression as JSON, and how to run it; its requests get an answer. */
function handlerFinding(
  value: string,
  { isolation = 'none' as (typeof isolations)[number], answer = async () => fact } = {},
) {
  const requests: HttpRequest[] = [];
  const posted: unknown[] = [];
  const body = `await this.composer().message(JSON.stringify(${value}) ?? 'undefined');`;
  const sandbox = new TestSandbox(
    { 'bots/Act.ts': imports + handlerSource('Act', '!go', body) },
    { isolation },
  );
  const onRequest: RequestListener = async (kind, _step, args: Record<string, unknown> & HttpRequest) => {
    if (kind === 'message') posted.push(JSON.parse(String(args.body)));
    else requests.push(args);
    return kind === 'message' ? null : answer();
  };
  const run = async (outside?: Outside) => {
    await sandbox.run('Act', { context: { outside }, onRequest });
    return posted.at(-1);
  };
  return { sandbox, requests, run };
}

const answered: Outside = { network: 'answered' };

describe.each(isolations)('with isolation %s', (isolation) => {
  test('a run with a seed has the same chance again, and another seed another', async () => {
    const { run } = handlerFinding('[Math.random(), Math.random()]', { isolation });
    const [first, again, other] = [
      await run({ seed: 'a' }),
      await run({ seed: 'a' }),
      await run({ seed: 'b' }),
    ];
    expect(first).toEqual([expect.any(Number), expect.any(Number)]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('a run without a seed has chance itself, also after one with a seed', async () => {
    const { run } = handlerFinding('Math.random()', { isolation });
    const seeded = await run({ seed: 'a' });
    expect([await run(), await run()]).not.toContain(seeded);
  });

  test('a request by fetch is answered by the daemon', async () => {
    const { run, requests } = handlerFinding(
      `await fetch('https://api.example.com/fact', { method: 'POST', headers: { 'X-Key': 'k' }, body: 'why' })
        .then(async (response) => [response.status, response.url, response.headers.get('x-from'), await response.json()])`,
      { isolation },
    );
    expect(await run(answered)).toEqual([
      203,
      'https://api.example.com/fact',
      'table',
      { fact: 'three hearts' },
    ]);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'https://api.example.com/fact',
        headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-key': 'k' },
        body: new Uint8Array(Buffer.from('why')),
        redirect: 'follow',
      },
    ]);
  });

  test.each(['http', 'https'])('a request by node:%s is answered by the daemon', async (protocol) => {
    const { run, requests } = handlerFinding(
      `await new Promise((resolve, reject) => {
        const request = ${protocol}.request('${protocol}://api.example.com/fact?q=1', { method: 'PUT' }, (response) => {
          let text = '';
          response.on('data', (chunk) => { text += chunk; });
          response.on('end', () => resolve([response.statusCode, response.headers['x-from'], text]));
        });
        request.on('error', reject);
        request.end('why');
      })`,
      { isolation },
    );
    expect(await run(answered)).toEqual([203, 'table', '{"fact":"three hearts"}']);
    expect(requests).toMatchObject([
      { method: 'PUT', url: `${protocol}://api.example.com/fact?q=1`, redirect: 'manual' },
    ]);
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toBe('why');
  });

  test('any other connection fails with its address', async () => {
    const { run } = handlerFinding(
      `await new Promise((resolve) => net.connect(5432, 'db.example.com').on('error', ({ code, message }) => resolve([code, message])))`,
      { isolation },
    );
    expect(await run(answered)).toEqual([
      'CONNECTION_REFUSED',
      expect.stringContaining('A connection to db.example.com:5432 was not opened'),
    ]);
  });
});

test.each([
  ["fetch('https://a.example/')", 'fetch'],
  ["new Promise((_, reject) => http.get('http://a.example/').on('error', reject))", 'node:http'],
])('a request without an answer fails with the reason: %s', async (request) => {
  const answer = async () =>
    Promise.reject(createError('REQUEST_UNANSWERED', 'GET', 'https://a.example/', 'Add it.'));
  const { run } = handlerFinding(`await ${request}`, { answer });
  expect(await rejection(run(answered) as Promise<unknown>)).toMatchObject({ code: 'REQUEST_UNANSWERED' });
});

test('a request ends when its signal aborts', async () => {
  const { run } = handlerFinding(
    "await fetch('https://a.example/', { signal: AbortSignal.timeout(20) }).catch((error) => error.name)",
    { answer: () => new Promise(() => {}) },
  );
  expect(await run(answered)).toBe('TimeoutError');
});

test('what needs no network is fetched as usual', async () => {
  const { run, requests } = handlerFinding("await fetch('data:,hi').then((response) => response.text())");
  expect([await run(answered), requests]).toEqual(['hi', []]);
});

test('a run that records opens connections', async () => {
  const { run } = handlerFinding(
    "await new Promise((resolve) => net.connect('/missing.sock').on('error', ({ code }) => resolve(code)))",
  );
  expect(await run({ network: 'recorded' })).toBe('ENOENT');
});

test('a worker whose runs meet something else outside stays clean', async () => {
  const { sandbox, run } = handlerFinding('process.pid', { isolation: 'thread' });
  await run();
  const { started } = sandbox.sandbox.workers;
  await run(answered);
  await run({ seed: 'a' });
  expect(sandbox.sandbox.workers.started).toBe(started);
});

test('runs of one process side by side have their own chance', async () => {
  const { sandbox, run } = handlerFinding('[Math.random(), await this.thread.participants(), Math.random()]');
  const alone = [await run({ seed: 'a' }), await run({ seed: 'b' })];
  expect(sandbox.sandbox.workers.alive).toBe(1);
  const together = handlerFinding('[Math.random(), await this.thread.participants(), Math.random()]');
  expect(await Promise.all([together.run({ seed: 'a' }), run({ seed: 'b' })])).toEqual(alone);
});
