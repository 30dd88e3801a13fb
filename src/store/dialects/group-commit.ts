/** What a group commit needs of a database. */
export interface Transactions {
  /** Whether a transaction is open. SQLite ends one by itself when the disk is full, for example. */
  isOpen(): boolean;
  /**
   * Throws SQLite's busy error if another process has the lock.
   *
   * @param isSynced whether the commit is to wait for the disk
   */
  begin(isSynced: boolean): void;
  commit(): void;
  rollback(): void;
  /** Rolls back the work of the current writer alone. */
  undo(): void;
}

/** A writer whose work is done and waits to be stored. */
interface Member {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Commits everything that was written in one turn of the event loop together, because waiting for the disk
 * takes longer than all the rest of a write. Writers still run one after the other. Each learns that it is
 * stored after the commit it took part in, so that "stored" means the same as without a group.
 */
export class GroupCommit {
  readonly #transactions: Transactions;
  #members: Member[] = [];
  #timer: NodeJS.Immediate | undefined;
  /** Whether a writer is in the middle of its work, so that nothing can be committed now. */
  #isWriting = false;
  /** Whether the commit waits for the current writer. */
  #isDue = false;
  /** Whether the commit will wait for the disk. */
  #isSynced = false;

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /**
   * Begins the work of a writer, in the transaction of the group. A group whose commit waits for the disk takes
   * every writer. Another one is committed first if the writer needs the disk.
   *
   * @param isSynced whether the writer needs the disk
   */
  enter(isSynced: boolean): void {
    if (isSynced && !this.#isSynced && this.#transactions.isOpen()) this.#commit();
    if (!this.#transactions.isOpen()) {
      this.#transactions.begin(isSynced);
      this.#isSynced = isSynced;
    }
    this.#isWriting = true;
  }

  /** Ends the work of a writer. Resolves once it is stored. */
  leave(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#members.push({ resolve, reject });
      this.abandon();
    });
  }

  /** Ends the work of a writer that has stored nothing. */
  abandon(): void {
    this.#isWriting = false;
    if (this.#isDue) this.#commit();
    else this.#timer ??= setImmediate(() => this.#commitUnlessWriting());
  }

  /** Stores what is done, and rolls back what is not. */
  close(): void {
    if (this.#isWriting && this.#transactions.isOpen()) this.#transactions.undo();
    this.#commit();
  }

  /** Rejects the whole group if an error has ended its transaction. */
  checkAfter(error: unknown): void {
    if (!this.#transactions.isOpen()) this.#settle(({ reject }) => reject(error));
  }

  /** Stores what is done so far. */
  #commit(): void {
    try {
      if (this.#transactions.isOpen()) this.#transactions.commit();
      this.#settle(({ resolve }) => resolve());
    } catch (error) {
      if (this.#transactions.isOpen()) this.#transactions.rollback();
      this.#settle(({ reject }) => reject(error));
    }
  }

  #commitUnlessWriting(): void {
    this.#timer = undefined;
    this.#isDue = this.#isWriting;
    if (!this.#isWriting) this.#commit();
  }

  #settle(settle: (member: Member) => void): void {
    clearImmediate(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    const [first, ...others] = this.#members;
    this.#members = [];
    if (first) settle(first);
    // What follows a write, such as its events, keeps the order of the writes: one goes on after the other.
    for (const member of others) setImmediate(() => settle(member));
  }
}
