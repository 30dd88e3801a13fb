import { existsSync, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findWorkspace, type Workspace } from '../../../src/config/workspace.ts';
import { botFolder } from '../../../src/domain/file-path.ts';
import { openSqliteStore } from '../../../src/store/store.ts';
import { contentsOf } from '../../support/folders.ts';
import { type Outcome, outcome, startMessenger } from '../../support/messenger.ts';
import { aBot, anAction, aThread, at } from '../../support/records.ts';
import { rowsOf } from '../../support/stores.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

// A killed process loses nothing it has written, so memory is as good as a disk here, and ten times as fast.
if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';

/** So many removed bots wait to be purged whenever a purge begins. */
const waiting = 250;
/** A few in the gate, more by hand: `PURGE_KILLS=100 npx vitest run purge-crash`. */
const kills = Number(process.env.PURGE_KILLS ?? 10);

/** Where a purge is killed: after so many changes to a folder. */
interface Point {
  folder: 'database' | 'bots';
  changes: number;
}

/** The same numbers from the same seed (Lehmer): 1 to `most`. */
function randomNumbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 48_271) % 2_147_483_647;
    return 1 + (state % most);
  };
}

/** A group with live and with removed bots, all with actions, cooldowns and files. */
class Archive {
  readonly workspace: Workspace;
  readonly thread = aThread();
  readonly random: (most: number) => number;
  /** The files of every bot there ever was, by its id. */
  readonly #files = new Map<string, string[]>();

  constructor(folder: string, seed: number) {
    this.workspace = findWorkspace(folder);
    this.random = randomNumbers(seed);
  }

  async put(count: number, archivedAt: string | null): Promise<void> {
    const store = await openSqliteStore(this.workspace.database);
    await store.transaction(async ({ threads, bots, cooldowns }) => {
      if (!(await threads.find(this.thread.id))) await threads.insert(this.thread);
      for (let number = 0; number < count; number++) {
        const bot = aBot({ threadId: this.thread.id, archivedAt });
        await bots.insert(bot);
        for (const action of [anAction({ botId: bot.id }), anAction({ botId: bot.id })]) {
          await bots.insertAction(action);
          await cooldowns.start(action.id, at(1));
        }
        const avatars = Array.from({ length: this.random(4) }, (_, index) => `avatar/${index}.png`);
        const files = [...avatars, 'images/deep/cat.png'];
        this.#files.set(bot.id, files);
        writeFiles(path.join(this.folder, bot.id), Object.fromEntries(files.map((file) => [file, bot.id])));
      }
    });
    await store.close();
  }

  /** Where the folders of all bots are. */
  get folder(): string {
    return path.join(this.workspace.storage, 'threads', this.thread.id, 'bots');
  }

  column(query: string): string[] {
    return rowsOf(this.workspace.database, query).flatMap((row) => Object.values(Object(row)).map(String));
  }

  get bots(): string[] {
    return this.column('select id from bots');
  }

  get unclaimed(): string[] {
    return this.column('select path from unclaimed_files');
  }

  /** Everything that is not as a crash may leave it. */
  problems(): string[] {
    const bots = this.bots;
    const claimed = new Set([...bots.map((bot) => botFolder(this.thread.id, bot)), ...this.unclaimed]);
    const there = new Set(readdirSync(this.folder, { recursive: true, encoding: 'utf8' }));
    const strays = readdirSync(this.folder).filter((bot) => !claimed.has(botFolder(this.thread.id, bot)));
    const lost = bots.flatMap((bot) =>
      (this.#files.get(bot) ?? ['no file known'])
        .map((file) => path.join(bot, file))
        .filter((file) => !there.has(file)),
    );
    const orphans = this.column(`
      select id from bot_actions where bot_id not in (select id from bots)
      union select subject_id from cooldowns where subject_id not in (select id from bot_actions)
      union select bots.id from bots where (select count(*) from bot_actions where bot_id = bots.id) <> 2`);
    return [
      ...strays.map((bot) => `a folder without a row: ${bot}`),
      ...lost.map((file) => `a row without its file: ${file}`),
      ...orphans.map((id) => `half a bot: ${id}`),
    ];
  }

  /** Purges with the real command line, and kills it at a point, unless it ends before. */
  async purge(point?: Point): Promise<Outcome> {
    const child = startMessenger(this.workspace.folder, ['purge:bots', '--days', '0', '--now', '--json']);
    const folders = { database: this.workspace.data, bots: this.folder };
    let left = point?.changes ?? 0;
    const watcher = point && watch(folders[point.folder], () => --left === 0 && child.kill('SIGKILL'));
    const ended = await outcome(child);
    watcher?.close();
    return ended;
  }
}

test.concurrent.for([1, 2])(
  `killed ${kills} times (seed %i), a purge leaves neither files without rows nor rows without files`,
  { timeout: 120_000 + kills * 20_000 },
  async (seed, { onTestFinished }) => {
    const archive = new Archive(temporaryFolder(onTestFinished), seed);
    const { storage } = archive.workspace;
    await archive.put(20, null);
    writeFiles(storage, { [`threads/${archive.thread.id}/images/dog.png`]: 'dog' });
    const live = new Set(archive.bots);
    const [files, rows] = [contentsOf(storage), archive.column('select * from bots order by id')];
    const halfDone = { rows: 0, files: 0 };

    // Where a kill hits depends on the machine, so there are more until enough have hit each half.
    const isEnough = () => Math.min(halfDone.rows, halfDone.files) > kills / 5;
    for (let kill = 0, rounds = 0; kill < kills || !isEnough(); rounds++) {
      await archive.put(waiting - (archive.bots.length - live.size), at(0));
      const [folder, most] = archive.random(2) === 1 ? (['bots', 250] as const) : (['database', 60] as const);
      const point = { folder, changes: archive.random(most) };
      const { signal, stderr } = await archive.purge(point);
      const problems = archive.problems();
      expect({ kill, point, stderr, problems }).toMatchObject({ stderr: '', problems: [] });
      if (signal === 'SIGKILL') kill++;
      const left = archive.unclaimed.filter((file) => existsSync(path.join(storage, file)));
      if (left.length > 0) halfDone.files++;
      if (archive.bots.length > live.size && archive.bots.length < live.size + waiting) halfDone.rows++;
      // A busy machine tells of several changes as one, so that a purge may end before its point.
      expect(rounds, JSON.stringify(halfDone)).toBeLessThan(8 * kills);
    }

    const count = archive.bots.length - live.size;
    const { code, stdout } = await archive.purge();
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { state: 'purged', days: 0, bots: count, actions: 2 * count },
    ]);
    expect([archive.unclaimed, archive.column('select * from bots order by id')]).toEqual([[], rows]);
    expect(contentsOf(storage)).toEqual(files);
    expect(archive.problems()).toEqual([]);
    expect(archive.column('pragma integrity_check')).toEqual(['ok']);
  },
);
