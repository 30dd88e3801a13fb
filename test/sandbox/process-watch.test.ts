import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ProcessWatch } from '../../src/sandbox/process-watch.ts';

/** Something that code does to its process, and how to undo it. */
type Change = () => () => unknown;

const setVariable =
  (name: string, value: string | undefined): Change =>
  () => {
    const before = process.env[name];
    const set = (to: string | undefined) => {
      if (to === undefined) delete process.env[name];
      else process.env[name] = to;
    };
    set(value);
    return () => set(before);
  };

const listen =
  (change: (listener: () => void) => void): Change =>
  () => {
    const listener = () => undefined;
    change(listener);
    return () => process.off('SIGUSR2', listener);
  };

const replaceWrite =
  (stream: NodeJS.WriteStream): Change =>
  () => {
    const { write } = stream;
    stream.write = Object.assign(write.bind(stream));
    return () => {
      stream.write = write;
    };
  };

beforeAll(() => {
  process.env.PROCESS_WATCH_TEST = 'before';
});
afterAll(() => {
  delete process.env.PROCESS_WATCH_TEST;
});

describe('what belongs to the whole process', () => {
  test.each<[string, Change, string | undefined]>([
    ['nothing', () => () => undefined, undefined],
    ['a new variable', setVariable('PROCESS_WATCH_NEW', ''), 'process.env.PROCESS_WATCH_NEW'],
    ['another value', setVariable('PROCESS_WATCH_TEST', 'after'), 'process.env.PROCESS_WATCH_TEST'],
    ['a variable without a value', setVariable('PROCESS_WATCH_TEST', ''), 'process.env.PROCESS_WATCH_TEST'],
    ['a removed variable', setVariable('PROCESS_WATCH_TEST', undefined), 'process.env.PROCESS_WATCH_TEST'],
    ['the same value again', setVariable('PROCESS_WATCH_TEST', 'before'), undefined],
    [
      'the current folder',
      () => {
        const before = process.cwd();
        process.chdir(tmpdir());
        return () => process.chdir(before);
      },
      'the working directory (process.chdir)',
    ],
    [
      'the mask of new files',
      () => {
        const before = process.umask(0o077);
        return () => process.umask(before);
      },
      'process.umask',
    ],
    [
      'the title',
      () => {
        const { title } = process;
        process.title = 'changed';
        return () => {
          process.title = title;
        };
      },
      'process.title',
    ],
    ['standard output', replaceWrite(process.stdout), 'process.stdout.write'],
    ['standard error', replaceWrite(process.stderr), 'process.stderr.write'],
    [
      'a listener',
      listen((listener) => process.on('SIGUSR2', listener)),
      'the listeners of process for SIGUSR2',
    ],
    [
      'a listener for once',
      listen((listener) => process.once('SIGUSR2', listener)),
      'the listeners of process for SIGUSR2',
    ],
  ])('is found when it changed, and not when it was changed back: %s', (_, change, found) => {
    const watch = new ProcessWatch();
    watch.remember();
    const undo = change();
    onTestFinished(() => void undo());
    expect(watch.find()).toBe(found);
    undo();
    expect(watch.find()).toBeUndefined();
  });

  test('is unchanged with a listener for once that was there before', () => {
    const listener = () => undefined;
    process.once('SIGUSR2', listener);
    onTestFinished(() => void process.off('SIGUSR2', listener));
    const watch = new ProcessWatch();
    watch.remember();
    expect(watch.find()).toBeUndefined();
  });

  test('is found when a listener was replaced or removed', () => {
    const [one, other] = [() => undefined, () => undefined];
    process.on('SIGUSR2', one);
    onTestFinished(() => void process.off('SIGUSR2', one).off('SIGUSR2', other));
    const watch = new ProcessWatch();
    watch.remember();
    process.off('SIGUSR2', one);
    expect(watch.find()).toBe('the listeners of process for SIGUSR2');
    process.on('SIGUSR2', other);
    expect(watch.find()).toBe('the listeners of process for SIGUSR2');
  });

  test('is the new state after remember()', () => {
    const watch = new ProcessWatch();
    watch.remember();
    const undo = setVariable('PROCESS_WATCH_NEW', '1')();
    onTestFinished(() => void undo());
    watch.remember();
    expect(watch.find()).toBeUndefined();
  });
});
