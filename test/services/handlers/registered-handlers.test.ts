import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openHandlers } from '../../../src/app/open-handlers.ts';
import { botSource } from '../../support/bot-source.ts';
import { watchStarted } from '../../support/processes.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** The handlers of a workspace with this configuration and these files, which are loaded inside this process. */
async function handlersOf(config: string, files: Record<string, string> = {}) {
  const workspace = makeWorkspace({ 'messenger.config.mjs': `export default ${config};`, ...files });
  vi.stubEnv('MESSENGER_BOTS_ISOLATION', 'none');
  const app = await openHandlers({ workspace });
  vi.unstubAllEnvs();
  onTestFinished(() => app.close());
  return app.catalogue;
}

const classes = (described: ReadonlyArray<{ class: string }>) => described.map((each) => each.class).sort();

const needing = (environment: string) =>
  botSource('Needy', '', { members: `static override readonly environment = ${environment};` });

describe('what the configuration calls library', () => {
  test('leaves every ready-made handler unregistered when it is left out, and all can be attached', async () => {
    const catalogue = await handlersOf('{}', { 'bots/A.ts': botSource('A', '') });
    expect(classes(catalogue.registered())).toEqual(['A']);
    expect(catalogue.registeredPackages()).toEqual([]);
    expect(catalogue.get('roll').class).toBe('RollBot');
  });

  test('registers everything as true', async () => {
    const catalogue = await handlersOf('{ library: true }', { 'bots/A.ts': botSource('A', '') });
    expect(catalogue.registered()).toEqual(catalogue.all());
    expect(catalogue.registeredPackages()).toEqual(catalogue.packages());
    expect(classes(catalogue.registered())).toEqual(expect.arrayContaining(['A', 'GiphyBot', 'RollBot']));
  });

  test('registers everything with BOT_AUTO_REGISTER_ALL', async () => {
    vi.stubEnv('BOT_AUTO_REGISTER_ALL', 'true');
    onTestFinished(() => void vi.unstubAllEnvs());
    const catalogue = await handlersOf('{}');
    expect(catalogue.registered()).toEqual(catalogue.all());
  });

  test('registers the handlers that are named', async () => {
    const catalogue = await handlersOf("{ library: ['RollBot', 'WikiBot'] }");
    expect(classes(catalogue.registered())).toEqual(['RollBot', 'WikiBot']);
  });

  test('registers what a package that is named installs', async () => {
    const catalogue = await handlersOf("{ library: ['GamesPackage'] }");
    expect(classes(catalogue.registeredPackages())).toEqual(['GamesPackage']);
    expect(classes(catalogue.registered())).toEqual(['CoinTossBot', 'RockPaperScissorsBot', 'RollBot']);
  });

  test("may name a class whose alias the workspace's own handler has taken", async () => {
    const own = botSource('Roll', '');
    const catalogue = await handlersOf("{ library: ['RollBot'] }", { 'bots/Roll.ts': own });
    expect(classes(catalogue.registered())).toEqual(['Roll']);
  });

  test('is refused with what is not there; the known names are said, and no process is left behind', async () => {
    const started = watchStarted();
    await expect(handlersOf("{ library: ['RolBot', 'RollBot', 'roll'] }")).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /messenger\.config\.mjs .*library has no "RolBot" \(Did you mean "RollBot"\?\), "roll".*; known are ChuckNorrisBot, .*RollBot, /,
      ),
    });
    await expect.poll(started, { timeout: 10_000 }).toEqual([]);
  });
});

describe('the environment that a handler needs', () => {
  test('is said once for each handler that lacks some of it', async () => {
    const files = { 'bots/Needy.ts': needing("['NEEDY_A', 'NEEDY_B', 'NEEDY_C', 'NEEDY_A']") };
    const catalogue = await handlersOf("{ keys: { NEEDY_B: 'b' } }", files);
    expect(catalogue.find('needy')?.environment).toEqual(['NEEDY_A', 'NEEDY_B', 'NEEDY_C']);
    expect(catalogue.notices.filter(({ handler }) => handler === 'needy')).toEqual([
      {
        handler: 'needy',
        message:
          'Needy is not configured: it needs NEEDY_A and NEEDY_C. Set it in the environment, or under "keys" in messenger.config.ts.',
      },
    ]);
  });

  test('is no matter of a notice when it is there', async () => {
    vi.stubEnv('NEEDY_A', 'a');
    onTestFinished(() => void vi.unstubAllEnvs());
    const catalogue = await handlersOf("{ keys: { NEEDY_B: 'b' } }", {
      'bots/Needy.ts': needing("['NEEDY_A', 'NEEDY_B']"),
      'bots/Modest.ts': botSource('Modest', ''),
    });
    expect(catalogue.notices.map(({ handler }) => handler).sort()).toEqual([
      'giphy',
      'random_image',
      'weather',
      'youtube',
    ]);
  });

  test.each([
    ["'NEEDY_A'", 'it is not a list'],
    ["['my key']", '"my key" is not the name of a variable'],
    ['[7]', '"7" is not the name of a variable'],
    ["['']", '"" is not the name of a variable'],
  ])('cannot be %s', async (environment, problem) => {
    const catalogue = await handlersOf('{}', { 'bots/Needy.ts': needing(`${environment} as never`) });
    expect(catalogue.find('needy')).toBeUndefined();
    expect(catalogue.problems).toEqual([
      {
        file: 'bots/Needy.ts',
        message: expect.stringContaining(`bots/Needy.ts: static environment cannot be used: ${problem}.`),
      },
    ]);
  });
});
