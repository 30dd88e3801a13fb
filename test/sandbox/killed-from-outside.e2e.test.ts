import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { TestSandbox } from '../support/sandbox.ts';

/** Where a file that loops says which process has to be killed. */
const pidFile = ({ folder }: TestSandbox): string => path.join(folder, 'pid');

/** While the file of the pid is empty, writes it and loops forever. */
const loopsOnce = (sandbox: TestSandbox): string => {
  const file = JSON.stringify(pidFile(sandbox));
  return `const fs = require('node:fs');
    if (fs.existsSync(${file}) && fs.readFileSync(${file}, 'utf8') === '') {
      fs.writeFileSync(${file}, String(process.pid));
      for (;;);
    }`;
};

const source = ({ loading = '', rules = '', authorizing = '' }): string => `
import { BotActionHandler } from 'messenger-bots';
${loading}
export class AskedBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'asked', description: 'A handler of a test.', name: 'Asked', triggers: ['a'], match: 'exact' };
  }
  override rules() { ${rules} return {}; }
  override authorize() { ${authorizing} return true; }
  async handle() {}
}`;

const packageSource = (body: string): string => `
import { BotActionHandler, PackagedBot } from 'messenger-bots';
export class Asked extends PackagedBot {
  static override getSettings() { return { alias: 'asked', description: 'A package of a test.', name: 'Asked' }; }
  static override installs() { ${body} return []; }
}`;

/** Begins an operation that loops the first time, and kills the process in which it does. */
async function killedOnce<Result>(sandbox: TestSandbox, begin: () => Promise<Result>): Promise<Result> {
  sandbox.write({ pid: '' });
  const result = begin();
  const pid = await vi.waitUntil(() => readFileSync(pidFile(sandbox), 'utf8'), { timeout: 60_000 });
  process.kill(Number(pid), 'SIGKILL');
  return result;
}

const context = {
  thread: { id: 'thread', name: 'Group' },
  user: { id: 'ada', name: 'Ada', admin: true },
};

describe.each(['thread', 'process'] as const)('a %s that is killed from outside', (isolation) => {
  const workspace = () => new TestSandbox({}, { isolation });

  test('while its file is loaded: the file is loaded again', async () => {
    const sandbox = workspace();
    sandbox.write({ 'bots/AskedBot.ts': source({ loading: loopsOnce(sandbox) }) });
    const { handlers, problems } = await killedOnce(sandbox, () => sandbox.describe('bots/AskedBot.ts'));
    expect(problems).toEqual([]);
    expect(handlers.map((each) => each.class)).toEqual(['AskedBot']);
  });

  test('while it is asked for its rules: it is asked again', async () => {
    const sandbox = workspace();
    sandbox.write({ 'bots/AskedBot.ts': source({ rules: loopsOnce(sandbox) }) });
    const handler = await sandbox.handler('bots/AskedBot.ts');
    const params = { cooldown: 0, admin_only: false, enabled: true };
    const resolved = await killedOnce(sandbox, () => sandbox.sandbox.resolve(handler, params));
    expect(resolved).toMatchObject({ resolved: { handlerDTO: { alias: 'asked' } } });
  });

  test('while it is asked who may attach it: it is asked again', async () => {
    const sandbox = workspace();
    sandbox.write({ 'bots/AskedBot.ts': source({ authorizing: loopsOnce(sandbox) }) });
    const handler = await sandbox.handler('bots/AskedBot.ts');
    expect(await killedOnce(sandbox, () => sandbox.sandbox.authorize(handler, context))).toBe(true);
  });

  test('while a package is asked what it installs: it is asked again', async () => {
    const sandbox = workspace();
    sandbox.write({ 'bots/Asked.ts': packageSource(loopsOnce(sandbox)) });
    const [packagedBot] = (await sandbox.describe('bots/Asked.ts')).packages;
    if (packagedBot === undefined) throw new Error('The package was not found.');
    const tested = await killedOnce(sandbox, () => sandbox.sandbox.testInstalls(packagedBot));
    expect(tested).toEqual({ resolved: [], failed: [] });
  });

  test('every time: after three times its file counts as broken', async () => {
    const sandbox = workspace();
    sandbox.write({
      'bots/AskedBot.ts': source({
        loading: `require('node:fs').appendFileSync(${JSON.stringify(path.join(sandbox.folder, 'starts'))}, 'x');
          require('node:child_process').execFileSync('kill', ['-9', String(process.pid)]);`,
      }),
    });
    const { problems } = await sandbox.describe('bots/AskedBot.ts');
    expect(problems).toEqual([
      { file: 'bots/AskedBot.ts', message: expect.stringMatching(/AskedBot\.ts was ended by SIGKILL/) },
    ]);
    expect(readFileSync(path.join(sandbox.folder, 'starts'), 'utf8')).toBe('xxx');
  });
});
