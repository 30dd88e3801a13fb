import { afterEach, expect, test, vi } from 'vitest';
import { withoutExit } from '../../src/config/no-exit.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Puts something in the place of the real `process.exit()`. */
const watchedExit = () => vi.spyOn(process, 'exit').mockReturnValue(undefined as never);

test('of several that load at once only the one that calls process.exit() fails, and afterwards it works again', async () => {
  const exit = watchedExit();
  let finish = () => {};
  const slow = withoutExit(() => new Promise<void>((resolve) => (finish = resolve)));
  const failing = withoutExit(async () => process.exit(3));
  await expect(failing).rejects.toThrow('it calls process.exit(3)');
  finish();
  await slow;
  expect(exit).not.toHaveBeenCalled();
  process.exit(4);
  expect(exit).toHaveBeenCalledExactlyOnceWith(4);
});

test('what is no part of the load may end the process meanwhile, as a second Ctrl+C does', async () => {
  const exit = watchedExit();
  let finish = () => {};
  const load = withoutExit(() => new Promise<void>((resolve) => (finish = resolve)));
  process.exit();
  expect(exit).toHaveBeenCalledOnce();
  finish();
  await load;
});
