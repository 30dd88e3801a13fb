import { expect, test, vi } from 'vitest';
import { jokes } from '../../src/library/jokes.ts';
import { TestGroup } from '../support/test-group.ts';

const parameters = { match: 'exact', triggers: ['!joke'], cooldown: 60 };

/** A test group in which the joke has begun and the bot pauses. */
async function begun(): Promise<TestGroup> {
  const testGroup = await TestGroup.alone({});
  await testGroup.attach('random_joke', parameters);
  const sleep = vi.spyOn(testGroup.clock, 'sleep');
  await testGroup.send('Bob', '!joke');
  await vi.waitFor(() => expect(sleep).toHaveBeenCalledWith(6_000, expect.anything()), 10_000);
  sleep.mockRestore();
  return testGroup;
}

const told = async (testGroup: TestGroup) => (await testGroup.texts()).slice(1).map(({ body }) => body);
const isJoke = ([setup, punchline]: string[]) =>
  jokes.some((joke) => joke.setup === setup && joke.punchline === punchline);

test('six seconds of the clock lie between the halves of a joke, and not one of them is waited for', async () => {
  const testGroup = await begun();
  const start = performance.now();
  testGroup.clock.advance(5_999);
  expect(await told(testGroup)).toHaveLength(1);
  testGroup.clock.advance(1);
  await testGroup.app.queue.idle();
  expect(performance.now() - start).toBeLessThan(3_000);
  const lines = await told(testGroup);
  expect([lines.length, isJoke(lines)]).toEqual([2, true]);
});

test('it types before each half, and rests once it is through', async () => {
  const testGroup = await TestGroup.alone({});
  await testGroup.attach('random_joke', parameters);
  vi.spyOn(testGroup.clock, 'sleep').mockResolvedValue();
  const expected = ['types', expect.stringMatching(/^says /), 'types', expect.stringMatching(/^says /)];
  expect(await testGroup.watch('Bob', '!joke')).toEqual([...expected, 'handled random_joke']);
  expect(await testGroup.watch('Bob', '!joke')).toEqual([]);
});

test('a joke that a restart interrupted is ended, not another one', async () => {
  const testGroup = await begun();
  const [setup] = await told(testGroup);
  const sleep = vi.spyOn(testGroup.clock, 'sleep').mockResolvedValue();
  await testGroup.restart();
  await testGroup.app.queue.idle();
  expect(sleep).toHaveBeenCalledOnce();
  const lines = await told(testGroup);
  expect([lines.length, lines[0], isJoke(lines)]).toEqual([2, setup, true]);
});

test('there are enough jokes, and no two begin alike', () => {
  expect(jokes.length).toBeGreaterThanOrEqual(20);
  expect(new Set(jokes.map(({ setup }) => setup)).size).toBe(jokes.length);
});
