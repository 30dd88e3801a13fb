import { readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workspace } from '../../src/config/workspace.ts';
import { botFolder } from '../../src/domain/file-path.ts';
import { messenger, outcome, startMessenger } from '../support/messenger.ts';
import { aBot, anAction, aThread, at } from '../support/records.ts';
import { Simulation } from '../support/simulation.ts';
import { openStore, rowsOf } from '../support/stores.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A workspace with a live bot, one removed just now, and so many removed long ago; each has two actions and a file. */
async function openArchive(removed: number) {
  const workspace = makeWorkspace();
  const [store, thread] = [await openStore(workspace.database), aThread()];
  const archived = Array.from({ length: removed }, (_, second) => at(second - 1e8));
  await store.threads.insert(thread);
  await store.transaction(async ({ bots }) => {
    for (const archivedAt of [null, new Date().toISOString(), ...archived]) {
      const bot = aBot({ threadId: thread.id, archivedAt });
      await bots.insert(bot);
      for (const _ of [1, 2]) await bots.insertAction(anAction({ botId: bot.id }));
      writeFiles(workspace.storage, { [`${botFolder(thread.id, bot.id)}/avatar/a.png`]: 'a' });
    }
  });
  await store.close();
  const folder = path.join(workspace.storage, 'threads', thread.id, 'bots');
  return {
    workspace,
    folder,
    run: (...words: string[]) => messenger(workspace.folder, ['purge:bots', ...words]),
  };
}

/** How many bots, actions and unclaimed files there are. */
const counts = ({ database }: Workspace) =>
  rowsOf(
    database,
    `select
  (select count(*) from bots) as bots, (select count(*) from bot_actions) as actions,
  (select count(*) from unclaimed_files) as unclaimed, (select count(*) from jobs) as jobs`,
  )[0];

describe('purge:bots here', () => {
  test.each([
    [
      'tells that nobody else does it',
      [],
      'No messenger runs here to do it, so it is done now.\nPurged 3 bots with 6 actions.\n',
    ],
    ['does not with --now', ['--now'], 'Purged 3 bots with 6 actions.\n'],
    ['nor with --json', ['--json'], '{"state":"purged","days":30,"bots":3,"actions":6}\n'],
    ['takes days', ['--now', '--days', '0.0'], 'Purged 4 bots with 8 actions.\n'],
    ['finds nothing', ['--now', '--days', '36500'], 'Purged 0 bots with 0 actions.\n'],
  ])('%s', async (_, words, stdout) => {
    const { workspace, run } = await openArchive(3);
    expect(await run(...words)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
    const left = 5 - Number(/\d+(?= bot|,"actions)/.exec(stdout)?.[0]);
    expect(counts(workspace)).toEqual({ bots: left, actions: 2 * left, unclaimed: 0, jobs: 0 });
  });

  test.each([
    [['--dry-run'], 'Would purge 3 bots with 6 actions.\n'],
    [['--dry-run', '--now', '--days', '0'], 'Would purge 4 bots with 8 actions.\n'],
    [
      ['--dry-run', '--json', '--days', '36500'],
      '{"state":"would_purge","days":36500,"bots":0,"actions":0}\n',
    ],
  ])('%j changes nothing', async (words, stdout) => {
    const { workspace, run } = await openArchive(3);
    expect(await run(...words)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
    expect(counts(workspace)).toEqual({ bots: 5, actions: 10, unclaimed: 0, jobs: 0 });
  });

  test('in a folder where nothing ever was purges nothing', async () => {
    const { folder } = makeWorkspace();
    const outcome = await messenger(folder, ['messenger:purge:bots', '--json']);
    expect(outcome).toMatchObject({ code: 0, stdout: '{"state":"purged","days":30,"bots":0,"actions":0}\n' });
  });

  test.each(['x', '-1', '', '1e3', 'Infinity', '36501', '7 days'])(
    'with %j days is wrong use',
    async (days) => {
      const { workspace, run } = await openArchive(1);
      const stderr = expect.stringContaining('It must be a number of days up to 36500, like 30.');
      expect(await run('--now', `--days=${days}`)).toMatchObject({ code: 2, stdout: '', stderr });
      expect(counts(workspace)).toMatchObject({ bots: 3 });
    },
  );

  test('is interrupted by Ctrl+C between two chunks, says so, and goes on the next time', async () => {
    const { workspace, folder, run } = await openArchive(600);
    const child = startMessenger(workspace.folder, ['purge:bots', '--now', '--json']);
    const watcher = watch(folder).once('change', () => child.kill('SIGINT'));
    const { code, stdout } = await outcome(child);
    watcher.close();
    const { state, bots, actions } = JSON.parse(stdout);
    expect([code, state, bots % 100, actions]).toEqual([130, 'interrupted', 0, 2 * bots]);
    expect(counts(workspace)).toMatchObject({ bots: 602 - bots, unclaimed: 0 });
    expect(JSON.parse((await run('--now', '--json')).stdout)).toMatchObject({ bots: 600 - bots });
  });
});

describe('purge:bots while a messenger runs', () => {
  /** Starts one and waits until it runs. */
  async function simulate(workspace: Workspace): Promise<Simulation> {
    const simulation = new Simulation(workspace.folder);
    await simulation.until({ event: 'notice' });
    return simulation;
  }

  test.each([
    [['--days', '30'], 'Queued: the running messenger purges the bots. Use --now to do it here.\n'],
    [['--json'], '{"state":"queued","days":30}\n'],
  ])('with %j leaves it to that one', async (words, stdout) => {
    const { workspace, folder, run } = await openArchive(150);
    const simulation = await simulate(workspace);
    expect(await run(...words)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
    await expect.poll(() => counts(workspace), { timeout: 20_000 }).toMatchObject({ unclaimed: 0, jobs: 0 });
    expect(readdirSync(folder)).toHaveLength(2);
    expect((await simulation.end()).code).toBe(0);
  });

  test('with --now does it here all the same', async () => {
    const { workspace, folder, run } = await openArchive(3);
    const simulation = await simulate(workspace);
    expect((await run('--now')).stdout).toBe('Purged 3 bots with 6 actions.\n');
    expect([readdirSync(folder).length, counts(workspace)]).toMatchObject([2, { unclaimed: 0, jobs: 0 }]);
    expect((await simulation.end()).code).toBe(0);
  });
});
