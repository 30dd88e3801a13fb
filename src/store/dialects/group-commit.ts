/** What a group commit needs of a database. */
export interface Transactions {
  /** Whether a transaction is open. SQLite ends one by itself when the disk is full, for example. */
  isOpen(): boolean;
  /** Throws SQLite's busy error if another process has the lock. */
  begin(): void;
  /** Makes the work visible. Does not wait for the disk. */
  commit(): void;
  rollback(): void;
  /** Rolls back the work of the current writer alone. */
  undo(): void;
  /** Resolves once everything that was committed before is on the disk. */
  sync(): Promise<void>;
}

/** A writer whose work is done and waits to be stored. */
interface Member {
  /** Whether it waits for the disk. */
  isSynced: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** The error of those who write while the database is closed. */
export const closedError = (): Error => new Error('The database was closed.');

/**
 * Commits everything that was written in one turn of the event loop together, and flushes all commits together that
 * were made while the disk was busy with earlier ones. Writers still run one after the other. Each learns that it is
 * stored after the commit it took part in, and after the disk has it, so that "stored" means the same as without a
 * group. Nothing else waits for the disk meanwhile.
 */
export class GroupCommit {
  readonly #transactions: Transactions;
  /** Those whose work is not committed yet. */
  #members: Member[] = [];
  /** Those whose work is committed and not on the disk yet. */
  #unsynced: Member[] = [];
  #timer: NodeJS.Immediate | undefined;
  /** Whether a writer is in the middle of its work, so that nothing can be committed now. */
  #isWriting = false;
  /** Whether the commit waits for the current writer. */
  #isDue = false;
  /** Set while the disk is busy. */
  #syncing: Promise<void> | undefined;
  #isClosed = false;

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Begins the work of a writer, in the transaction of the group. */
  enter(): void {
    this.assertOpen();
    if (!this.#transactions.isOpen()) this.#transactions.begin();
    this.#isWriting = true;
  }

  /**
   * Ends the work of a writer. Resolves once it is stored.
   *
   * @param isSynced whether that includes the disk
   */
  leave(isSynced: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#members.push({ isSynced, resolve, reject });
      this.abandon();
    });
  }

  /** Ends the work of a writer that has stored nothing. */
  abandon(): void {
    this.#isWriting = false;
    if (this.#isDue) this.#commit();
    else this.#timer ??= setImmediate(() => this.#commitUnlessWriting());
  }

  /** Stores what is done, and rolls back what is not. Nothing can be written afterwards. */
  async close(): Promise<void> {
    if (this.#isWriting && this.#transactions.isOpen()) this.#transactions.undo();
    this.#commit();
    this.#isClosed = true;
    while (this.#syncing) await this.#syncing;
  }

  /** @throws an error once the group was closed */
  assertOpen(): void {
    if (this.#isClosed) throw closedError();
  }

  /** Rejects the whole group if an error has ended its transaction. */
  checkAfter(error: unknown): void {
    if (!this.#transactions.isOpen()) settle(this.#take(), ({ reject }) => reject(error));
  }

  #commitUnlessWriting(): void {
    this.#timer = undefined;
    this.#isDue = this.#isWriting;
    if (!this.#isWriting) this.#commit();
  }

  #commit(): void {
    try {
      this.assertOpen();
      if (this.#transactions.isOpen()) this.#transactions.commit();
    } catch (error) {
      if (!this.#isClosed && this.#transactions.isOpen()) this.#transactions.rollback();
      settle(this.#take(), ({ reject }) => reject(error));
      return;
    }
    const members = this.#take();
    this.#unsynced.push(...members.filter(({ isSynced }) => isSynced));
    settle(
      members.filter(({ isSynced }) => !isSynced),
      ({ resolve }) => resolve(),
    );
    if (this.#unsynced.length > 0) this.#syncing ??= this.#sync();
  }

  /** Flushes until nobody waits for it any more. */
  async #sync(): Promise<void> {
    while (this.#unsynced.length > 0) {
      const members = this.#unsynced.splice(0);
      try {
        await this.#transactions.sync();
        settle(members, ({ resolve }) => resolve());
      } catch (error) {
        settle(members, ({ reject }) => reject(error));
      }
    }
    this.#syncing = undefined;
  }

  #take(): Member[] {
    clearImmediate(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    return this.#members.splice(0);
  }
}

function settle(members: readonly Member[], how: (member: Member) => void): void {
  const [first, ...others] = members;
  if (first) how(first);
  // What follows a write, such as its events, keeps the order of the writes: one goes on after the other.
  for (const member of others) setImmediate(() => how(member));
}
