import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { messenger, outcome, startMessenger } from '../support/messenger.ts';
import { Simulation } from '../support/simulation.ts';
import { rowsOf } from '../support/stores.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const atEnd = endAfterAll();

/** Fails until there is a file in the workspace. */
const until = (file: string) =>
  `if (!(await import('node:fs')).existsSync(new URL('../${file}', import.meta.url))) throw new Error('It rains.\\nA lot.');`;

/** A workspace in which some lines were said to a handler that fails. */
async function openFailing(lines: string): Promise<string> {
  const folder = temporaryFolder(atEnd);
  const source = exactBot('Act', 'hi', `${until('dry')} ${posting("'sunny'")}`);
  writeFiles(folder, { 'bots/Act.ts': source });
  await messenger(folder, ['simulate', '--as', 'Ada'], lines);
  return folder;
}

const ids = (folder: string): string[] =>
  rowsOf(
    path.join(folder, '.messenger', 'messenger.sqlite'),
    "select id from runs where status = 'failed' order by finished_at desc",
  ).map((row) => Object(row).id);

const said = (folder: string): number =>
  rowsOf(path.join(folder, '.messenger', 'messenger.sqlite'), "select 1 from messages where body = 'sunny'")
    .length;

const mend = (folder: string) => writeFileSync(path.join(folder, 'dry'), '');

describe('failed', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await openFailing('hi\nhi\n');
  });

  test('lists what failed, the newest first, an error in one line', async () => {
    const { code, stdout, stderr } = await messenger(folder, ['failed']);
    const [newest, oldest] = ids(folder);
    const [head, ...lines] = stdout.trim().split('\n');
    expect([code, stderr]).toEqual([0, '']);
    expect(head).toMatch(/^ID +WHEN \(UTC\) +GROUP +BOT +HANDLER +ATTEMPTS +ERROR$/);
    expect(lines.map((line) => line.slice(0, 36))).toEqual([newest, oldest]);
    expect(lines[0]).toMatch(/ {2}Playground {2}PlaygroundBot {2}act +1 +It rains\. A lot\.$/);
    const limited = await messenger(folder, ['failed', '--limit', '1']);
    expect(limited.stdout.trim().split('\n')).toHaveLength(2);
  });

  test('prints the same as JSON', async () => {
    const { code, stdout } = await messenger(folder, ['failed', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(
      ids(folder).map((id) => ({ id, handler: 'act', attempts: 1, message: { body: 'hi' } })),
    );
  });

  test('shows one, by the beginning of its id, with the line in the author’s file', async () => {
    const [id = ''] = ids(folder);
    const shown = await messenger(folder, ['failed', 'show', id.slice(0, -1)]);
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain(`Id        ${id}\n`);
    expect(shown.stdout).toContain('Message   Ada: hi\n');
    expect(shown.stdout).toContain('Error     It rains.\n          A lot.\n');
    expect(shown.stdout).toMatch(/^Stack {5}at Act\.handle \(bots\/Act\.ts:\d+:\d+\)$/m);
    const json = await messenger(folder, ['failed', 'show', id, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ id, error: { code: 'HANDLER_THREW' } });
  });

  test.each([
    [['failed', 'show', 'nobody'], 1, 'There is no failed run "nobody".'],
    [['failed', 'show', '0'], 1, 'More than one failed run is called "0".'],
    [['retry'], 2, 'Say which: "messenger retry ID", or "messenger retry --all".'],
    [['retry', 'x', '--all'], 2, 'Say which: "messenger retry ID", or "messenger retry --all".'],
    [['failed', '--limit', '0'], 2, 'It must be a whole number from 1 to 10000.'],
    [['failed', 'prune', '--days', 'x'], 2, 'It must be a number of days up to 36500, like 30.'],
  ])('%j exits with %i: %s', async (words, code, sentence) => {
    const stderr = expect.stringContaining(sentence);
    expect(await messenger(folder, words)).toMatchObject({ code, stdout: '', stderr });
  });
});

test.each([
  [['failed'], 'No action has failed.\n'],
  [['failed', '--json'], '[]\n'],
  [['retry', '--all'], 'No action has failed.\n'],
])('where nothing has failed %j says so', async (words, stdout) => {
  const outcome = await messenger(temporaryFolder(), words);
  expect(outcome).toEqual({ code: 0, signal: null, stdout, stderr: '' });
});

