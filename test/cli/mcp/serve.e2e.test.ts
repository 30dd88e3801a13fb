import { describe, expect, test } from 'vitest';
import { helloBot } from '../../support/handlers.ts';
import { Agent } from '../../support/mcp.ts';
import { outcome, spawnMessenger, startMessenger } from '../../support/messenger.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const noisy = {
  'messenger.config.ts': `console.log('noise'); process.stdout.write('more noise'); export default {};`,
  'bots/HelloBot.ts': `console.log('noise of the file');\n${helloBot}`,
};

const request = (id: number, method: string, params: object) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

const opening = [
  request(1, 'initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  }),
  JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
];

test('the client of the SDK starts it and works with it', async () => {
  const { folder } = makeWorkspace(noisy);
  const { agent, transport } = await Agent.start(folder);
  expect(agent.client.getServerVersion()).toMatchObject({ name: 'messenger-bots' });
  expect(await agent.call('attach', { handler: 'HelloBot' })).toMatchObject({ data: { handler: 'hello' } });
  expect(await agent.call('list_bots')).toMatchObject({ data: { bots: [{ name: 'PlaygroundBot' }] } });
  const { pid } = transport;
  await agent.client.close();
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});

describe('standard output', () => {
  test('carries only the protocol, and what was asked before the input ended is answered', async () => {
    const { folder } = makeWorkspace(noisy);
    const asked = [
      ...opening,
      'no JSON',
      request(2, 'tools/call', { name: 'list_handlers', arguments: { ready_made: false } }),
      request(3, 'tools/call', { name: 'list_bots' }),
    ];
    const { code, stdout, stderr } = await spawnMessenger(folder, ['mcp'], `${asked.join('\n')}\n`);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2, 3]);
    expect(code).toBe(0);
    expect(stderr).toContain('noise\nmore noise');
  });
});

describe('the server ends with the code 0', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('on %s', async (signal) => {
    const { folder } = makeWorkspace(noisy);
    const child = startMessenger(folder, ['mcp']);
    const ended = outcome(child);
    child.stdin?.write(`${opening.join('\n')}\n`);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  test('although the configuration has started a timer', async () => {
    const { folder } = makeWorkspace({
      'messenger.config.ts': `setInterval(() => {}, 1_000); export default {};`,
    });
    const asked = [...opening, request(2, 'tools/call', { name: 'list_failed' })];
    expect(await spawnMessenger(folder, ['mcp'], `${asked.join('\n')}\n`)).toMatchObject({ code: 0 });
  });
});
