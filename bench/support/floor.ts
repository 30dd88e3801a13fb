import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * The least that a durable answer costs: SQLite alone, one transaction that stores a message and its job, and one that
 * takes the job and stores the answer. Every commit waits for the disk, as in the product.
 */
export class Floor {
  readonly #database: Database.Database;
  readonly #statements: Database.Statement[];
  #count = 0;

  constructor(folder: string) {
    const database = new Database(path.join(folder, 'floor.sqlite'));
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    database.exec(`
      create table messages (id text primary key, thread_id text not null, body text not null);
      create table jobs (id text primary key, message_id text not null, claimed integer not null);
    `);
    this.#database = database;
    this.#statements = [
      database.prepare('insert into messages values (?, ?, ?)'),
      database.prepare('insert into jobs values (?, ?, 0)'),
      database.prepare('update jobs set claimed = 1 where id = ?'),
      database.prepare('delete from jobs where id = ?'),
    ];
  }

  /** Answers for so many milliseconds, so many messages in each commit; returns the answers a second. */
  run(milliseconds: number, together: number): number {
    const [message, job, claim, remove] = this.#statements;
    const accept = this.#database.transaction((ids: string[]) => {
      for (const id of ids) {
        message?.run(id, `thread ${id}`, 'hi');
        job?.run(id, id);
      }
    });
    const answer = this.#database.transaction((ids: string[]) => {
      for (const id of ids) {
        claim?.run(id);
        message?.run(`answer to ${id}`, `thread ${id}`, 'hello');
        remove?.run(id);
      }
    });
    const begun = performance.now();
    let answered = 0;
    while (performance.now() - begun < milliseconds) {
      const ids = Array.from({ length: together }, () => String(++this.#count));
      accept(ids);
      answer(ids);
      answered += together;
    }
    return (answered * 1_000) / (performance.now() - begun);
  }

  close(): void {
    this.#database.close();
  }
}
