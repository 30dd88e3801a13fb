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

/**
 * Commits together what was written in one turn of the event loop, and everything that is written while the disk
 * is busy with an earlier group: waiting for the disk takes longer than all the rest of a write. Writers still run
 * one after the other. Each learns that it is stored after the commit it took part in, and after the disk has it,
 * so that "stored" means the same as without a group. Nothing else waits for the disk meanwhile.
 */
export class GroupCommit {
  readonly #transactions: Transactions;
  #members: Member[] = [];
  #timer: NodeJS.Immediate | undefined;
  /** Whether a writer is in the middle of its work, so that nothing can be committed now. */
  #isWriting = false;
  /** Whether the commit waits for the current writer. */
  #isDue = false;
  /** Set while the disk is busy with a group. */
  #syncing: Promise<void> | undefined;

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Begins the work of a writer, in the transaction of the group. */
  enter(): void {
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
    else this.#schedule();
  }

  /** Stores what is done, and rolls back what is not. */
  async close(): Promise<void> {
    if (this.#isWriting && this.#transactions.isOpen()) this.#transactions.undo();
    this.#commit();
    await this.#syncing;
  }

  /** Rejects the whole group if an error has ended its transaction. */
  checkAfter(error: unknown): void {
    if (!this.#transactions.isOpen()) settle(this.#take(), ({ reject }) => reject(error));
  }

  /** Commits in the next turn, or when the disk has the group before. */
  #schedule(): void {
    if (this.#syncing === undefined) this.#timer ??= setImmediate(() => this.#commitUnlessWriting());
  }

  #commitUnlessWriting(): void {
    this.#timer = undefined;
    this.#isDue = this.#isWriting;
    if (!this.#isWriting) this.#commit();
  }

  #commit(): void {
    try {
      if (this.#transactions.isOpen()) this.#transactions.commit();
    } catch (error) {
      if (this.#transactions.isOpen()) this.#transactions.rollback();
      settle(this.#take(), ({ reject }) => reject(error));
      return;
    }
    const members = this.#take();
    const waiting = members.filter(({ isSynced }) => isSynced);
    if (waiting.length > 0) this.#syncFor(waiting);
    settle(
      members.filter(({ isSynced }) => !isSynced),
      ({ resolve }) => resolve(),
    );
  }

  #syncFor(members: readonly Member[]): void {
    const syncing = this.#sync(members, this.#syncing).then(() => {
      if (this.#syncing !== syncing) return;
      this.#syncing = undefined;
      if (this.#transactions.isOpen()) this.#schedule();
    });
    this.#syncing = syncing;
  }

  async #sync(members: readonly Member[], before: Promise<void> | undefined): Promise<void> {
    try {
      await before;
      await this.#transactions.sync();
      settle(members, ({ resolve }) => resolve());
    } catch (error) {
      settle(members, ({ reject }) => reject(error));
    }
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
