import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { newGroupSettings, type ThreadSettings } from '../../src/domain/thread.ts';
import { aThread, at, hardText } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

const isSetting = (name: string): name is keyof ThreadSettings => name in newGroupSettings;
const settingNames = Object.keys(newGroupSettings).filter(isSetting);

/** All settings off but one. */
const only = (name: keyof ThreadSettings): ThreadSettings => ({
  addParticipants: false,
  chatBots: false,
  invitations: false,
  calling: false,
  messaging: false,
  knocks: false,
  [name]: true,
});

test.each([
  ['a group', aThread({ subject: hardText, botsRevision: 7, createdAt: at(3), updatedAt: at(4) })],
  ['a locked group', aThread({ locked: true })],
  ['an archived group', aThread({ archivedAt: at(5) })],
  ['a private thread', aThread({ kind: 'private', subject: null })],
])('%s is found as it was stored', async (_, thread) => {
  const { threads } = await openStore();
  await threads.insert(thread);
  await threads.insert(aThread());
  expect(await threads.find(thread.id)).toEqual(thread);
});

test('a thread that is not there is not found', async () => {
  const { threads } = await openStore();
  expect(await threads.find(newId())).toBeUndefined();
});

test.each(settingNames)('the setting %s is kept by itself, when stored and when changed', async (name) => {
  const { threads } = await openStore();
  const stored = aThread({ settings: only(name) });
  const changed = aThread();
  const other = aThread();
  for (const thread of [stored, changed, other]) await threads.insert(thread);
  await threads.update({ ...changed, settings: only(name) });
  expect(await threads.find(stored.id)).toEqual(stored);
  expect(await threads.find(changed.id)).toEqual({ ...changed, settings: only(name) });
  expect(await threads.find(other.id)).toEqual(other);
});

test('groups of a name are found oldest first; private and archived threads are none', async () => {
  const { threads } = await openStore();
  const [first, second] = [aThread({ subject: 'Team' }), aThread({ subject: 'Team' })];
  const others = [
    aThread({ subject: 'team' }),
    aThread({ subject: 'Team', archivedAt: at(1) }),
    aThread({ subject: 'Team', kind: 'private' }),
  ];
  for (const thread of [second, ...others, first]) await threads.insert(thread);
  expect(await threads.findGroups('Team')).toEqual([first, second]);
  expect(await threads.findGroups('Tea')).toEqual([]);
});

test('a touched thread has the new time, and no other has', async () => {
  const { threads } = await openStore();
  const [touched, other] = [aThread(), aThread()];
  for (const thread of [touched, other]) await threads.insert(thread);
  await threads.touch(touched.id, at(99));
  expect(await threads.find(touched.id)).toEqual({ ...touched, updatedAt: at(99) });
  expect(await threads.find(other.id)).toEqual(other);
});

test("every change of the bots raises the thread's revision", async () => {
  const { threads } = await openStore();
  const [changed, other] = [aThread({ botsRevision: 3 }), aThread({ botsRevision: 3 })];
  for (const thread of [changed, other]) await threads.insert(thread);
  await threads.botsChanged(changed.id);
  await threads.botsChanged(changed.id);
  expect(await threads.find(changed.id)).toEqual({ ...changed, botsRevision: 5 });
  expect(await threads.find(other.id)).toEqual(other);
});
