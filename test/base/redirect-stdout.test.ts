import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withRedirectedStdout } from '../../src/base/redirect-stdout.ts';

const { stdout, stderr } = process;
const [writeOut, writeErr] = [stdout.write, stderr.write];
const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  stdout.write = vi.fn((text) => printed.push(`out: ${text}`) > 0);
  stderr.write = vi.fn((text) => printed.push(`err: ${text}`) > 0);
});

afterEach(() => {
  [stdout.write, stderr.write] = [writeOut, writeErr];
});

test('what is printed meanwhile goes to standard error, and afterwards to standard output again', async () => {
  const result = await withRedirectedStdout(async () => {
    stdout.write('one');
    await new Promise(setImmediate);
    stdout.write('two');
    return 'done';
  });
  stdout.write('three');
  expect([result, printed]).toEqual(['done', ['err: one', 'err: two', 'out: three']]);
});

test('standard output comes back when the work throws', async () => {
  const work = withRedirectedStdout(async () => {
    throw new Error('broken');
  });
  await expect(work).rejects.toThrow('broken');
  stdout.write('after');
  expect(printed).toEqual(['out: after']);
});

test('of works that overlap the last one brings it back, whichever ends first', async () => {
  let endLong = (): void => undefined;
  const long = withRedirectedStdout(() => new Promise<void>((resolve) => (endLong = resolve)));
  await withRedirectedStdout(async () => void stdout.write('short'));
  stdout.write('still long');
  endLong();
  await long;
  stdout.write('after');
  expect(printed).toEqual(['err: short', 'err: still long', 'out: after']);
});
