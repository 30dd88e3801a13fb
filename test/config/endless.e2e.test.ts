import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { configFiles } from '../../src/config/workspace.ts';
import { daemonWorkspace, logOf, spawnDaemon } from '../support/daemons.ts';
import { spawnMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const sentence =
  /^Error: The configuration in .*messenger\.config\.ts cannot be used: it does not finish loading: after 5 s it is still in a loop .*correct it and try again\.\n$/;

test.each([
  ['awaits what never comes', 'await new Promise(() => {});\nexport default {};', 1, null],
  ['loops for ever', 'for (;;) {}\nexport default {};', null, 'SIGKILL'],
  [
    'loops for ever after an import',
    "import { defineConfig } from 'messenger-bots';\nwhile (defineConfig) {}\nexport default {};",
    null,
    'SIGKILL',
  ],
])('a configuration that %s is told after a few seconds', async (_, text, code, signal) => {
  const { folder } = makeWorkspace({ 'messenger.config.ts': text });
  expect(await spawnMessenger(folder, ['failed'])).toEqual({
    code,
    signal,
    stdout: '',
    stderr: expect.stringMatching(sentence),
  });
});

test('a daemon goes on with the configuration it has', async () => {
  const workspace = daemonWorkspace({});
  const { child } = await spawnDaemon(workspace);
  const [file = ''] = configFiles(workspace).filter((name) => path.extname(name) === '.mjs');
  writeFileSync(file, 'for (;;) {}');
  const told = () =>
    logOf(workspace).filter(({ msg, problem }) => /does not finish loading/.test(`${msg} ${problem}`));
  await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 60_000, interval: 50 });
  expect(child.exitCode).toBe(null);
});
