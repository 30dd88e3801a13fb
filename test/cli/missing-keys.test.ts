import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { botSource } from '../support/bot-source.ts';
import { eventsOf, messenger } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const needy = botSource('Needy', '', {
  settings: "triggers: ['!needy'], match: 'exact',",
  members: "static override readonly environment = ['NEEDY_KEY'];",
});

/** What `simulate` itself says about keys. */
async function noticesIn(folder: string, input = ''): Promise<string[]> {
  const { code, stdout } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], input);
  expect(code).toBe(0);
  const notices = eventsOf(stdout).filter(({ event }) => event === 'notice');
  return notices.map(({ body }) => body).filter((body) => body.includes('is not configured'));
}

const sentence = (name: string, key: string) =>
  `${name} is not configured: it needs ${key}. Set it in the environment, or under "keys" in messenger.config.ts.`;

describe('simulate', () => {
  test("says which keys the workspace's own handlers lack", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/Needy.ts': needy });
    expect(await noticesIn(folder)).toEqual([sentence('Needy', 'NEEDY_KEY')]);
    writeFiles(folder, { 'messenger.config.mjs': "export default { keys: { NEEDY_KEY: 'key' } };" });
    expect(await noticesIn(folder)).toEqual([]);
  });

  test('says it of a ready-made handler when that is attached, and from then on', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/Modest.ts': botSource('Modest', '') });
    expect(await noticesIn(folder, '/attach giphy\n!gif cat\n')).toEqual([
      sentence('Giphy', 'BOT_GIPHY_API_KEY'),
    ]);
    expect(await noticesIn(folder)).toEqual([sentence('Giphy', 'BOT_GIPHY_API_KEY')]);
    vi.stubEnv('BOT_GIPHY_API_KEY', 'key');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await noticesIn(folder)).toEqual([]);
  });
});
