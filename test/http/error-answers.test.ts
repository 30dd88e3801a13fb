import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { errorCodeHeader } from '../../src/api/error-code-header.ts';
import { createError, invalidInput } from '../../src/base/errors.ts';
import { answerFailure, answerUnknown, HandlerFault, KnownPaths } from '../../src/http/error-answers.ts';

/** The answer of a server whose only endpoint throws, and what was reported. */
async function answerTo(thrown: unknown) {
  const reports: unknown[] = [];
  const server = fastify();
  onTestFinished(() => server.close());
  server.setErrorHandler((error, request, reply) =>
    answerFailure(
      {
        onError: (error, where) => reports.push('error', error, where),
        onFault: (error, where) => reports.push('fault', error, where),
      },
      error,
      request,
      reply,
    ),
  );
  server.get('/a/:id', () => Promise.reject(thrown));
  const { statusCode, headers, body } = await server.inject('/a/1');
  const code = headers[errorCodeHeader];
  return { status: statusCode, code, retryAfter: headers['retry-after'], body: JSON.parse(body), reports };
}

const systemError = (code: string, message = code) => Object.assign(new Error(message), { code });
const short = createError('RESOURCES_SHORT').message;

test.each<[string, unknown, number, string | undefined, object]>([
  [
    'an error of the client',
    createError('NOT_LOCATED', 'bot'),
    404,
    'NOT_LOCATED',
    { message: 'Unable to locate the bot you requested.' },
  ],
  [
    'one wrong field',
    invalidInput({ name: ['Too long.'] }),
    422,
    'INVALID_INPUT',
    { message: 'Too long.', errors: { name: ['Too long.'] } },
  ],
  [
    'two wrong fields',
    invalidInput({ name: ['Too long.'], cooldown: ['Too small.'] }),
    422,
    'INVALID_INPUT',
    { message: 'Too long. (and 1 more error)', errors: { name: ['Too long.'], cooldown: ['Too small.'] } },
  ],
  [
    'several errors of one field',
    invalidInput({ name: ['Too long.', 'Too loud.', 'Too late.'] }),
    422,
    'INVALID_INPUT',
    { message: 'Too long. (and 2 more errors)', errors: { name: ['Too long.', 'Too loud.', 'Too late.'] } },
  ],
  [
    'an error of the server framework',
    Object.assign(new Error('Too big.'), { statusCode: 413 }),
    413,
    undefined,
    { message: 'Too big.' },
  ],
  ['a client that hangs up', systemError('ECONNRESET', 'aborted'), 400, undefined, { message: 'aborted' }],
])('%s is answered with its message and not reported', async (_, thrown, status, code, body) => {
  expect(await answerTo(thrown)).toEqual({ status, code, retryAfter: undefined, body, reports: [] });
});

test.each<[string, unknown]>([
  ['a fault of ours', new TypeError('secret is undefined')],
  [
    'an error of the framework that is not the fault of the client',
    Object.assign(new Error('secret'), { statusCode: 503 }),
  ],
  ['a reset connection of our own', systemError('ECONNRESET', 'secret')],
  ['an error whose reason is nothing for clients', createError('FETCH_FAILED', 'secret.example', 'secret')],
])('%s is reported, and the answer has no detail of it', async (_, thrown) => {
  const { status, code, body, reports } = await answerTo(thrown);
  expect({ status, code, body }).toEqual({ status: 500, code: undefined, body: { message: 'Server Error' } });
  expect(reports).toEqual(['error', thrown, 'GET /a/:id']);
});

test.each<[string, unknown, number, string, string | undefined]>([
  ['a full disk', createError('DATABASE_REFUSED', 'the disk is full'), 507, 'DATABASE_REFUSED', undefined],
  ['a daemon that ends', createError('MESSENGER_ENDING'), 503, 'MESSENGER_ENDING', undefined],
  ['too many open files', systemError('EMFILE'), 503, 'RESOURCES_SHORT', '5'],
  [
    'too little memory for a child',
    new Error('It failed.', { cause: systemError('ENOMEM') }),
    503,
    'RESOURCES_SHORT',
    '5',
  ],
])('%s is reported, and shown since trying again may help', async (_, thrown, status, code, retryAfter) => {
  const answer = await answerTo(thrown);
  expect([answer.status, answer.code, answer.retryAfter]).toEqual([status, code, retryAfter]);
  expect(answer.body.message).toBe(code === 'RESOURCES_SHORT' ? short : (thrown as Error).message);
  expect(answer.reports).toEqual(['error', thrown, 'GET /a/:id']);
});

test("a fault of a handler's own code is shown to whoever attaches it, and reported as such", async () => {
  const fault = createError('HANDLER_TIMEOUT', 'HelloBot', 1_000);
  expect(await answerTo(new HandlerFault(fault))).toMatchObject({
    status: 422,
    code: 'HANDLER_TIMEOUT',
    body: { message: fault.message },
    reports: ['fault', fault, 'GET /a/:id'],
  });
});

/** A server with a few routes, and nothing else. */
function routed() {
  const server = fastify();
  onTestFinished(() => server.close());
  const paths = new KnownPaths();
  paths.watch(server);
  server.setNotFoundHandler((request, reply) => answerUnknown(paths, request, reply));
  server.get('/threads', () => 'list');
  server.post('/threads', () => 'made');
  server.put('/threads/:thread/bots.list', () => 'changed');
  server.get('/files/*', () => 'file');
  return server;
}

test.each([
  ['DELETE', '/threads', 'GET, HEAD, POST', 'threads'],
  ['DELETE', '/threads/', 'GET, HEAD, POST', 'threads'],
  ['DELETE', '/threads?a=/b', 'GET, HEAD, POST', 'threads'],
  ['GET', '/threads/1/bots.list', 'PUT', 'threads/1/bots.list'],
  ['PUT', '/files/a/b.png', 'GET, HEAD', 'files/a/b.png'],
] as const)('%s %s is answered with the methods of that path', async (method, url, allow, route) => {
  const { statusCode, headers, body } = await routed().inject({ method, url });
  expect([statusCode, headers.allow]).toEqual([405, allow]);
  expect(JSON.parse(body).message).toBe(
    `The ${method} method is not supported for route ${route}. Supported methods: ${allow}.`,
  );
});

test.each([
  ['/thread', 'thread'],
  ['/threads/1/2/bots.list', 'threads/1/2/bots.list'],
  ['/threads/1/bots-list', 'threads/1/bots-list'],
  ['/Threads', 'Threads'],
  [`/${'x'.repeat(300)}`, 'x'.repeat(199)],
])('%s is no path', async (url, route) => {
  const { statusCode, body } = await routed().inject({ method: 'GET', url });
  expect([statusCode, JSON.parse(body).message]).toEqual([404, `The route ${route} could not be found.`]);
});

test('OPTIONS lists the methods of a path without an error', async () => {
  const { statusCode, headers, body } = await routed().inject({ method: 'OPTIONS', url: '/threads' });
  expect([statusCode, headers.allow, body]).toEqual([200, 'GET, HEAD, POST', '']);
});
