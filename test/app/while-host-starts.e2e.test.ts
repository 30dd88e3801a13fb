import { expect, onTestFinished, test, vi } from 'vitest';
import { openHandlers } from '../../src/app/open-handlers.ts';
import { whileHostStarts } from '../../src/app/while-host-starts.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { watchStarted } from '../support/processes.ts';
import { makeWorkspace } from '../support/workspace.ts';

const handler = { 'bots/Hello.ts': exactBot('Hello', '!hello', posting("'Hi!'")) };

/** Sets how handlers run for this test; empty for the default. */
function isolate(isolation: string): void {
  vi.stubEnv('MESSENGER_BOTS_ISOLATION', isolation);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test.each<[string, number, Record<string, string>, string]>([
  ['there are handlers', 1, handler, ''],
  ['there are none', 0, {}, ''],
  [
    'a configuration may want something else',
    0,
    { ...handler, 'messenger.config.ts': 'export default {};' },
    '',
  ],
  ['the environment may want something else', 0, handler, 'process'],
])('where %s, the processes started before are %i', async (_, count, files, isolation) => {
  isolate(isolation);
  const started = watchStarted();
  await whileHostStarts(makeWorkspace(files), async (hosts) => {
    expect(started()).toHaveLength(count);
    await hosts?.close();
  });
});

test('handlers run in the process that was started before', async () => {
  isolate('');
  const workspace = makeWorkspace(handler);
  const started = watchStarted();
  const { catalogue, close } = await whileHostStarts(workspace, (hosts) =>
    openHandlers({ workspace, hosts }),
  );
  expect(catalogue.find('hello')).toMatchObject({ class: 'Hello' });
  expect(started()).toHaveLength(1);
  await close();
  expect(started()).toEqual([]);
});

test('the process ends where nothing can be opened', async () => {
  isolate('');
  const started = watchStarted();
  const failing = whileHostStarts(makeWorkspace(handler), async () => {
    expect(started()).toHaveLength(1);
    throw new Error('no luck');
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(started()).toEqual([]);
});
