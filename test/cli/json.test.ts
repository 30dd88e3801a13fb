import { beforeAll, describe, expect, test } from 'vitest';
import { exactBot } from '../support/bot-source.ts';
import { compileAhead } from '../support/compile-ahead.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { eventsOf, messenger, type Outcome } from '../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const packageSource = `
import { PackagedBot } from 'messenger-bots';
import HelloBot from './HelloBot.ts';
import { ReplyBot } from './ReplyBot.ts';

export default class HelpPackage extends PackagedBot {
  static override getSettings() {
    return { alias: 'help_package', description: 'Helps.', name: 'Helper' };
  }

  static override installs() {
    return [HelloBot, ReplyBot];
  }
}
`;

const reply = ['reply', 'match=exact', 'triggers=help|support', 'replies=["a","b"]', '--as', 'Ada'];
const atEnd = endAfterAll();
let folder = '';
const run = (...words: string[]): Promise<Outcome> => messenger(folder, [...words, '--json']);

beforeAll(async () => {
  folder = temporaryFolder(atEnd);
  writeFiles(folder, {
    'bots/HelloBot.ts': helloBot,
    'bots/ReplyBot.ts': replyBot,
    'bots/HelpPackage.ts': packageSource,
    'bots/Bad.ts': exactBot('Bad', 'bad', "throw new Error('It rains.');"),
  });
  compileAhead(folder);
  await messenger(folder, ['simulate', '--as', 'Ada'], 'bad\nbad\n');
  await messenger(folder, ['attach', ...reply]);
});

/** Every key of a value with the value below it, but for what is the author's own. */
function entriesOf(value: unknown): Array<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === 'payload' || key === 'data' ? [] : [[key, below] as [string, unknown], ...entriesOf(below)],
  );
}

describe('keys are in snake_case, and triggers a list', () => {
  test.each<[string[]]>([
    [['bots', '--as', 'Ada']],
    [['attach', ...reply]],
    [['install', 'help_package', '--as', 'Ada']],
    [['uninstall', 'Helper', '--as', 'Ada']],
    [['bots:restore', 'Helper', '--as', 'Ada']],
    [['test-resolve', 'HelloBot', 'cooldown=0', 'admin_only=false', 'enabled=true']],
    [['test-installs', 'HelpPackage']],
    [['failed']],
    [['failed', 'prune', '--days', '1']],
    [['retry', '--all']],
    [['user:token', 'Ada']],
    [['user:token', 'Ada', '--list']],
    [['purge:bots', '--dry-run']],
  ])('messenger %j', async (words) => {
    const value: unknown = JSON.parse((await run(...words)).stdout);
    const entries = entriesOf(value);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(([key]) => !/^(?:\d+|[a-z]+(?:_[a-z]+)*)$/.test(key))).toEqual([]);
    const triggers = entries.filter(([key]) => key === 'triggers').map(([, below]) => below);
    expect(triggers.filter((each) => !Array.isArray(each))).toEqual([]);
  });
});

test('an action is the same, attached and listed', async () => {
  const attached = JSON.parse((await run('attach', ...reply)).stdout);
  const [bot] = JSON.parse((await run('bots', '--as', 'Ada')).stdout);
  expect(attached).toMatchObject({
    bot_id: bot.id,
    handler: 'reply',
    match: 'exact',
    triggers: ['help', 'support'],
    admin_only: false,
    payload: { replies: ['a', 'b'] },
  });
  expect(bot).toMatchObject({ name: 'PlaygroundBot', hide_actions: false, on_cooldown: false });
  expect(bot.actions.at(-1)).toEqual({ ...attached, on_cooldown: false, cooldown_until: null, known: true });
});

describe('an error is { "error": { "code", "message", "errors"? } }', () => {
  const errors = { cooldown: ['The cooldown field must be between 0 and 900.'] };

  test.each<[string[], string, object | undefined]>([
    [
      ['test-resolve', 'HelloBot', 'cooldown=901', 'admin_only=false', 'enabled=true'],
      'INVALID_PARAMETERS',
      errors,
    ],
    [['attach', 'hello', 'cooldown=901', '--as', 'Ada'], 'INVALID_PARAMETERS', errors],
    [['test-installs', 'Nothing'], 'PACKAGE_UNKNOWN', undefined],
    [['daemon', 'status'], 'DAEMON_NOT_RUNNING', undefined],
    [['daemon', 'status', '--nonsense'], 'WRONG_USE', undefined],
  ])('messenger %j', async (words, code, fields) => {
    const { error, ...others } = JSON.parse((await run(...words)).stdout);
    expect([error.code, error.errors, others]).toEqual([code, fields, {}]);
    expect(error.message).toMatch(/\S/);
  });

  test('also in the events of a simulation', async () => {
    const { stdout } = await messenger(
      folder,
      ['simulate', '--json'],
      '/nothing\n/attach hello cooldown=x\nbad\n',
    );
    const failed = eventsOf(stdout).filter(({ event }) => event === 'error' || event === 'failed');
    expect(failed.map(({ error }) => error)).toEqual([
      { code: 'WRONG_USE', message: expect.stringContaining('/nothing') },
      {
        code: 'INVALID_PARAMETERS',
        message: expect.stringContaining('cooldown'),
        errors: { cooldown: ['The cooldown field must be an integer.'] },
      },
      { code: 'HANDLER_THREW', message: 'It rains.' },
    ]);
  });
});
