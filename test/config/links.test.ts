import { symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filesBelow, watchLinks } from '../../src/config/links.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

test.each<[string, Record<string, string[]>, string[]]>([
  ['nothing is watched', {}, []],
  [
    'files of the folder, and of folders in it',
    { '/w/bots': ['a.ts', 'in'], '/w/bots/in': ['b.ts'] },
    ['/w/bots/a.ts', '/w/bots/in', '/w/bots/in/b.ts'],
  ],
  ['a folder whose name only begins alike', { '/w/bots-old': ['a.ts'], '/w': ['bots', 'bots-old'] }, []],
])('the files below a folder: %s', (_, watched, expected) => {
  expect(filesBelow(watched, '/w/bots')).toEqual(expected);
});

// Links need a right on Windows that few have.
describe.skipIf(process.platform === 'win32')('a link', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  /** A folder with two releases and a link to the first, watched together with a plain file. */
  function watched() {
    const folder = temporaryFolder();
    writeFiles(folder, { 'releases/1/a.ts': '', 'releases/2/a.ts': '', 'plain.ts': '' });
    const at = (name: string) => path.join(folder, name);
    const turn = (target: string) => {
      unlinkSync(at('current'));
      symlinkSync(at(target), at('current'));
    };
    symlinkSync(at('releases/1'), at('current'));
    const turned: string[][] = [];
    const paths = [at('current'), at('plain.ts'), at('later')];
    const watch = watchLinks(
      () => paths,
      (links) => turned.push(links.map((link) => path.basename(link))),
    );
    return { at, turn, turned, look: () => vi.advanceTimersByTime(1_000), watch };
  }

  test('that leads elsewhere is reported once', () => {
    const { turn, turned, look } = watched();
    look();
    turn('releases/2');
    look();
    look();
    expect(turned).toEqual([['current']]);
  });

  test('that is made again and leads where it did is not reported', () => {
    const { turn, turned, look } = watched();
    turn('releases/1');
    look();
    expect(turned).toEqual([]);
  });

  test('that is removed and made again is reported both times', () => {
    const { at, turned, look } = watched();
    unlinkSync(at('current'));
    look();
    symlinkSync(at('releases/1'), at('current'));
    look();
    expect(turned).toEqual([['current'], ['current']]);
  });

  test('that leads nowhere is reported when its target comes', () => {
    const { at, turn, turned, look } = watched();
    turn('releases/3');
    look();
    writeFiles(at('releases/3'), { 'a.ts': '' });
    look();
    expect(turned).toEqual([['current'], ['current']]);
  });

  test('that appears later is followed from then on', () => {
    const { at, turned, look } = watched();
    symlinkSync(at('releases/1'), at('later'));
    look();
    unlinkSync(at('later'));
    symlinkSync(at('releases/2'), at('later'));
    look();
    expect(turned).toEqual([['later']]);
  });

  test('is not looked at after the watch was closed', () => {
    const { turn, turned, look, watch } = watched();
    watch.close();
    turn('releases/2');
    look();
    expect(turned).toEqual([]);
  });
});
