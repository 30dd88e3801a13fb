import { describe, expect, test } from 'vitest';
import { advance, advanceUntilIdle } from '../../../src/services/clock/advance.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { TestGroup } from '../../support/test-group.ts';

const second = 1_000;

/** Posts a text, sleeps, and posts the next one, for each of these milliseconds. */
const sleeping = (...milliseconds: number[]) =>
  exactBot(
    'Sleeper',
    'hi',
    `let slept = 0;
    for (const time of ${JSON.stringify(milliseconds)}) {
      await this.sleep(time);
      slept += time;
      ${posting("'slept ' + slept")}
    }`,
  );

const failing = exactBot(
  'Failing',
  'hi',
  `const fs = await import('node:fs');
  const file = new URL('../tried', import.meta.url);
  fs.appendFileSync(file, 'x');
  const tried = fs.readFileSync(file, 'utf8').length;
  if (tried < 4) throw new Error('no ' + tried);
  ${posting("'done at ' + tried")}`,
  { members: 'static override readonly retries = 3;' },
);

/** A group with a handler that is attached, and the clock frozen. */
async function frozen(name: string, source: string): Promise<TestGroup> {
  const testGroup = await TestGroup.alone({ [`${name}.ts`]: source });
  await testGroup.attach(name.toLowerCase());
  testGroup.clock.freeze();
  return testGroup;
}

const contextOf = ({ app, clock }: TestGroup) => ({ ...app, clock });

/** When each message was written, in milliseconds after the first, with its text. */
async function story(testGroup: TestGroup): Promise<Array<[number, string]>> {
  const [first, ...others] = await testGroup.texts();
  const at = Date.parse(first?.createdAt ?? '');
  return others.map(({ body, createdAt }) => [Date.parse(createdAt) - at, body]);
}

describe('moved forward', () => {
  test('the clock lets a handler that sleeps again and again wake at each of its times', async () => {
    const testGroup = await frozen('Sleeper', sleeping(second, 2 * second, 5 * second));
    await testGroup.send('Ada', 'hi');
    await advance(contextOf(testGroup), 4 * second);
    expect(await story(testGroup)).toEqual([
      [second, 'slept 1000'],
      [3 * second, 'slept 3000'],
    ]);
    await advance(contextOf(testGroup), 4 * second);
    expect((await story(testGroup)).at(-1)).toEqual([8 * second, 'slept 8000']);
    expect(testGroup.clock.moved).toBe(8 * second);
  });

  test('it lets each retry run at its own time', async () => {
    const testGroup = await frozen('Failing', failing);
    await testGroup.send('Ada', 'hi');
    await advance(contextOf(testGroup), 60 * second);
    expect(await story(testGroup)).toEqual([[7 * second, 'done at 4']]);
    expect(testGroup.clock.moved).toBe(60 * second);
  });

  test('it runs again afterwards if it ran before, and stays frozen if it was', async () => {
    const testGroup = await frozen('Sleeper', sleeping(second));
    await advance(contextOf(testGroup), second);
    expect(testGroup.clock.isFrozen).toBe(true);
    testGroup.clock.resume();
    await advance(contextOf(testGroup), second);
    expect(testGroup.clock.isFrozen).toBe(false);
  });
});

describe('until idle', () => {
  test.each([
    ['nothing waits', 'Echo', exactBot('Echo', 'hi', posting("'yes'")), 0],
    ['a handler sleeps', 'Sleeper', sleeping(second, 9 * second), 10 * second],
    ['failed runs are retried', 'Failing', failing, 7 * second],
  ])('it moves as far as needed where %s', async (_, name, source, expected) => {
    const testGroup = await frozen(name, source);
    await testGroup.send('Ada', 'hi');
    expect(await advanceUntilIdle(contextOf(testGroup))).toBe(expected);
    expect(testGroup.clock.moved).toBe(expected);
    expect(await testGroup.texts()).not.toHaveLength(1);
    expect(await testGroup.app.store.jobs.counts('messenger-bots')).toMatchObject({ ready: 0, running: 0 });
    expect(await advanceUntilIdle(contextOf(testGroup))).toBe(0);
  });
});

describe('on a frozen clock', () => {
  test('the queue is idle once all that is left sleeps', async () => {
    const testGroup = await frozen('Sleeper', sleeping(second));
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
    expect(testGroup.clock.sleeping).toBe(1);
    testGroup.clock.advance(second);
    await testGroup.app.queue.idle();
    expect(await story(testGroup)).toEqual([[second, 'slept 1000']]);
  });

  test('an app closes at once though a handler sleeps, and the next one answers the message', async () => {
    const testGroup = await frozen('Sleeper', sleeping(9 * second));
    await testGroup.say('Ada', 'hi');
    const { clock } = testGroup;
    await testGroup.restart();
    expect(clock.sleeping).toBeLessThanOrEqual(1);
    expect(await advanceUntilIdle(contextOf(testGroup))).toBe(9 * second);
    expect(await testGroup.written()).toEqual(['Ada: hi', 'LoungeBot: slept 9000']);
  });
});

describe("a handler's deadline", () => {
  const impatient = (...milliseconds: number[]) =>
    sleeping(...milliseconds).replace(
      'async handle',
      'static override readonly timeout = 20_000;\n  async handle',
    );

  test('does not come nearer in real time while it sleeps on a frozen clock, nor further when that is moved', async () => {
    const testGroup = await frozen('Sleeper', impatient(9 * second, 9 * second));
    await testGroup.send('Ada', 'hi');
    await advance(contextOf(testGroup), 3_600 * second);
    expect(await story(testGroup)).toEqual([
      [9 * second, 'slept 9000'],
      [18 * second, 'slept 18000'],
    ]);
  });

  test('comes in the middle of a sleep that is too long for it', async () => {
    const testGroup = await frozen('Sleeper', impatient(9 * second, 30 * second));
    const failed = testGroup.collect('BotActionFailed');
    await testGroup.send('Ada', 'hi');
    const moved = await advanceUntilIdle(contextOf(testGroup));
    expect(failed).toMatchObject([{ error: { code: 'HANDLER_TIMEOUT' } }]);
    expect(moved).toBeGreaterThan(10 * second);
    expect(moved).toBeLessThanOrEqual(20 * second);
    expect(await story(testGroup)).toEqual([[9 * second, 'slept 9000']]);
  });
});
