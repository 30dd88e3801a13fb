import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Reloading, saying } from '../../support/reloading.ts';
import { countWorkers } from '../../support/workers.ts';

/** By hand: RELOADS=500 npx vitest run test/services/reload-growth.test.ts */
const reloads = Number(process.env.RELOADS ?? 10);

/** What would grow when something is left behind; timers and streams of ended threads among it. */
const handles = () => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;

test(`${reloads} reloads, every fifth of a broken file, leave nothing behind`, async () => {
  const reloading = await Reloading.open({ 'Echo.ts': saying('first') });
  const workers = countWorkers(reloading.testGroup.app.sandbox);
  const counts: number[] = [];
  for (let round = 1; round <= reloads; round++) {
    const text = round % 5 === 0 ? 'const = 1;' : saying(`round ${round}`);
    await reloading.reload({ 'bots/Echo.ts': text });
    expect(await reloading.say()).toEqual([`round ${round % 5 === 0 ? round - 1 : round}`]);
    counts.push(handles());
  }
  // For the file, its copy and the library one each, and a spare one; those that are told to end need a moment.
  await expect.poll(() => workers.alive).toBeLessThanOrEqual(4);
  expect(counts.slice(-5).reduce((most, count) => Math.max(most, count))).toBeLessThan((counts[4] ?? 0) + 20);
  const { catalogue } = reloading.testGroup.app;
  expect([catalogue.own().length, catalogue.sources().length]).toEqual([1, 1]);
  // The last round is of a broken file, which goes on from one copy.
  expect(readdirSync(path.join(reloading.testGroup.workspace.data, 'cache', 'working'))).toHaveLength(1);
});
