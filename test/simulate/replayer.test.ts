import { expect, test } from 'vitest';
import { Replayer } from '../../src/simulate/replayer.ts';
import { withResolvers } from '../support/with-resolvers.ts';

test('a burst of saves is one replay, and one more after that', async () => {
  const begun: number[] = [];
  const release = withResolvers<void>();
  const replayer = new Replayer(async () => {
    begun.push(begun.length + 1);
    if (begun.length === 1) await release.promise;
  });
  replayer.isOn = true;
  for (let save = 0; save < 5; save++) replayer.reloaded();
  expect(begun).toEqual([1]);
  release.resolve();
  await replayer.settled();
  expect(begun).toEqual([1, 2]);
});

test('a save while replay is off is ignored', async () => {
  const replayer = new Replayer(async () => {
    throw new Error('This is not asked for.');
  });
  replayer.reloaded();
  await replayer.settled();
  expect(replayer.isOn).toBe(false);
});
