import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import { type Answers, Refused } from '../../support/fake-api.ts';
import { RecordedSession } from '../../support/recorded-session.ts';
import { participant } from '../../support/tui-data.ts';

const answers: Answers = {
  'GET threads/search?q=ops': {
    data: [
      { id: 't1', name: 'ops' },
      { id: 't4', name: 'ops at night' },
    ],
  },
  'GET threads/search?q=Ops': { data: [{ id: 't1', name: 'ops' }] },
  'GET threads/search?q=new': { data: [{ id: 't2', name: 'new' }] },
  'GET threads/search?q=newer': { data: [] },
  'GET threads/search?q=Two%20Words': { data: [{ id: 't3', name: 'Two Words' }] },
  'GET threads/t/participants': {
    data: [
      { id: 'p1', owner: { name: 'Ada' }, admin: true },
      { id: 'p2', owner: { name: 'Grace Hopper' }, admin: false },
      { id: 'p3', owner: { name: 'on' }, admin: false },
    ],
  },
  'POST groups': { id: 'made' },
  'GET threads/made/settings': { name: 'night shift', chat_bots: false, knocks: true },
};

/** What a line requested and showed. */
async function run(line: string, more: Answers = {}) {
  const session = await RecordedSession.open({ ...answers, ...more });
  await runLine(session, line);
  return [...session.requests, ...session.shown];
}

test.each<[string, string[]]>([
  ['/as Grace', ['as: Grace']],
  ['/as  Grace Hopper ', ['as: Grace Hopper']],
  ['/thread ops', ['open: t1']],
  ['/thread Two Words', ['open: t3']],
  // A group may have the name of the word that makes one.
  ['/thread new', ['open: t2']],
  [
    '/thread new night shift',
    [
      'POST groups {"subject":"night shift"}',
      'PUT threads/made/settings {"chat_bots":true,"knocks":true,"subject":"night shift"}',
      'open: made',
    ],
  ],
  [
    '/admin Grace Hopper on',
    ['POST threads/t/participants/p2/promote', 'notice: Grace Hopper is now an admin.', 'refresh: people'],
  ],
  [
    '/admin Grace Hopper',
    ['POST threads/t/participants/p2/promote', 'notice: Grace Hopper is now an admin.', 'refresh: people'],
  ],
  [
    '/admin Ada off',
    ['POST threads/t/participants/p1/demote', 'notice: Ada is no longer an admin.', 'refresh: people'],
  ],
  ['/admin Ada on', ['notice: Ada is an admin already.']],
  ['/admin Grace Hopper off', ['notice: Grace Hopper is no admin already.']],
  ['/admin on off', ['notice: on is no admin already.']],
])('%s does what it says', async (line, expected) => {
  expect(await run(line)).toEqual(expected);
});

test.each([
  ['/as', 'Usage: /as NAME.'],
  ['/beside Grace', 'Two people side by side need the full screen. /as NAME changes the speaker.'],
  ['/admin', 'Usage: /admin NAME on|off'],
  ['/admin Nobody on', 'Nobody is not in this group.'],
  ['/admin grace hopper', 'grace hopper is not in this group.'],
  ['/thread', 'Usage: /thread NAME, or /thread new NAME'],
  ['/thread Ops', 'There is no group "Ops": /thread new Ops makes one.'],
  ['/thread newer', 'There is no group "newer": /thread new newer makes one.'],
])('%s is rejected with what to write instead', async (line, message) => {
  await expect(run(line)).rejects.toMatchObject({ code: 'WRONG_USE', message });
});

test('/thread new without a group of that name asks for a name', async () => {
  await expect(run('/thread new', { 'GET threads/search?q=new': { data: [] } })).rejects.toThrow(
    'Usage: /thread NAME',
  );
});

test('/admin shows nothing when nobody here may change it', async () => {
  const refused = { 'POST threads/t/participants/p2/promote': new Refused(403, 'Not authorized.') };
  await expect(run('/admin Grace Hopper on', refused)).rejects.toThrow('Not authorized.');
});

test('/people lists everybody on every page with what they may do', async () => {
  const route = '/api/messenger/threads/t/participants/page/p Ada';
  const ada = participant('Ada', { owner_id: 'me', admin: true });
  const more = {
    'GET threads/t': { options: { muted: true } },
    'GET threads/t/participants': { data: [ada], meta: { next_page_route: route.replace(' ', '') } },
    'GET threads/t/participants/page/pAda': { data: [participant('Grace', { manage_bots: true })] },
  };
  expect(await run('/people', more)).toEqual([
    'show: Ada: admin, you, muted, logged in here, offline, may do everything\nGrace: offline, may write, add bots',
  ]);
});

test('/admin finds somebody on a later page', async () => {
  const more = {
    'GET threads/t/participants': {
      data: [participant('Ada')],
      meta: { next_page_route: '/api/messenger/next' },
    },
    'GET next': { data: [participant('Last', { id: 'p9' })] },
  };
  expect(await run('/admin Last on', more)).toContain('POST threads/t/participants/p9/promote');
});

test.each(['HelloBot', '@HelloBot'])(
  '/thread %s says why there is no private chat with a bot',
  async (name) => {
    const more = {
      [`GET threads/search?q=${encodeURIComponent(name)}`]: { data: [] },
      'GET threads/t/bots': [{ name: 'HelloBot' }],
    };
    await expect(run(`/thread ${name}`, more)).rejects.toThrow(
      'Bots answer only in groups, so there is no private chat',
    );
  },
);
