import type { App } from '../app.ts';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import type { FolderLock } from './lock.ts';

/** Milliseconds between checks. */
const checkInterval = 1_000;

/** The options of watching a database. */
interface DatabaseWatch {
  store: Pick<App['store'], 'trouble'>;
  /** Missing where several processes may use the workspace. */
  lock?: Pick<FolderLock, 'isThere' | 'renew'>;
  /** Called once when nothing can be stored any more, and each time the lock was taken again. */
  onTrouble: (trouble: MessengerError) => void;
  /** Called when the workspace was locked again: files that point to this process must be recreated. */
  onLockRenewed?: () => void;
  /** Called when another process has the workspace, or it is gone: this process must end. */
  onLost?: (error: MessengerError) => void;
}

/**
 * Checks that the database and the lock of a workspace are still the files that were opened. The store itself
 * rejects writes to a replaced database. This watch reports it and prevents a second daemon from starting.
 *
 * @example disposables.use(watchDatabase({ store, lock, onTrouble, onLockRenewed, onLost }))
 */
export function watchDatabase(watched: DatabaseWatch): { close(): void } {
  let reported = '';
  let isMissing = false;
  const report = (trouble: MessengerError | undefined) => {
    if (trouble && trouble.message !== reported) watched.onTrouble(trouble);
    reported = trouble?.message ?? '';
  };
  const timer = setInterval(() => {
    report(watched.store.trouble());
    const wasMissing = isMissing;
    isMissing = watched.lock !== undefined && !watched.lock.isThere();
    // Not on the first miss, so that a removal of the whole folder can finish.
    if (isMissing && wasMissing) {
      isMissing = false;
      renewLock(watched, () => clearInterval(timer));
      reported = '';
    }
  }, checkInterval);
  return { close: () => clearInterval(timer) };
}

function renewLock({ store, lock, onLockRenewed, onLost }: DatabaseWatch, stop: () => void): void {
  try {
    lock?.renew();
    onLockRenewed?.();
  } catch (error) {
    stop();
    const reason = error instanceof MessengerError ? error : store.trouble();
    onLost?.(reason ?? createError('DATABASE_REFUSED', messageOf(error)));
  }
}
