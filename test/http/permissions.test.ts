import { beforeAll, describe, expect, test } from 'vitest';
import { botSource } from '../support/bot-source.ts';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Role, roles, TestServer } from '../support/test-server.ts';

const packageSource = `
import { PackagedBot } from 'messenger-bots';
import { Hello } from './Hello.ts';
export class Small extends PackagedBot {
  static override getSettings() {
    return { alias: 'small', description: 'Of a test.', name: 'Small Package' };
  }
  static override installs() {
    return [Hello];
  }
}
`;

const atEnd = endAfterAll();
const handlers = {
  'Hello.ts': botSource('Hello', '', { settings: "match: 'any'" }),
  'Small.ts': packageSource,
};
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open(handlers, {}, atEnd);
});

const fields = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
const params = { handler: 'hello', cooldown: 0, admin_only: false, enabled: true };

/** What a call is tried on: each time a new one, for some calls remove it. */
interface Target {
  thread: string;
  bot: string;
  action: string;
}

function image(): FormData {
  const form = new FormData();
  form.set('image', new Blob([samples.png]), 'cat.png');
  return form;
}

interface Row {
  call: string;
  path: (target: Target) => string;
  body?: () => unknown;
  status: number;
  refusal: string;
  /** Who may. */
  may: readonly Role[];
}

const managers = ['manager', 'admin'] as const;
const everybody = ['participant', 'manager', 'admin'] as const;
const bots = ({ thread }: Target) => `/threads/${thread}/bots`;
const bot = (target: Target) => `${bots(target)}/${target.bot}`;
const actions = (target: Target) => `${bot(target)}/actions`;
const action = (target: Target) => `${actions(target)}/${target.action}`;

const rows: Row[] = [
  { call: 'GET bots', path: bots, status: 200, refusal: 'Not authorized to view bots.', may: everybody },
  { call: 'GET a bot', path: bot, status: 200, refusal: 'Not authorized to view bot.', may: everybody },
  {
    call: 'POST bots',
    path: bots,
    body: () => fields,
    status: 201,
    refusal: 'Not authorized to create a bot.',
    may: managers,
  },
  {
    call: 'PUT a bot',
    path: bot,
    body: () => ({ ...fields, name: 'Renamed' }),
    status: 200,
    refusal: 'Not authorized to update bot.',
    may: managers,
  },
  { call: 'DELETE a bot', path: bot, status: 204, refusal: 'Not authorized to remove bot.', may: managers },
  {
    call: 'POST an avatar',
    path: (target) => `${bot(target)}/avatar`,
    body: image,
    status: 200,
    refusal: 'Not authorized to update bot.',
    may: managers,
  },
  {
    call: 'DELETE an avatar',
    path: (target) => `${bot(target)}/avatar`,
    status: 204,
    refusal: 'Not authorized to update bot.',
    may: managers,
  },
  {
    call: 'GET handlers',
    path: (target) => `${bot(target)}/add-handlers`,
    status: 200,
    refusal: 'Not authorized add bot actions.',
    may: managers,
  },
  {
    call: 'POST a handler',
    path: (target) => `${bot(target)}/add-handlers/hello`,
    body: () => ({ values: {}, texts: {} }),
    status: 201,
    refusal: 'Not authorized add bot actions.',
    may: managers,
  },
  {
    call: 'GET actions',
    path: actions,
    status: 200,
    refusal: 'Not authorized to view bot actions.',
    may: everybody,
  },
  {
    call: 'GET an action',
    path: action,
    status: 200,
    refusal: 'Not authorized to view bot action.',
    may: everybody,
  },
  {
    call: 'POST actions',
    path: actions,
    body: () => params,
    status: 201,
    refusal: 'Not authorized add bot actions.',
    may: managers,
  },
  {
    call: 'PUT an action',
    path: action,
    body: () => ({ ...params, cooldown: 5 }),
    status: 200,
    refusal: 'Not authorized to update bot action.',
    may: managers,
  },
  {
    call: 'DELETE an action',
    path: action,
    status: 204,
    refusal: 'Not authorized to remove bot action.',
    may: managers,
  },
  {
    call: 'GET packages',
    path: (target) => `${bots(target)}/packages`,
    status: 200,
    refusal: 'Not authorized to create a bot.',
    may: managers,
  },
  {
    call: 'POST packages',
    path: (target) => `${bots(target)}/packages`,
    body: () => ({ alias: 'small' }),
    status: 201,
    refusal: 'Not authorized to create a bot.',
    may: managers,
  },
];

