import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isFolderLocked, lockFolder, lockOwner } from '../../src/daemon/lock.ts';
import { startMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

describe('a folder', () => {
  test('is taken by one at a time, and free again once it is given back', () => {
    const { data } = makeWorkspace();
    const lock = lockFolder(data, 'serve');
    expect(() => lockFolder(data, 'simulate')).toThrow(
      `"messenger serve" is already running in this folder as process ${process.pid}.`,
    );
    expect(lockOwner(data)).toEqual({ pid: process.pid, purpose: 'serve' });
    lock.close();
    expect([isFolderLocked(data), lockOwner(data)]).toEqual([false, undefined]);
  });

  test('that is not there is free, and is not made by asking', () => {
    const { data } = makeWorkspace();
    expect(isFolderLocked(data)).toBe(false);
    lockFolder(data, 'serve').close();
  });

  test('is free as soon as its process was killed, whatever that left behind', async () => {
    const { folder, data } = makeWorkspace();
    const child = startMessenger(folder, ['serve', '--json', '--quiet']);
    if (child.stdout) await once(child.stdout, 'data');
    expect(lockOwner(data)).toEqual({ pid: child.pid, purpose: 'serve' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isFolderLocked(data)).toBe(false);
  });

  test('is taken also where the file about its owner is damaged', () => {
    const { data } = makeWorkspace();
    const lock = lockFolder(data, 'serve');
    writeFileSync(`${data}/lock.json`, '{"pid":');
    expect(() => lockFolder(data, 'serve')).toThrow('is already running in this folder');
    lock.close();
  });

  test('is locked again after it was removed, but not in a workspace that has taken the place of the first', () => {
    const { folder, data } = makeWorkspace();
    const lock = lockFolder(data, 'serve');
    onTestFinished(() => lock.close());
    rmSync(data, { recursive: true });
    expect(lock.isThere()).toBe(false);
    lock.renew();
    expect([lock.isThere(), isFolderLocked(data)]).toEqual([true, true]);
    renameSync(folder, `${folder}.old`);
    onTestFinished(() => rmSync(`${folder}.old`, { recursive: true }));
    mkdirSync(data, { recursive: true });
    expect(() => lock.renew()).toThrow('The workspace was removed or replaced.');
    expect(readdirSync(data)).toEqual([]);
  });
});
