import type { App } from '../app.ts';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import type { FolderLock } from './lock.ts';

/** How often is looked, in milliseconds. */
const lookEvery = 300;

/** What watching a database works with. */
interface DatabaseWatch {
  store: App['store'];
  /** Missing where others may use the workspace beside this process. */
  lock?: FolderLock;
  /** Told once that nothing is stored any more, and again whenever the lock had to be taken anew. */
  onTrouble: (trouble: MessengerError) => void;
  /** The workspace was locked again: what others find this process by is to be made again. */
  onLockRenewed?: () => void;
  /** Somebody else has the workspace, or it is gone: this process must end. */
  onLost?: (error: MessengerError) => void;
}

/**
 * Looks whether the database and the lock of a workspace are still those that were opened. What is written is refused
 * by the store itself; here it is told, and made sure that no other daemon starts beside this one.
 *
 * @example disposables.use(watchDatabase({ store, lock, onTrouble, onLockRenewed, onLost }))
 */
export function watchDatabase(watched: DatabaseWatch): { close(): void } {
  let told = '';
  let isMissing = false;
  const tell = (trouble: MessengerError | undefined) => {
    if (trouble && trouble.message !== told) watched.onTrouble(trouble);
    told = trouble?.message ?? '';
  };
  const timer = setInterval(() => {
    tell(watched.store.trouble());
    const wasMissing = isMissing;
    isMissing = watched.lock !== undefined && !watched.lock.isThere();
    // Not at once: whoever removes the folder is to come to the end of that.
    if (isMissing && wasMissing) {
      isMissing = false;
      takeAgain(watched, () => clearInterval(timer));
      told = '';
    }
  }, lookEvery);
  return { close: () => clearInterval(timer) };
}

function takeAgain({ store, lock, onLockRenewed, onLost }: DatabaseWatch, stop: () => void): void {
  try {
    lock?.renew();
    onLockRenewed?.();
  } catch (error) {
    stop();
    const reason = error instanceof MessengerError ? error : store.trouble();
    onLost?.(reason ?? createError('DATABASE_REFUSED', messageOf(error)));
  }
}
