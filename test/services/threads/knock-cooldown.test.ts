import { beforeAll, beforeEach, expect, test } from 'vitest';
import { startKnockCooldown } from '../../../src/services/threads/knock-cooldown.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const atEnd = endAfterAll();
let shared: TestGroup;
let group: TestGroup;
beforeAll(async () => {
  shared = await TestGroup.open({}, {}, atEnd);
});
beforeEach(async () => {
  shared.reconfigure({ knocks: { timeout: 0.5 } });
  group = await shared.anew();
});

/** Knocks, and returns the seconds that are left if that is too early. */
async function knock({ ignoreTimeout = false, at = group } = {}): Promise<string | undefined> {
  const { app, thread } = at;
  try {
    await app.store.transaction((store) => startKnockCooldown(app, { store, thread, ignoreTimeout }));
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'KNOCKED_LATELY' });
    return /another (\d+) seconds/.exec(String(error))?.[1];
  }
}

test('a group can be knocked at again once its cooldown has passed', async () => {
  expect(await knock()).toBeUndefined();
  expect(await knock()).toBe('30');
  group.clock.advance(29_001);
  expect(await knock()).toBe('1');
  group.clock.advance(999);
  expect(await knock()).toBeUndefined();
});

test('a knock that is too early does not begin the cooldown anew', async () => {
  await knock();
  group.clock.advance(20_000);
  expect(await knock()).toBe('10');
  group.clock.advance(10_000);
  expect(await knock()).toBeUndefined();
});

test('a knock that may ignore the cooldown begins it anew', async () => {
  await knock();
  group.clock.advance(20_000);
  expect(await knock({ ignoreTimeout: true })).toBeUndefined();
  expect(await knock()).toBe('30');
});

test('each group has its own', async () => {
  await knock();
  expect(await knock({ at: await shared.anew() })).toBeUndefined();
});

test('there is none where the configuration says 0, and none is left for later', async () => {
  shared.reconfigure({ knocks: { timeout: 0 } });
  expect([await knock(), await knock()]).toEqual([undefined, undefined]);
  shared.reconfigure({ knocks: { timeout: 0.5 } });
  expect(await knock()).toBeUndefined();
});
