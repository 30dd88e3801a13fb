import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactBot, posting } from '../../support/bot-source.ts';
import { Reloading, saying } from '../../support/reloading.ts';

const broken = 'export class Echo {';
const importing = (file: string) =>
  `import { word } from '${file}';\n${exactBot('Echo', 'hi', posting('word'))}`;
const word = (text: string) => `export const word = '${text}';`;

/** Ways in which a handler that answers "one" breaks, and what is told. */
const ways: Array<[string, Record<string, string | null>, RegExp]> = [
  ['does not compile', { 'bots/Echo.ts': broken }, /^bots\/Echo\.ts:1: Unexpected token/],
  ['throws', { 'bots/Echo.ts': "\n\nthrow new Error('no luck');" }, /^bots\/Echo\.ts:3: no luck\./],
  [
    'has wrong settings',
    { 'bots/Echo.ts': saying('two').replace("'echo'", "''") },
    /^bots\/Echo\.ts: getSettings/,
  ],
  ['ends its thread', { 'bots/Echo.ts': 'process.exit(3);' }, /^bots\/Echo\.ts ended its own worker/],
  [
    'imports what is broken',
    { 'bots/tools/word.ts': '\nconst = 1;' },
    /^bots\/tools\/word\.ts:2: Unexpected token/,
  ],
  ['imports what is gone', { 'bots/tools/word.ts': null }, /^bots\/Echo\.ts.* '\.\/tools\/word\.ts'/],
];

const files = { 'Echo.ts': importing('./tools/word.ts'), 'tools/word.ts': word('one') };

describe.each(['thread', 'process'] as const)('in a %s, a handler that', (isolation) => {
  test.each(ways)('%s goes on as it was, also in a thread that starts later', async (_, saved, sentence) => {
    const looping = exactBot('Looping', 'loop', 'process.exit(1);');
    const reloading = await Reloading.open({ ...files, 'Looping.ts': looping }, ['echo', 'looping'], {
      isolation,
      concurrency: 1,
    });
    const { problems, lost } = await reloading.reload(saved);
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(sentence));
    expect([lost, await reloading.say()]).toEqual([[], ['one']]);
    await reloading.say('loop');
    expect(await reloading.say()).toEqual(['one']);
  });
});

test('it can be corrected, and broken again', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  const answers: string[] = [];
  for (const text of [broken, saying('two'), broken, 'const = 1;', saying('three')]) {
    const { problems } = await reloading.reload({ 'bots/Echo.ts': text });
    answers.push(`${problems.length} ${await reloading.say()}`);
  }
  expect(answers).toEqual(['1 one', '0 two', '1 two', '1 two', '0 three']);
});

test('a broken file is read again when what it lacks is there', async () => {
  const reloading = await Reloading.open(files);
  await reloading.reload({ 'bots/Echo.ts': importing('./later.ts') });
  expect(await reloading.say()).toEqual(['one']);
  expect((await reloading.reload({ 'bots/later.ts': word('later') })).problems).toEqual([]);
  expect(await reloading.say()).toEqual(['later']);
});

test('a file that never worked has nothing to go on with', async () => {
  const reloading = await Reloading.open({}, []);
  const { problems, classes } = await reloading.reload({ 'bots/Echo.ts': broken });
  expect([problems.length, classes, reloading.testGroup.app.catalogue.own()]).toEqual([1, [], []]);
});

test('a deleted file is gone, also when it was broken', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.reload({ 'bots/Echo.ts': broken });
  const { problems, lost } = await reloading.reload({ 'bots/Echo.ts': null });
  expect([problems, lost.length, await reloading.say()]).toEqual([[], 1, []]);
});

test("errors of the version that goes on name the author's own file", async () => {
  const throwing = exactBot('Echo', 'hi', "throw new Error('at run time');");
  const reloading = await Reloading.open({ 'Echo.ts': throwing });
  await reloading.reload({ 'bots/Echo.ts': broken });
  const failed = reloading.testGroup.next('BotActionFailed');
  await reloading.say();
  const line = throwing.split('\n').findIndex((text) => text.includes('throw new')) + 1;
  expect((await failed).error).toMatchObject({
    message: 'at run time',
    stack: expect.stringMatching(`^at (async )?Echo\\.handle \\(bots/Echo\\.ts:${line}:\\d+\\)$`),
  });
});

test('copies that a killed process has left are cleared', async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('one') });
  await reloading.reload({ 'bots/Echo.ts': broken });
  const copies = path.join(reloading.testGroup.workspace.data, 'cache', 'working');
  expect(existsSync(copies)).toBe(true);
  reloading.testGroup.app.catalogue.clearCopies();
  expect(existsSync(copies)).toBe(false);
});