async function newTarget(hide = false): Promise<Target> {
  const thread = testServer.thread.id;
  const made = await testServer.call('POST', `/threads/${thread}/bots`, { ...fields, hide_actions: hide });
  const attached = await testServer.call('POST', `/threads/${thread}/bots/${made.body.id}/actions`, params);
  return { thread, bot: made.body.id, action: attached.body.id };
}

const ask = async ({ call, path, body }: Row, target: Target, role: Role) => {
  const { status, body: answer } = await testServer.call(
    call.split(' ')[0] ?? '',
    path(target),
    body?.(),
    role,
  );
  return status < 300 ? status : `${status} ${answer.message}`;
};

/** Sets a switch of the group for a moment. */
async function withSwitch<Result>(
  column: string,
  value: number,
  work: () => Promise<Result>,
): Promise<Result> {
  await testServer.testGroup.change(
    `update threads set ${column} = ? where id = ?`,
    value,
    testServer.thread.id,
  );
  try {
    return await work();
  } finally {
    await testServer.testGroup.change(
      `update threads set ${column} = ? where id = ?`,
      1 - value,
      testServer.thread.id,
    );
  }
}

describe.each(rows)('$call', (row) => {
  test.each(roles)('as %s', async (role) => {
    const refused = role === 'guest' ? '401 Unauthenticated.' : `403 ${row.refusal}`;
    const expected = row.may.includes(role) ? row.status : refused;
    expect(await ask(row, await newTarget(), role)).toBe(expected);
  });

  test('is refused to everybody while the group wants no bots', async () => {
    const target = await newTarget();
    const answers = await withSwitch('chat_bots', 0, () =>
      Promise.all((['participant', 'manager', 'admin'] as const).map((role) => ask(row, target, role))),
    );
    expect(answers).toEqual(Array(3).fill(`403 ${row.refusal}`));
  });

  test('is refused where only managers may, and granted to those who look, while the group is locked', async () => {
    const target = await newTarget();
    const answer = await withSwitch('locked', 1, () => ask(row, target, 'admin'));
    expect(answer).toBe(row.may.includes('participant') ? row.status : `403 ${row.refusal}`);
  });
});

test.each([
  ['participant', '403 Not authorized to view bot actions.', '403 Not authorized to view bot action.'],
  ['manager', 200, 200],
  ['admin', 200, 200],
] as const)('hidden actions are answered to a %s with %s and %s', async (role, ofAll, ofOne) => {
  const target = await newTarget(true);
  const [list, one] = rows.filter(({ path }) => path === actions || path === action);
  expect(list && (await ask(list, target, role))).toBe(ofAll);
  expect(one && (await ask(one, target, role))).toBe(ofOne);
});

describe('while bots are off in the configuration', () => {
  let off: TestServer;
  beforeAll(async () => {
    off = await TestServer.open(handlers, { bots: { enabled: false } }, atEnd);
  });

  test.each(rows)('$call is refused to an admin with its own sentence', async (row) => {
    const { app, thread } = off;
    const admin = off.users.get('admin');
    if (admin === undefined) throw new Error('There is no admin.');
    const unused = { name: 'Old', avatar: null, enabled: true, hideActions: false, cooldown: 0 };
    const times = { createdAt: thread.createdAt, updatedAt: thread.createdAt, archivedAt: null };
    const owner = { type: 'user', id: admin.id } as const;
    const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
    await app.store.bots.insert({ id: ids[0], threadId: thread.id, owner, ...unused, ...times });
    await app.store.bots.insertAction({
      ...{ id: ids[1], botId: ids[0], owner, handler: 'hello', match: 'any', triggers: null, payload: null },
      ...{
        enabled: true,
        adminOnly: false,
        cooldown: 0,
        createdAt: times.createdAt,
        updatedAt: times.updatedAt,
      },
    });
    const path = row.path({ thread: thread.id, bot: ids[0], action: ids[1] });
    const { status, body } = await off.call(row.call.split(' ')[0] ?? '', path, row.body?.());
    expect({ status, body }).toEqual({ status: 403, body: { message: row.refusal } });
  });
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});
