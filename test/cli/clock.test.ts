import { describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, spawnDaemon } from '../support/daemons.ts';
import { messenger } from '../support/messenger.ts';
import { conversationOf, Simulation } from '../support/simulation.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const bots = {
  'bots/Echo.ts': exactBot('Echo', 'hi', posting("'hello'")),
  'bots/Sleeper.ts': exactBot('Sleeper', 'sleep', `await this.sleep(20_000); ${posting("'awake'")}`),
  'bots/Failing.ts': exactBot(
    'Failing',
    'fail',
    `const fs = await import('node:fs');
    const file = new URL('../tried', import.meta.url);
    fs.appendFileSync(file, 'x');
    const tried = fs.readFileSync(file, 'utf8').length;
    if (tried < 3) throw new Error('no ' + tried);
    ${posting("'done at ' + tried")}`,
    { members: 'static override readonly retries = 3;' },
  ),
  'bots/Knocker.ts': exactBot(
    'Knocker',
    'knock',
    `try { await this.composer().knock(); } catch (error) { ${posting("'not yet'")} }`,
  ),
  'bots/Inviter.ts': exactBot(
    'Inviter',
    'invite',
    `await this.thread.invite({ minutes: 10 }).catch(() => undefined); ${posting("'valid: ' + (await this.thread.invites()).length")}`,
  ),
  'bots/Invites.ts': exactBot(
    'Invites',
    'invites',
    posting("'valid: ' + (await this.thread.invites()).length"),
  ),
};

/** What bots and the clock say in a simulation of these lines, without the time. */
async function simulate(...lines: string[]): Promise<string[]> {
  const folder = temporaryFolder();
  writeFiles(folder, bots);
  const input = lines.map((line) => `${line}\n`).join('');
  const { stdout, stderr } = await messenger(
    folder,
    ['simulate', '--json', '--as', 'Ada', '--no-fail'],
    input,
  );
  expect(stderr).toBe('');
  return conversationOf(stdout)
    .filter(({ event, from }) => from.bot || event === 'notice' || event === 'error')
    .filter(({ event }) => !event.endsWith('typing'))
    .map(({ event, body }) => `${event}: ${body.replace(/ says [-\d]+ [:\d]+,/, ' says …,')}`);
}

const moved = (span: string) => `notice: The clock says …, moved forward by ${span}.`;

describe('what obeys the clock', () => {
  test('cooldowns', async () => {
    const lines = [
      '/detach echo',
      '/attach echo cooldown=60',
      'hi',
      'hi',
      '/clock +59s',
      'hi',
      '/clock +1m',
      'hi',
    ];
    const happened = await simulate(...lines);
    expect(happened.slice(2)).toEqual(['message: hello', moved('59s'), moved('1m59s'), 'message: hello']);
  });

  test('sleeping handlers, also while it stands still', async () => {
    expect(await simulate('/clock freeze', 'sleep', 'hi', '/clock +19s', '/clock +1s', 'hi')).toEqual([
      'notice: The clock says …, frozen.',
      'notice: The clock says …, moved forward by 19s and frozen.',
      'message: awake',
      'message: hello',
      'notice: The clock says …, moved forward by 20s and frozen.',
      'message: hello',
    ]);
  });

  test('retries of failed runs', async () => {
    expect(await simulate('/clock freeze', 'fail', '/clock +999ms', '/clock until-idle')).toEqual([
      'notice: The clock says …, frozen.',
      'notice: The clock says …, moved forward by 999ms and frozen.',
      'message: done at 3',
      'notice: The clock says …, moved forward by 3s and frozen.',
    ]);
  });

  test('knocks', async () => {
    expect(await simulate('knock', 'knock', '/clock +5m', 'knock')).toEqual([
      'knock: ',
      'message: not yet',
      moved('5m'),
      'knock: ',
    ]);
  });

  test('invites', async () => {
    expect(await simulate('invite', '/clock +9m', 'invites', '/clock +1m', 'invites')).toEqual([
      'message: valid: 1',
      moved('9m'),
      'message: valid: 1',
      moved('10m'),
      'message: valid: 0',
    ]);
  });
});

test('wrong input is an error in a sentence, and the next line is done', async () => {
  const [error, answer] = await simulate('/clock -5m', 'hi');
  expect(error).toMatch(/^error: The clock only goes forward, and "-5m" would set it back\./);
  expect(answer).toBe('message: hello');
});

test('what the end of a simulation leaves in the future does not hold up the next one', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, bots);
  const run = async (...lines: string[]) => {
    const input = lines.map((line) => `${line}\n`).join('');
    const { stdout } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], input);
    return conversationOf(stdout);
  };
  await run('/clock +2d', '/detach echo', '/attach echo cooldown=900', 'hi', '/clock freeze', 'fail');
  const events = await run('hi', '/save talk.txt');
  expect(events.filter(({ from }) => from.bot).map(({ body }) => body)).toContain('hello');
  const { stdout } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], '/save all.txt\n');
  expect(stdout).not.toContain('"event":"error"');
});

describe('with several windows', () => {
  test('each may move the clock of the simulation that runs the daemon, and each is shown it', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, bots);
    const first = new Simulation(folder);
    await first.until({ event: 'notice', body: 'Bots are on for as long as this simulation runs.' });
    const second = new Simulation(folder);
    await second.until({ event: 'notice', body: 'Attached to the running daemon.' });
    second.type('/clock freeze');
    second.type('/clock +15m');
    for (const window of [first, second]) {
      const shown = () => window.events.filter(({ clock }) => Object(clock).moved === 900_000);
      await expect.poll(shown, { timeout: 20_000 }).toMatchObject([{ clock: { frozen: true } }]);
    }
    await second.end();
    await first.end();
  });

  test('a message from a script does not wait for a frozen clock, and says so', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, bots);
    const window = new Simulation(folder);
    window.type('/clock freeze');
    const frozen = () => window.events.some(({ clock }) => Object(clock).frozen);
    await expect.poll(frozen, { timeout: 20_000 }).toBe(true);
    const send = (...words: string[]) => messenger(folder, ['send', ...words, '--as', 'Bob']);
    expect(await send('hi')).toMatchObject({ code: 0, stdout: 'PlaygroundBot: hello\n', stderr: '' });
    const waiting = { code: 0, stdout: '', stderr: expect.stringContaining('is frozen. Move it there') };
    expect(await send('fail', '--wait')).toMatchObject(waiting);
    expect(await send('sleep')).toMatchObject(waiting);
    expect(await send('hi')).toMatchObject(waiting);
    await window.kill('SIGTERM');
  });

  test('the clock of a real daemon cannot be moved', async () => {
    const workspace = daemonWorkspace({ 'Echo.ts': bots['bots/Echo.ts'] });
    const { ready } = await spawnDaemon(workspace);
    for (const line of ['/clock +15m', '/clock freeze', '/clock']) {
      const { code, stdout } = await messenger(
        workspace.folder,
        ['simulate', '--json', '--as', 'Ada'],
        `${line}\n`,
      );
      expect(code).toBe(1);
      expect(conversationOf(stdout)).toMatchObject([
        {
          event: 'error',
          error: { code: 'CLOCK_REAL' },
          body: expect.stringContaining(`process ${ready.pid}`),
        },
      ]);
    }
  });
});
