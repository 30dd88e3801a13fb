import { expect, test } from 'vitest';
import { exactBot } from '../../support/bot-source.ts';
import { spawnMessenger } from '../../support/messenger.ts';
import { makeWorkspace } from '../../support/workspace.ts';

test('a handler in an endless loop ends the command with a sentence', async () => {
  const { folder } = makeWorkspace({
    'messenger.config.mjs': 'export default { bots: { timeout: 1_000 } };',
    'bots/LoopBot.ts': exactBot('LoopBot', '!loop', 'for (;;);'),
    'loop.chat.yaml': 'chat:\n  - alice: "!loop"\n',
  });
  const { signal, stderr } = await spawnMessenger(folder, ['test']);
  expect(stderr).toContain('Run it with --isolation thread');
  expect(signal).toBe('SIGKILL');
  const isolated = await spawnMessenger(folder, ['test', '--isolation', 'thread']);
  expect(isolated.stdout).toContain('LoopBot');
  expect(isolated.code).toBe(1);
});
