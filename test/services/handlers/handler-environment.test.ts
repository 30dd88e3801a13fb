import { expect, onTestFinished, test, vi } from 'vitest';
import { botSource, posting } from '../../support/bot-source.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

/** A handler that says what it finds in its environment. */
const reader = botSource('Reader', posting('[process.env.READ_A, process.env.READ_B, process.env.READ_C]'), {
  settings: "triggers: ['read'], match: 'exact',",
  members: "static override readonly environment = ['READ_A'];",
});

async function openReader(keys: Record<string, string>, environment: string[] = []): Promise<TestGroup> {
  const folder = temporaryFolder();
  const bots = { enabled: true, memory: 64, concurrency: 1, environment };
  const config = JSON.stringify({ bots, keys });
  writeFiles(folder, { 'messenger.config.mjs': `export default ${config};`, 'bots/Reader.ts': reader });
  const testGroup = await TestGroup.in(folder, 'Lounge');
  await testGroup.attach('reader');
  return testGroup;
}

/** What is in our own environment during a test. */
function given(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const outside = { READ_A: 'A outside', READ_B: 'B outside', READ_C: 'C outside' };

test.each<[string, Record<string, string>, string[], Record<string, string>, string]>([
  ['finds the keys of the configuration', { READ_A: 'A', READ_B: 'B' }, [], {}, 'A,B,'],
  ['finds what it declares itself, and nothing else of ours', {}, [], outside, 'A outside,,'],
  ['finds what the configuration lists', {}, ['READ_B'], outside, 'A outside,B outside,'],
  ['finds our value of a key', { READ_C: 'C' }, [], outside, 'A outside,,C outside'],
  ['finds nothing where nothing is', {}, ['READ_B'], {}, ',,'],
])('a handler %s', async (_, keys, listed, ours, found) => {
  given(ours);
  const testGroup = await openReader(keys, listed);
  expect(await testGroup.say('Ada', 'read')).toEqual([found]);
});

test('the whole environment of a handler is what it needs, and no secret of ours', async () => {
  given({ DATABASE_PASSWORD: 'secret', NODE_OPTIONS: '--no-warnings' });
  const lister = botSource('Lister', posting('Object.keys(process.env).sort()'), {
    settings: "triggers: ['list'], match: 'exact',",
  });
  const testGroup = await TestGroup.alone({ 'Lister.ts': lister }, { ...inThread, environment: ['LISTED'] });
  await testGroup.attach('lister');
  const [names = ''] = await testGroup.say('Ada', 'list');
  expect(
    names
      .split(',')
      .filter(
        (name) =>
          !/^(HOME|LANG|LC_\w+|MESSENGER_WORKER|NODE_ENV|NODE_EXTRA_CA_CERTS|PATH|SSL_\w+|TE?MP(DIR)?|TZ)$/.test(
            name,
          ),
      ),
  ).toEqual([]);
  expect(names).toContain('PATH');
});

test('a handler cannot change the environment of the product, or of the next thread', async () => {
  const testGroup = await openReader({ READ_A: 'a' });
  const changing = botSource('Changer', "process.env.READ_B = 'changed'; process.exit(1);", {
    settings: "triggers: ['change'], match: 'exact',",
  });
  await testGroup.restart({ 'Changer.ts': changing });
  await testGroup.attach('changer');
  await testGroup.say('Ada', 'change');
  expect(process.env.READ_B).toBeUndefined();
  expect(await testGroup.say('Ada', 'read')).toEqual(['a,,']);
});
