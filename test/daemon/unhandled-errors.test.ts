import { expect, test } from 'vitest';
import { catchUnhandledErrors } from '../../src/daemon/unhandled-errors.ts';

test('an error that nothing handles is reported until the watch is closed', () => {
  const before = process.listeners('uncaughtException');
  const reports: unknown[] = [];
  const watch = catchUnhandledErrors((error, where) => reports.push([error, where]));
  const [added] = process.listeners('uncaughtException').filter((each) => !before.includes(each));
  const forgotten = new Error('A timer of a listener threw.');
  const rejected = new Error('A promise of a listener was forgotten.');
  added?.(forgotten, 'uncaughtException');
  added?.(rejected, 'unhandledRejection');
  watch.close();
  expect(reports).toEqual([
    [forgotten, 'nobody waited'],
    [rejected, 'nobody waited'],
  ]);
  expect(process.listeners('uncaughtException')).toEqual(before);
});
