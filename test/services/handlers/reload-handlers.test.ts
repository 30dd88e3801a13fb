import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { exactBot, posting } from '../../support/bot-source.ts';
import { Reloading, saying } from '../../support/reloading.ts';
import { inThread } from '../../support/test-group.ts';
import { countWorkers } from '../../support/workers.ts';

const broken = 'export class Echo {';
const importing = (file: string) =>
  `import { word } from '${file}';\n${exactBot('Echo', 'hi', posting('word'))}`;

test('a saved handler is live for the next message', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  expect(await reloading.say()).toEqual(['one']);
  const reloaded = await reloading.reload({ 'bots/Echo.ts': saying('two') });
  expect(reloaded).toEqual({
    files: ['bots/Echo.ts'],
    classes: ['Echo'],
    milliseconds: expect.any(Number),
    problems: [],
    lost: [],
  });
  expect(await reloading.say()).toEqual(['two']);
});

test('what the main thread knows of it is new, too', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.reload({ 'bots/Echo.ts': exactBot('Echo', 'hello', posting("'two'")) });
  expect([await reloading.say('hi'), await reloading.say('hello')]).toEqual([[], ['two']]);
});

test('a handler is live with a file that it imports, and that imports another', async () => {
  const reloading = await Reloading.open({
    'Echo.ts': importing('./tools/word.ts'),
    'tools/word.ts': "export { word } from '../deeper/word';",
    'deeper/word.ts': "export const word = 'one';",
  });
  expect(await reloading.say()).toEqual(['one']);
  const { files, classes } = await reloading.reload({ 'bots/deeper/word.ts': "export const word = 'two';" });
  expect([files.sort(), classes]).toEqual([
    ['bots/Echo.ts', 'bots/deeper/word.ts', 'bots/tools/word.ts'],
    ['Echo'],
  ]);
  expect(await reloading.say()).toEqual(['two']);
});

test('an import from outside of bots/ counts as well', async () => {
  const reloading = await Reloading.open({
    'Echo.ts': importing('../word.ts'),
    '../word.ts': "export const word = 'one';",
  });
  await reloading.reload({ 'word.ts': "export const word = 'two';" });
  expect(await reloading.say()).toEqual(['two']);
});

test('only what has changed is read again', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one'), 'Other.ts': saying('other', 'Other') });
  const { files, classes } = await reloading.reload({ 'bots/Other.ts': saying('more', 'Other') });
  expect([files, classes]).toEqual([['bots/Other.ts'], ['Other']]);
});

test('what no handler is made of changes nothing, and is not told', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const told = reloading.testGroup.collect('HandlersReloaded');
  await reloading.reload({ 'bots/notes.md': 'a note' });
  expect(told).toEqual([]);
});

test('it is told to listeners, as plain data', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const told = reloading.testGroup.next('HandlersReloaded');
  const reloaded = await reloading.reload({ 'bots/Echo.ts': broken });
  expect(await told).toEqual(JSON.parse(JSON.stringify(reloaded)));
});

test('a new file appears, and a deleted one disappears with its actions', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.reload({ 'bots/New.ts': saying('new', 'New') });
  await reloading.testGroup.attach('new');
  expect((await reloading.say()).sort()).toEqual(['new', 'one']);
  const { files, lost } = await reloading.reload({ 'bots/New.ts': null });
  expect([files, lost.map(({ handler }) => handler)]).toEqual([['bots/New.ts'], ['new']]);
  expect(await reloading.say()).toEqual(['one']);
});

test('a renamed alias says which actions lost their handler; they come back with the alias', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const [bot] = await reloading.testGroup.app.store.bots.inThread(reloading.testGroup.thread.id);
  const { lost } = await reloading.reload({ 'bots/Echo.ts': saying('two').replace("'echo'", "'renamed'") });
  expect(lost).toEqual([
    {
      id: bot?.actions[0]?.id,
      handler: 'echo',
      bot: { id: bot?.bot.id, name: bot?.bot.name },
      threadId: reloading.testGroup.thread.id,
    },
  ]);
  expect(await reloading.say()).toEqual([]);
  expect((await reloading.reload({ 'bots/Echo.ts': saying('three') })).lost).toEqual([]);
  expect(await reloading.say()).toEqual(['three']);
});

test('a class that moves to another file is no second handler', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const { problems, lost } = await reloading.reload({ 'bots/Echo.ts': null, 'bots/Moved.ts': saying('two') });
  expect([problems, lost, await reloading.say()]).toEqual([[], [], ['two']]);
});

test('two files with one alias are told while there are two', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const two = await reloading.reload({ 'bots/Zwo.ts': saying('two', 'Echo2').replace("'echo2'", "'echo'") });
  expect(two.problems).toMatchObject([
    { message: expect.stringMatching(/^Two handlers have the alias "echo"/) },
  ]);
  expect(await reloading.say()).toEqual(['one']);
  expect((await reloading.reload({ 'bots/Zwo.ts': null })).problems).toEqual([]);
});

test('a file that passes on what others export is no second handler, whatever its place among them', async () => {
  const passOn = "export { Echo } from './Echo';\nexport { Zwo } from './Zwo';";
  const reloading = await Reloading.open({
    ...{ 'Echo.ts': saying('one'), 'Zwo.ts': saying('two', 'Zwo') },
    ...{ 'Index.ts': passOn, 'AllOfThem.ts': passOn },
  });
  const { problems } = await reloading.reload({ 'bots/Echo.ts': saying('three') });
  const sources = reloading.testGroup.app.catalogue
    .own()
    .map(({ alias, source }) => [alias, path.basename(source.file)]);
  expect([problems, sources]).toEqual([
    [],
    [
      ['echo', 'Echo.ts'],
      ['zwo', 'Zwo.ts'],
    ],
  ]);
  expect(await reloading.say()).toEqual(['three']);
});

test('a variable that a saved handler declares is in its environment', async () => {
  vi.stubEnv('RELOAD_KEY', 'secret');
  onTestFinished(() => void vi.unstubAllEnvs());
  const reading = exactBot('Echo', 'hi', posting('process.env.RELOAD_KEY'));
  const reloading = await Reloading.open({ 'Echo.ts': reading }, ['echo'], inThread);
  expect(await reloading.say()).toEqual(['undefined']);
  const declaring = exactBot('Echo', 'hi', posting('process.env.RELOAD_KEY'), {
    members: "static override readonly environment = ['RELOAD_KEY'];",
  });
  await reloading.reload({ 'bots/Echo.ts': declaring });
  expect(await reloading.say()).toEqual(['secret']);
});

test.each(['thread', 'process'] as const)(
  'in a %s, a handler that runs finishes with the version it began with',
  async (isolation) => {
    const waiting = (text: string) =>
      exactBot('Echo', 'hi', `await this.composer().emitTyping(); await this.sleep(1_000); ${posting(text)}`);
    const reloading = await Reloading.open({ 'Echo.ts': waiting("'old'") }, ['echo'], { isolation });
    const typing = reloading.testGroup.next('Typing');
    const first = reloading.say();
    await typing;
    await reloading.reload({ 'bots/Echo.ts': saying('new') });
    reloading.testGroup.clock.advance(1_000);
    expect(await first).toEqual(['old']);
    expect(await reloading.say()).toEqual(['new']);
  },
);

test('threads with old code are replaced', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.say();
  const workers = countWorkers(reloading.testGroup.app.sandbox);
  await reloading.reload({ 'bots/Echo.ts': saying('two') });
  await reloading.say();
  // The spare one describes the file and runs it from then on; another one is kept for the next time.
  expect(workers.count).toBeLessThanOrEqual(2);
});
