import { expect, onTestFinished, test, vi } from 'vitest';
import { spawnMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const unisolated = { 'messenger.config.mjs': "export default { bots: { isolation: 'none' } };" };

test.each([['serve'], ['queue:work', '--stop-when-empty'], ['daemon', 'start']])(
  'messenger %s does not start without isolation, and says why',
  async (...words) => {
    const { folder } = makeWorkspace(unisolated);
    const { code, stderr } = await spawnMessenger(folder, words);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        "The configuration in messenger.config.mjs cannot be used: bots.isolation is 'none', so one handler that loops",
      ),
    ]);
  },
);

test('what comes from the environment is said to come from there', async () => {
  vi.stubEnv('MESSENGER_BOTS_ISOLATION', 'none');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { stderr } = await spawnMessenger(makeWorkspace().folder, ['queue:work', '--once']);
  expect(stderr).toContain('The configuration in MESSENGER_BOTS_ISOLATION cannot be used');
});

test('a simulation runs handlers inside its process', async () => {
  const { folder } = makeWorkspace({
    ...unisolated,
    'bots/Act.ts': `import { BotActionHandler } from 'messenger-bots';
      export class Act extends BotActionHandler {
        static override getSettings() { return { alias: 'act', description: 'Of a test.', name: 'Act', triggers: ['hi'], match: 'exact' as const }; }
        async handle() { await this.composer().message(\`ended by \${process.argv.slice(2).join(' ')}\`); console.log('printed'); }
      }`,
  });
  const { stdout, stderr } = await spawnMessenger(folder, ['simulate', '--json', '--as', 'Ada'], 'hi\n');
  expect([stdout, stderr]).toEqual([
    expect.stringContaining('"body":"ended by simulate --json --as Ada"'),
    expect.stringContaining('Act | printed'),
  ]);
});
