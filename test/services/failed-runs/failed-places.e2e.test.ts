import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reloadHandlers } from '../../../src/services/handlers/reload-handlers.ts';
import { makeToken } from '../../../src/services/users/tokens.ts';
import { exactBot } from '../../support/bot-source.ts';
import { daemonWorkspace, groupWith, logOf, startDaemon } from '../../support/daemons.ts';
import { spawnMessenger } from '../../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** The failures that tell nothing of the author's lines by themselves: what `handle()` does, and the code. */
const failing: Array<[name: string, handle: string, code: string]> = [
  ['waits for ever', 'await new Promise(() => {});', 'HANDLER_TIMEOUT'],
  ['loops for ever', 'for (;;);', 'HANDLER_TIMEOUT'],
  ['fills its memory', 'const all = []; for (;;) all.push([all.length]);', 'HANDLER_OUT_OF_MEMORY'],
  ['throws a text', "throw 'a text';", 'HANDLER_THREW'],
  ['throws nothing', 'throw undefined;', 'HANDLER_THREW'],
];
const deadly: typeof failing = [
  ['kills its process', "process.kill(process.pid, 'SIGKILL');", 'HANDLER_KEPT_CRASHING'],
  ['aborts', 'process.abort();', 'HANDLER_KEPT_CRASHING'],
];

/** The same line as without it. */
const soon = { members: 'static override readonly timeout = 1_000;' };

describe.each(['thread', 'process'] as const)('in a %s of its own', (isolation) => {
  const atEnd = endAfterAll();

  test('every failure points to the handler whose it is', async () => {
    const rows = isolation === 'process' ? [...failing, ...deadly] : failing;
    const bots = rows.map(([, handle, code], number) => [
      `Act${number}.ts`,
      exactBot(`Act${number}`, 'hi', handle, code === 'HANDLER_TIMEOUT' ? soon : {}),
    ]);
    const testGroup = await TestGroup.open(Object.fromEntries(bots), { isolation }, atEnd);
    for (const number of rows.keys()) await testGroup.attach(`act${number}`);
    const failures = testGroup.collect('BotActionFailed');
    await testGroup.watch('Ada', 'hi');
    const told = failures.map(({ error }) => [error.code, error.stack]);
    expect(told).toEqual(
      rows.map(([, , code], number) => [code, `at Act${number}.handle (bots/Act${number}.ts:10:3)`]),
    );
  });
});

const hanging = exactBot('Hang', 'hi', "throw 'a text';");
const packed = (from: string) => `import { PackagedBot } from 'messenger-bots';
import { Hang } from '${from}';
export class Pack extends PackagedBot {
  static override getSettings() { return { alias: 'pack', description: 'Of a testGroup.', name: 'Pack' }; }
  static override installs() { return [Hang]; }
}`;

describe('the place of a handler', () => {
  test.each<[string, Record<string, string>, string]>([
    ['in a file below bots/', { 'bots/more/hang.ts': hanging }, 'bots/more/hang.ts:10:3'],
    [
      'that another file exports',
      { 'lib/hang.ts': `\n${hanging}`, 'bots/index.ts': "export { Hang } from '../lib/hang.ts';" },
      'lib/hang.ts:11:3',
    ],
    [
      'that a package installs',
      { 'lib/hang.ts': hanging, 'bots/pack.ts': packed('../lib/hang') },
      'lib/hang.ts:10:3',
    ],
    [
      'whose parent answers',
      {
        'lib/base.ts': hanging,
        'bots/hang.ts': "import { Hang as Base } from '../lib/base.ts';\n\nexport class Hang extends Base {}",
      },
      'bots/hang.ts:3:8',
    ],
  ])('%s', async (_, files, place) => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'messenger.config.mjs': 'export default { bots: { enabled: true, concurrency: 1 } };',
      ...files,
    });
    const testGroup = await TestGroup.in(folder, 'Lounge');
    await testGroup.attach('hang');
    const failures = testGroup.collect('BotActionFailed');
    await testGroup.watch('Ada', 'hi');
    expect(failures.map(({ error }) => error.stack)).toEqual([`at Hang.handle (${place})`]);
  });

  test('of a ready-made handler is nowhere in the workspace', async () => {
    const testGroup = await TestGroup.open({});
    expect(testGroup.app.catalogue.frameOf(testGroup.app.catalogue.get('roll'), 'handle')).toBeNull();
  });

  test('is the author’s own where the file is broken and a copy of it runs', async () => {
    const testGroup = await TestGroup.open({ 'Hang.ts': hanging });
    await testGroup.attach('hang');
    writeFiles(testGroup.workspace.folder, { 'bots/Hang.ts': '\n\nexport class {' });
    await reloadHandlers(testGroup.app, [path.join(testGroup.workspace.folder, 'bots/Hang.ts')]);
    const failures = testGroup.collect('BotActionFailed');
    await testGroup.watch('Ada', 'hi');
    expect(failures.map(({ error }) => error.stack)).toEqual(['at Hang.handle (bots/Hang.ts:10:3)']);
  });
});

describe('a daemon whose handler fails', () => {
  const frame = 'at Hang.handle (bots/Hang.ts:10:3)';

  test('tells where in its log, its list of failed runs and over HTTP', async () => {
    const workspace = daemonWorkspace({ 'Hang.ts': hanging });
    const daemon = await startDaemon(workspace);
    const { thread, ada, say } = await groupWith(daemon, 'hang');
    const {
      message: { id },
    } = await say('hi');
    await daemon.app.queue.idle();
    expect(logOf(workspace)).toContainEqual(expect.objectContaining({ code: 'HANDLER_THREW', stack: frame }));

    const { stdout } = await spawnMessenger(workspace.folder, ['failed', '--json']);
    const [failed] = JSON.parse(stdout);
    expect(failed).toMatchObject({ error: { code: 'HANDLER_THREW', stack: frame } });
    const shown = await spawnMessenger(workspace.folder, ['failed', 'show', failed.id]);
    expect(shown.stdout).toContain(`Stack     ${frame}`);

    const { token } = await makeToken(daemon.app, ada.name);
    const ask = async (path: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const url = `${daemon.info.url}/api/messenger/threads/${thread.id}${path}`;
      return (await fetch(url, { headers })).json();
    };
    expect(await ask('/failed-runs')).toMatchObject([{ error: { stack: frame } }]);
    expect(await ask(`/messages/${id}/verdicts`)).toMatchObject({ runs: [{ error: { stack: frame } }] });
  });
});
