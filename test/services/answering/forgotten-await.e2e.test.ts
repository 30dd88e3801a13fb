import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  listFailedRuns,
  pruneFailedRuns,
  showFailedRun,
} from '../../../src/services/failed-runs/failed-runs.ts';
import { retryRun } from '../../../src/services/failed-runs/retry-run.ts';
import { exactBot } from '../../support/bot-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** What a handler forgets, and where: the line that is told. */
const forgotten: Array<[name: string, handle: string]> = [
  ['a text from a timer', "setTimeout(() => void this.composer().message('late').catch(() => {}), 1);"],
  [
    'a text from a timer whose rejection nobody handles',
    "setTimeout(() => void this.composer().message('late'), 1);",
  ],
  [
    'a text after what nobody awaits',
    "void new Promise(setImmediate).then(() => new Promise(setImmediate)).then(() => this.composer().message('late'));",
  ],
  [
    'a sleep that nobody awaits',
    "void this.sleep(60_000).then(() => this.composer().message('late')).catch(() => {});",
  ],
  [
    'two of them',
    "setTimeout(() => { void this.composer().message('a'); void this.composer().knock(); }, 1);",
  ],
  ['a timer far away', "setTimeout(() => void this.composer().message('late'), 3_600_000);"],
  ['an error in a timer', "setTimeout(() => { throw new Error('too late'); }, 1);"],
];

describe.each(['thread', 'process'] as const)('in a %s of its own', (isolation) => {
  test.each(forgotten)('%s is told once, with the line of it', async (_, handle) => {
    const testGroup = await TestGroup.open(
      { 'Late.ts': exactBot('Late', 'hi', `\n${handle}`) },
      { isolation },
    );
    await testGroup.attach('late');
    const warned = testGroup.next('BotActionWarned');
    const warnings = testGroup.collect('BotActionWarned');
    expect(await testGroup.watch('Ada', 'hi')).toEqual(['handled late']);
    const { warning } = await warned;
    expect(warning.stack).toContain('bots/Late.ts:12');
    const [listed] = await listFailedRuns(testGroup.app, 10);
    expect(listed).toMatchObject({ handler: 'late', handled: true, error: warning });
    expect(await showFailedRun(testGroup.app, listed?.id ?? '')).toEqual(listed);
    await expect(retryRun(testGroup.app, listed?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await testGroup.app.close();
    expect(warnings).toHaveLength(1);
  });

  test('a timer that ends its worker is warned about once, also when everything closes at once', async () => {
    const signal = path.join(temporaryFolder(), 'end');
    const leaving = `const { existsSync } = require('node:fs');
      setInterval(() => { if (existsSync(${JSON.stringify(signal)})) process.exit(); }, 5);`;
    const testGroup = await TestGroup.open({ 'Late.ts': exactBot('Late', 'hi', leaving) }, { isolation });
    await testGroup.attach('late');
    const warnings = testGroup.collect('BotActionWarned');
    await testGroup.watch('Ada', 'hi');
    writeFileSync(signal, '');
    await testGroup.app.close();
    expect(warnings).toHaveLength(1);
  });

  test.each([
    ['a text that nobody awaits, but that is posted', "void this.composer().message('in time');"],
    ['a timer that asks for nothing', 'setTimeout(() => {}, 1);'],
    ['a timer that was cleared', 'clearTimeout(setTimeout(() => {}, 3_600_000));'],
  ])('%s is nothing to be told', async (_, handle) => {
    const testGroup = await TestGroup.open({ 'Late.ts': exactBot('Late', 'hi', handle) }, { isolation });
    await testGroup.attach('late');
    const warnings = testGroup.collect('BotActionWarned');
    await testGroup.watch('Ada', 'hi');
    await testGroup.watch('Ada', 'hi');
    expect(await listFailedRuns(testGroup.app, 10)).toEqual([]);
    await testGroup.app.close();
    expect(warnings).toEqual([]);
  });
});

test('what fails is told as that, and not besides as what it forgot', async () => {
  const late = "setTimeout(() => void this.composer().message('late'), 3_600_000); throw new Error('no');";
  const testGroup = await TestGroup.open({ 'Late.ts': exactBot('Late', 'hi', late) });
  await testGroup.attach('late');
  await testGroup.watch('Ada', 'hi');
  expect(await listFailedRuns(testGroup.app, 10)).toMatchObject([
    { error: { code: 'HANDLER_THREW', message: 'no' } },
  ]);
});

test('warnings are forgotten as failures are', async () => {
  const late = 'void this.sleep(60_000).catch(() => {});';
  const testGroup = await TestGroup.open({ 'Late.ts': exactBot('Late', 'hi', late) });
  await testGroup.attach('late');
  await testGroup.watch('Ada', 'hi');
  expect(await listFailedRuns(testGroup.app, 10)).toHaveLength(1);
  expect(await pruneFailedRuns(testGroup.app, 1)).toBe(0);
  testGroup.clock.advance(2 * 86_400_000);
  expect(await pruneFailedRuns(testGroup.app, 1)).toBe(1);
  expect(await listFailedRuns(testGroup.app, 10)).toEqual([]);
});
