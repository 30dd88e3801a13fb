import { expect, test } from 'vitest';
import { Stagger } from '../../src/base/stagger.ts';

/** Pieces of work that go on until they are let end, and the order in which they begin. */
function works(stagger: Stagger) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string) =>
    stagger.run(async () => {
      begun.push(name);
      await new Promise<void>((end) => ends.set(name, end));
      return name;
    });
  return { begun, run, end: (name: string) => ends.get(name)?.() };
}

test('so many begin at once, and the others in their order when one is done', async () => {
  const { begun, run, end } = works(new Stagger(2, 60_000));
  const all = ['a', 'b', 'c', 'd'].map(run);
  expect(begun).toEqual(['a', 'b']);
  end('b');
  expect(await all[1]).toBe('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c']) end(name);
  await Promise.all([all[0], all[2]]);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  end('d');
  await all[3];
  const again = run('e');
  expect(begun.at(-1)).toBe('e');
  end('e');
  await again;
});

test('one that hangs holds up the others for a moment only', async () => {
  const { begun, run, end } = works(new Stagger(1, 20));
  const all = ['a', 'b', 'c'].map(run);
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  for (const name of begun) end(name);
  await Promise.all(all);
});

test('one that fails makes room', async () => {
  const stagger = new Stagger(1, 60_000);
  await expect(stagger.run(() => Promise.reject(new Error('It rains.')))).rejects.toThrow('It rains.');
  expect(await stagger.run(async () => 'done')).toBe('done');
});
