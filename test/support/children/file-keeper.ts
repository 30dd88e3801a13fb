import { open } from 'node:fs/promises';
import { MovableClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { discardFiles, storeFile, sweepFiles } from '../../../src/services/files/store-file.ts';
import { LocalFiles } from '../../../src/store/local-files.ts';
import { openSqliteStore } from '../../../src/store/store.ts';
import { deleteBots, keepAvatar, keepAvatars } from '../kept-files.ts';

/*
 * A process that keeps and removes files until it is killed, or kills itself at a stage:
 *   before write | sync 1 (file not renamed) | sync 2 (renamed) | before commit | kept
 *   before remove | half removed | before delete | removed
 *   for ever (says `ready` and goes on) | sweep (says `ready`, and when told sweeps and says `swept` or what failed)
 */
const [database = '', root = '', threadId = '', stage = ''] = process.argv.slice(2);
const store = await openSqliteStore(database);
const files = new LocalFiles(root);
const context = { store, files, clock: new MovableClock() };

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

/** Kills the process when it flushes something for the nth time. */
async function dieAtSync(count: number): Promise<void> {
  const handle = await open(process.execPath);
  const prototype: { sync: () => Promise<void> } = Object.getPrototypeOf(handle);
  await handle.close();
  let left = count;
  const { sync } = prototype;
  prototype.sync = function (this: unknown) {
    left -= 1;
    return left === 0 ? die() : sync.call(this);
  };
}

/** Puts something before a method. */
function before<Name extends string>(of: Record<Name, (...args: never[]) => Promise<unknown>>, name: Name) {
  const method = of[name];
  of[name] = async (...args) => {
    await die();
    return method.apply(of, args);
  };
}

const keep = () => keepAvatar(context, threadId);

async function remove(): Promise<void> {
  const folders = await deleteBots(context, await keepAvatars(context, threadId, 3));
  await discardFiles(context, folders);
}

const stages: Record<string, () => Promise<unknown>> = {
  'before write': () => {
    before(files, 'write');
    return keep();
  },
  'sync 1': () => dieAtSync(1).then(keep),
  'sync 2': () => dieAtSync(2).then(keep),
  'before commit': () =>
    storeFile(context, {
      path: `threads/${threadId}/bots/${newId()}/avatar/x.png`,
      bytes: Buffer.from('x'),
      claim: die,
    }),
  kept: () => keep().then(die),
  'before remove': async () => {
    const folders = await deleteBots(context, await keepAvatars(context, threadId, 3));
    before(files, 'remove');
    await discardFiles(context, folders);
  },
  'half removed': async () => {
    const folders = await deleteBots(context, await keepAvatars(context, threadId, 3));
    await files.remove(folders.slice(0, 1));
    await die();
  },
  'before delete': async () => {
    const folders = await deleteBots(context, await keepAvatars(context, threadId, 3));
    before(store.unclaimedFiles, 'delete');
    await discardFiles(context, folders);
  },
  removed: () => remove().then(die),
  'for ever': async () => {
    process.send?.('ready');
    for (;;) await Promise.all([keep(), remove()]);
  },
  sweep: async () => {
    process.send?.('ready');
    await new Promise((resolve) => process.once('message', resolve));
    const outcome = await sweepFiles(context).then(() => 'swept', String);
    process.send?.(outcome, () => process.disconnect());
    await store.close();
  },
};

await stages[stage]?.();
