import { expect, test } from 'vitest';
import { at, hardText } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test('the last start of each command is stored by itself, and the later call counts even for an earlier time', async () => {
  const { schedule } = await openStore();
  expect(await schedule.lastStart('purge:bots')).toBeUndefined();
  await schedule.setStarted('purge:bots', at(5));
  await schedule.setStarted(hardText, at(6));
  await schedule.setStarted('purge:bots', at(1));
  expect(await schedule.lastStart('purge:bots')).toBe(at(1));
  expect(await schedule.lastStart(hardText)).toBe(at(6));
  expect(await schedule.lastStart('purge:messages')).toBeUndefined();
});