describe('retry', () => {
  test('does it here where no messenger runs, and tells how it ended', async () => {
    const folder = await openFailing('hi\nhi\n');
    const [newest = '', oldest = ''] = ids(folder);
    const again = await messenger(folder, ['retry', newest]);
    expect(again).toMatchObject({ code: 1, stderr: '' });
    expect(again.stdout).toBe(`${newest}: act failed again: It rains.\nA lot.\n`);
    mend(folder);
    const mended = await messenger(folder, ['retry', newest, '--json']);
    expect(mended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(mended.stdout)).toEqual({ id: newest, handler: 'act', state: 'handled', error: null });
    const all = await messenger(folder, ['retry', '--all']);
    expect(all).toMatchObject({ code: 0, stdout: `${oldest}: act has answered.\n`, stderr: '' });
    expect([ids(folder), said(folder)]).toEqual([[], 2]);
  });

  test('says what is gone, and goes on with the others', async () => {
    const folder = await openFailing('hi\n/detach act\n/attach act\nhi\n');
    mend(folder);
    const [newest, oldest] = ids(folder);
    const { code, stdout } = await messenger(folder, ['retry', '--all', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: newest, state: 'handled' },
      { id: oldest, state: 'refused', error: { message: expect.stringContaining('its action was removed') } },
    ]);
    const { stderr } = await messenger(folder, ['retry', oldest ?? '']);
    expect(stderr).toMatch(/^Error: The failed run \S+ cannot be retried: its action was removed\./);
  });

  test('leaves it to the messenger that runs; listing and forgetting go on beside it', async () => {
    const folder = await openFailing('hi\nhi\n');
    const simulation = new Simulation(folder);
    simulation.type('/bots');
    await simulation.until({ event: 'notice' });
    const [newest = '', oldest] = ids(folder);
    mend(folder);
    const { code, stdout } = await messenger(folder, ['retry', newest]);
    expect([code, stdout]).toEqual([0, `${newest}: act is queued for the messenger that runs here.\n`]);
    await simulation.until({ event: 'message', body: 'sunny' });
    const listed = await messenger(folder, ['failed', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: oldest, started_at: expect.any(String) }]);
    const pruned = await messenger(folder, ['failed', 'prune', '--days', '0', '--json']);
    expect(pruned.stdout).toBe('{"state":"pruned","days":0,"runs":1}\n');
    expect((await simulation.end()).code).toBe(0);
    expect(said(folder)).toBe(1);
  });

  test('--wait waits for the messenger that runs, and exits 1 when it failed again', async () => {
    const folder = await openFailing('hi\n');
    const simulation = new Simulation(folder);
    simulation.type('/bots');
    await simulation.until({ event: 'notice' });
    const [id = ''] = ids(folder);
    const again = await messenger(folder, ['retry', id, '--wait']);
    expect(again).toMatchObject({ code: 1, stdout: `${id}: act failed again: It rains.\nA lot.\n` });
    mend(folder);
    const mended = await messenger(folder, ['retry', '--all', '--wait', '--json']);
    expect(mended.code).toBe(0);
    expect(JSON.parse(mended.stdout)).toEqual([{ id, handler: 'act', state: 'handled', error: null }]);
    await simulation.end();
    expect(said(folder)).toBe(1);
  });

  test('--wait does not wait for a messenger that has ended', async () => {
    const folder = await openFailing('hi\n');
    const stuck = `(await import('node:fs')).writeFileSync(new URL('../began', import.meta.url), ''); await new Promise(() => {});`;
    writeFiles(folder, { 'bots/Act.ts': exactBot('Act', 'hi', stuck) });
    const [id = ''] = ids(folder);
    const other = startMessenger(folder, ['simulate', '--json', '--as', 'Ada']);
    await once(other.stdout ?? other, 'data');
    const waiting = messenger(folder, ['retry', id, '--wait', '--json']);
    await expect.poll(() => existsSync(path.join(folder, 'began')), { timeout: 60_000 }).toBe(true);
    other.kill('SIGKILL');
    const { code, stdout } = await waiting;
    expect([code, JSON.parse(stdout)]).toEqual([0, { id, handler: 'act', state: 'queued', error: null }]);
  });

  test('that is killed in the middle goes on with the next messenger', async () => {
    const folder = await openFailing('hi\n');
    const slow = `(await import('node:fs')).writeFileSync(new URL('../began', import.meta.url), ''); ${until('dry')} ${posting("'sunny'")}`;
    const stuck = slow.replace("throw new Error('It rains.\\nA lot.')", 'await new Promise(() => {})');
    writeFiles(folder, { 'bots/Act.ts': exactBot('Act', 'hi', stuck) });
    const child = startMessenger(folder, ['retry', '--all']);
    const ended = outcome(child);
    await expect.poll(() => existsSync(path.join(folder, 'began')), { timeout: 60_000 }).toBe(true);
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    expect(ids(folder)).toEqual([]);
    mend(folder);
    const next = new Simulation(folder);
    await next.until({ event: 'message', body: 'sunny' });
    expect((await next.end()).code).toBe(0);
    expect(said(folder)).toBe(1);
  });
});
