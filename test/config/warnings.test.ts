import { describe, expect, test } from 'vitest';
import { configWarnings } from '../../src/config/warnings.ts';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const config = {
  keys: { BOT_KEY: 'x' },
  bots: { environment: ['MESSENGER_PROXY'] },
} as unknown as Parameters<typeof configWarnings>[1];

const told = (name: string, nearest?: string): string =>
  `The environment variable ${name} is unknown and has no effect.${nearest ? ` Did you mean "${nearest}"?` : ''}`;

describe('of variables', () => {
  test.each<[string, string[]]>([
    ['MESSENGER_BOTS_ENABLD', [told('MESSENGER_BOTS_ENABLD', 'MESSENGER_BOTS_ENABLED')]],
    ['MESSENGER_KNOCK_TIMEOUT', [told('MESSENGER_KNOCK_TIMEOUT', 'MESSENGER_KNOCKS_TIMEOUT')]],
    ['BOT_AUTO_REGISTER', [told('BOT_AUTO_REGISTER', 'BOT_AUTO_REGISTER_ALL')]],
    ['MESSENGER_XYZZY', [told('MESSENGER_XYZZY')]],
    ['BOT_XYZZY', [told('BOT_XYZZY')]],
    ['MESSENGER_BOTS_ENABLED', []],
    ['MESSENGER_SCREEN_READER', []],
    ['BOT_KEY', []],
    ['MESSENGER_PROXY', []],
    ['BOT_DECLARED', []],
    ['XYZZY_BOT_', []],
    ['messenger_bots_enabled', []],
  ])('%s: %j', (name, expected) => {
    expect(configWarnings(makeWorkspace(), config, ['BOT_DECLARED'], { [name]: 'x' })).toEqual(expected);
  });

  test('those that say nothing are empty', () => {
    expect(configWarnings(makeWorkspace(), config, [], { MESSENGER_XYZZY: '' })).toEqual([]);
  });

  test('where no handlers are known, only slips of the pen are told', () => {
    const environment = { BOT_DECLARED: 'x', MESSENGER_HTTP_PROT: '1' };
    expect(configWarnings(makeWorkspace(), config, undefined, environment)).toEqual([
      told('MESSENGER_HTTP_PROT', 'MESSENGER_HTTP_PORT'),
    ]);
  });
});

test('of configurations beside the one that is read', () => {
  const workspace = makeWorkspace({
    'messenger.config.ts': '',
    'messenger.config.json': '',
    'messenger.config.js': '',
    'messenger.config.ts.bak': '',
  });
  expect(configWarnings(workspace, config, [], {})).toEqual([
    'messenger.config.js is not read, since messenger.config.ts is there.',
    'messenger.config.json is not read, since messenger.config.ts is there.',
  ]);
});

test.each([[['failed']], [['user:token', 'Ada']], [['test-resolve', 'roll']], [['bots']], [['simulate']]])(
  'they are told by %j on standard error',
  async (words) => {
    const { stderr } = await messenger(temporaryFolder(), words, '', { MESSENGER_BOTS_ENABLD: 'true' });
    expect(stderr).toContain(`Warning: ${told('MESSENGER_BOTS_ENABLD', 'MESSENGER_BOTS_ENABLED')}\n`);
  },
);
