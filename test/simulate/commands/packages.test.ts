import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import type { Answers } from '../../support/fake-api.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

const handler = (alias: string) => ({ alias, description: `Does ${alias}.` });
const answers: Answers = {
  'GET threads/t/bots/packages': [
    {
      alias: 'games',
      name: 'Games',
      description: 'Play.',
      installs: [handler('roll'), handler('coin')],
      already_installed: [handler('rps')],
    },
    {
      alias: 'jokes',
      name: 'Jokes',
      description: 'Laugh.',
      installs: [handler('joke')],
      already_installed: [],
    },
    { alias: 'done', name: 'Done', description: 'Over.', installs: [], already_installed: [handler('x')] },
  ],
  'POST threads/t/bots/packages': { name: 'Games Bot' },
  'GET threads/t/bots': [{ id: 'b' }],
  'GET threads/t/bots/b': { id: 'b', thread_id: 't', name: 'Games Bot' },
};

async function run(line: string, isScreen = false) {
  const session = await RecordedSession.open(answers);
  await runLine(isScreen ? session.askable() : session, line);
  return [...session.requests, ...session.shown];
}

const installed = [
  'POST threads/t/bots/packages {"alias":"games"}',
  'notice: Games Bot is installed.',
  'refresh: bots',
];

test.each<[string, string[]]>([
  ['/install', ['show: games – Play.\njokes – Laugh.\ndone – Over.']],
  ['/install games', installed],
  ['/install games now', installed],
  ['/install done', ['notice: Nothing of Done is left to install: this group has all of it.']],
  ['/uninstall Games Bot', ['DELETE threads/t/bots/b', 'notice: Games Bot is removed.', 'refresh: bots']],
])('line by line, %s acts at once', async (line, expected) => {
  expect(await run(line)).toEqual(expected);
});

test.each<[string, string[]]>([
  [
    '/install',
    [
      'pick: Install a packaged bot',
      'games – Play. > /install games',
      'jokes – Laugh. > /install jokes',
      'done – Over. > /install done',
    ],
  ],
  [
    '/install games',
    [
      'confirm: Install Games?',
      'Play.',
      '',
      'Will be installed:',
      '  + roll  Does roll.',
      '  + coin  Does coin.',
      '',
      'Left out, because the group already has them:',
      '  – rps',
      '> /install games now',
    ],
  ],
  [
    '/install jokes',
    [
      'confirm: Install Jokes?',
      'Laugh.',
      '',
      'Will be installed:',
      '  + joke  Does joke.',
      '> /install jokes now',
    ],
  ],
  ['/install games now', installed],
  ['/install done', ['notice: Nothing of Done is left to install: this group has all of it.']],
])('on a screen, %s asks first unless it ends with "now"', async (line, expected) => {
  expect(await run(line, true)).toEqual(expected);
});

test.each([
  ['/install Games', 'There is no packaged bot "Games". /install lists them.'],
  ['/uninstall', 'Usage: /uninstall BOT'],
  ['/uninstall games', 'There is no bot "games" here.'],
])('%s is rejected with what to write instead', async (line, message) => {
  await expect(run(line)).rejects.toMatchObject({ code: 'WRONG_USE', message });
});
