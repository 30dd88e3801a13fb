import { expect, onTestFinished, test, vi } from 'vitest';
import { botSource, posting } from '../support/bot-source.ts';
import { Story } from '../support/story.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A handler that says what it finds in its environment. */
const reader = botSource('Reader', posting('[process.env.READ_A, process.env.READ_B, process.env.READ_C]'), {
  settings: "triggers: ['read'], match: 'exact',",
  members: "static override readonly environment = ['READ_A'];",
});

async function openReader(keys: Record<string, string>): Promise<Story> {
  const folder = temporaryFolder();
  const config = JSON.stringify({ bots: { enabled: true, memory: 64, concurrency: 1 }, keys });
  writeFiles(folder, { 'messenger.config.mjs': `export default ${config};`, 'bots/Reader.ts': reader });
  const story = await Story.in(folder, 'Lounge');
  await story.attach('reader');
  return story;
}

test('a handler finds the keys of the configuration in its environment, and what is there anyway', async () => {
  vi.stubEnv('READ_B', 'from outside');
  vi.stubEnv('READ_C', 'also from outside');
  onTestFinished(() => void vi.unstubAllEnvs());
  const story = await openReader({ READ_A: 'from the file', READ_B: 'never read' });
  expect(await story.say('Ada', 'read')).toEqual(['from the file,from outside,also from outside']);
});

test('a handler cannot change the environment of the product, or of the next thread', async () => {
  const story = await openReader({ READ_A: 'a' });
  const changing = botSource('Changer', "process.env.READ_B = 'changed'; process.exit(1);", {
    settings: "triggers: ['change'], match: 'exact',",
  });
  await story.restart({ 'Changer.ts': changing });
  await story.attach('changer');
  await story.say('Ada', 'change');
  expect(process.env.READ_B).toBeUndefined();
  expect(await story.say('Ada', 'read')).toEqual(['a,,']);
});
