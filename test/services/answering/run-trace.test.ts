import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { RunTrace } from '../../../src/domain/run-trace.ts';
import { traceRows } from '../../../src/domain/run-trace-text.ts';
import { explainMessage } from '../../../src/services/explaining/explain-message.ts';
import { botSource } from '../../support/bot-source.ts';
import { TestGroup } from '../../support/test-group.ts';

async function openWeb(): Promise<string> {
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/gone' ? 404 : 200).end('hi'),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address at which nobody listens. */
async function nobodyThere(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

const handle = (web: string, nobody: string) => `
    process.stdout.write('it begins\\n');
    await fetch('${web}/fact?x=1').then((response) => response.text());
    const { get } = await import('node:http');
    await new Promise((resolve) => get('${web}/gone', (response) => response.resume().on('end', resolve)));
    await fetch('${nobody}/nothing').catch(() => undefined);
    await this.composer().message('Why hello');
    await this.composer().reaction(this.message.id, ':wave:').catch(() => undefined);
    process.stdout.write('two lines\\nat once\\n');
    if (this.message.body.includes('fail')) throw new Error('out of coffee');
`;

/** What is kept of the run that answers a text. */
async function traceOf(
  isolation: 'process' | 'thread' | 'none',
  body: string,
): Promise<RunTrace & Record<'web' | 'nobody', string>> {
  const [web, nobody] = [await openWeb(), await nobodyThere()];
  const settings = { settings: "match: 'any'" };
  const group = await TestGroup.open(
    { 'Busy.ts': botSource('Busy', handle(web, nobody), settings) },
    { isolation },
  );
  await group.attach('busy');
  const message = await group.send('Ada', body);
  await group.app.queue.idle();
  const { actions } = await explainMessage(group.app, { thread: group.thread, message });
  const trace = actions[0]?.trace;
  if (!trace) throw new Error('There is no trace.');
  return { ...trace, web, nobody };
}

test.each([
  ['process', 'hello'],
  ['thread', 'hello'],
  ['none', 'hello'],
  ['thread', 'fail'],
] as const)('in a %s, what a run did is kept: %s', async (isolation, body) => {
  const { web, nobody, ...trace } = await traceOf(isolation, body);
  expect(trace.printed).toEqual(['it begins', 'two lines', 'at once']);
  expect(trace.http.map(({ method, url, status, error }) => [method, url, status, error === null])).toEqual([
    ['GET', `${web}/fact?x=1`, 200, true],
    ['GET', `${web}/gone`, 404, true],
    ['GET', `${nobody}/nothing`, null, false],
  ]);
  expect(trace.steps).toMatchObject([
    { kind: 'message', text: 'Why hello', id: expect.any(String), error: null },
    { kind: 'reaction', text: ':wave:', id: expect.any(String), error: null },
  ]);
  // The clock of a test stands still, so all of it begins at once.
  const shown = traceRows(trace).map((row) => row.replaceAll(/\d+ ms|[\da-f-]{36}|http:\S+\//g, '…'));
  expect(shown.filter((row) => !row.includes('nothing'))).toEqual([
    '+… sent "Why hello" (…), …',
    '+… reacted :wave: (…), …',
    '+… GET …fact?x=1: 200, …',
    '+… GET …gone: 404, …',
    ...['it begins', 'two lines', 'at once'].map((line) => `printed | ${line}`),
  ]);
});
