import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Bot } from '../../src/domain/bot.ts';
import { messageTypes } from '../../src/domain/message.ts';
import { type VerdictCode, verdictCodes } from '../../src/domain/verdict.ts';
import type { verdictJson } from '../../src/domain/verdict-json.ts';
import { archiveBot } from '../../src/services/bots/archive-bot.ts';
import { editMessage } from '../../src/services/messages/edit-message.ts';
import { botSource, exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, startDaemon } from '../support/daemons.ts';
import { openLatch, waitingAtLatch } from '../support/latch.ts';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

type Row = ReturnType<typeof verdictJson>;

const bots = {
  'Hello.ts': exactBot('Hello', 'hi', posting("'yes'")),
  'Bad.ts': exactBot('Bad', 'bad', "throw new Error('out of coffee');"),
  'Slow.ts': exactBot('Slow', 'slow', 'await new Promise(() => {});', {
    members: 'static override readonly timeout = 100;',
  }),
  'Again.ts': exactBot('Again', 'again', "throw new Error('later');", {
    members: 'static override readonly retries = 2;',
  }),
  'Wait.ts': exactBot('Wait', 'wait', waitingAtLatch('why')),
  'Free.ts': botSource('Free', posting("'free'")),
};

const answered = async (group: TestGroup, name: string, body: string): Promise<string> => {
  const { id } = await group.send(name, body);
  await group.app.queue.idle();
  return id;
};

/** Sends a message to a handler that waits at its latch. The only worker is busy until the latch is opened. */
const waiting = async (group: TestGroup): Promise<string> => {
  const arrived = group.next('NewMessage').then(() => group.next('NewMessage'));
  const { id } = await group.send('Ada', 'wait');
  await arrived;
  return id;
};

const archive = async (group: TestGroup, bot: Bot | undefined): Promise<void> => {
  if (bot) await archiveBot(group.app, { thread: group.thread, user: await group.person('Ada'), bot });
};

/** Stores a message with the job of answering it; returns its id. */
const delivered = async (group: TestGroup, fields: Parameters<TestGroup['deliver']>[0] = {}) => {
  await group.deliver(fields);
  const [newest] = await group.app.store.messages.newest(group.thread.id, 1);
  return newest?.id ?? '';
};

/** How a message comes to its verdict: returns its id. The action in question is the last one. */
type Story = (group: TestGroup) => Promise<string>;

const afterChange =
  (change: string): Story =>
  async (group) => {
    await group.attach('hello');
    await group.change(change, group.thread.id);
    return delivered(group);
  };

const stories: Array<[VerdictCode, string | RegExp, Story]> = [
  [
    'fired',
    /^fired in \d+ ms$/,
    async (group) => {
      await group.attach('hello');
      return answered(group, 'Ada', 'hi');
    },
  ],
  [
    'failed',
    /^failed after \d+ ms$/,
    async (group) => {
      await group.attach('bad');
      return answered(group, 'Ada', 'bad');
    },
  ],
  [
    'timed_out',
    /^ended at its deadline after \d+ ms$/,
    async (group) => {
      await group.attach('slow');
      return answered(group, 'Ada', 'slow');
    },
  ],
  [
    'stopped',
    /^stopped after \d+ ms: its bot or its action was removed$/,
    async (group) => {
      const bot = await group.bot('Gone');
      await group.attach('wait', {}, bot);
      const id = await waiting(group);
      await archive(group, bot);
      await group.app.queue.idle();
      return id;
    },
  ],
  [
    'running',
    'running',
    async (group) => {
      await group.attach('wait');
      return waiting(group);
    },
  ],
  [
    'queued',
    'not answered yet: the message is waiting for its turn',
    async (group) => {
      await group.attach('wait');
      await group.attach('hello');
      await waiting(group);
      return (await group.send('Ada', 'hi')).id;
    },
  ],
  [
    'no_match',
    'no match: "hi" is there, but is not the whole message',
    async (group) => {
      await group.attach('hello');
      return answered(group, 'Ada', 'hi there');
    },
  ],
  [
    'action_cooldown',
    /^on cooldown, 5 m left, until \d\d:\d\d:\d\d UTC$/,
    async (group) => {
      await group.attach('hello', { cooldown: 300 });
      await answered(group, 'Ada', 'hi');
      return answered(group, 'Ada', 'hi');
    },
  ],
  [
    'bot_cooldown',
    /^its bot is on cooldown, 1 m left, until \d\d:\d\d:\d\d UTC$/,
    async (group) => {
      await group.attach('hello', {}, await group.bot('Tired', { cooldown: 60 }));
      await answered(group, 'Ada', 'hi');
      return answered(group, 'Ada', 'hi');
    },
  ],
  [
    'admin_only',
    'admin only: the sender is not an admin of the group',
    async (group) => {
      await group.attach('hello', { admin_only: true });
      return answered(group, 'Grace', 'hi');
    },
  ],
  [
    'disabled',
    'disabled',
    async (group) => {
      await group.attach('hello', { enabled: false });
      return answered(group, 'Ada', 'hi');
    },
  ],
  [
    'bot_disabled',
    'its bot is disabled',
    async (group) => {
      await group.attach('hello', {}, await group.bot('Off', { enabled: false }));
      return answered(group, 'Ada', 'hi');
    },
  ],
  [
    'removed',
    'removed in between',
    async (group) => {
      await group.attach('wait');
      const other = await group.bot('Other');
      await group.attach('wait', {}, other);
      const id = await waiting(group);
      await archive(group, other);
      openLatch('why');
      await group.app.queue.idle();
      return id;
    },
  ],
  [
    'changed_later',
    'did not fire, but would now: it or its handler has changed since',
    async (group) => {
      const { id: action } = await group.attach('free', { match: 'exact', triggers: ['one'] });
      const id = await answered(group, 'Ada', 'two');
      await group.change("update bot_actions set triggers = 'two' where id = ?", action);
      return id;
    },
  ],
  [
    'attached_later',
    'attached later, after the message',
    async (group) => {
      const id = await answered(group, 'Ada', 'hi');
      await group.attach('hello');
      return id;
    },
  ],
  [
    'not_group',
    'bots answer only in groups',
    afterChange("update threads set kind = 'private' where id = ?"),
  ],
  [
    'not_text',
    'bots answer only to texts',
    async (group) => {
      await group.attach('hello');
      return delivered(group, { type: messageTypes.IMAGE_MESSAGE });
    },
  ],
  [
    'from_bot',
    'bots do not answer bots',
    async (group) => {
      const action = await group.attach('hello');
      return delivered(group, { owner: { type: 'bot', id: action.botId, name: 'LoungeBot' } });
    },
  ],
  [
    'message_removed',
    'the message was removed before a bot saw it',
    async (group) => {
      await group.attach('hello');
      await group.deliver({ id: '0190b3a0-0000-7000-8000-000000000001', archivedAt: group.clock.now() });
      return '0190b3a0-0000-7000-8000-000000000001';
    },
  ],
  [
    'thread_removed',
    'the group was removed',
    afterChange("update threads set archived_at = '2026-01-01T00:00:00.000000Z' where id = ?"),
  ],
  ['thread_locked', 'the group is locked', afterChange('update threads set locked = 1 where id = ?')],
  [
    'messaging_off_in_thread',
    'messages are switched off in this group',
    afterChange('update threads set messaging = 0 where id = ?'),
  ],
  [
    'bots_off_in_thread',
    'bots are off in this group: its settings say chat_bots no',
    afterChange('update threads set chat_bots = 0 where id = ?'),
  ],
];

/** What a command says of the actions of a group. */
async function why(group: TestGroup, ...words: string[]): Promise<Row[]> {
  const { code, stdout } = await messenger(group.workspace.folder, ['why', ...words, '--json']);
  expect(code).toBe(0);
  return JSON.parse(stdout).actions;
}

describe('of a stored message', () => {
  test.each(stories)('the verdict "%s" is told as %s', async (verdict, sentence, story) => {
    const group = await TestGroup.open(bots);
    const rows = await why(group, await story(group));
    openLatch('why');
    await group.app.queue.idle();
    expect(rows.at(-1)).toMatchObject({
      verdict,
      sentence: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    });
  });

  test('the verdict "waiting_for_retry" has the time of the retry', async () => {
    const group = await TestGroup.alone(bots);
    await group.attach('again');
    const { id } = await group.send('Ada', 'again');
    const status = async () => [...(await group.app.store.runs.ofMessage(id)).values()][0]?.status;
    await vi.waitFor(async () => expect(await status()).toBe('waiting'), { timeout: 10_000 });
    const until = new Date(group.clock.milliseconds() + 1_000).toISOString();
    expect(await why(group, id)).toMatchObject([
      {
        verdict: 'waiting_for_retry',
        sentence: `failed, and is tried again at ${until.slice(11, 19)} UTC`,
        retry_at: expect.stringContaining(until.slice(0, 23)),
        error: { message: expect.stringContaining('later') },
      },
    ]);
  });

  test('the verdict "bots_off_in_configuration" is what was so when it came', async () => {
    const group = await TestGroup.alone(bots);
    await group.attach('hello');
    group.reconfigure({ bots: { ...group.app.config.bots, enabled: false } });
    const { id } = await group.send('Ada', 'hi');
    expect(await why(group, id)).toMatchObject([{ verdict: 'bots_off_in_configuration' }]);
  });

  test('a failure has the error and the line of the author', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('bad');
    const line = bots['Bad.ts'].split('\n').findIndex((text) => text.includes('out of coffee')) + 1;
    expect(await why(group, await answered(group, 'Ada', 'bad'))).toMatchObject([
      {
        error: {
          code: 'HANDLER_THREW',
          message: expect.stringContaining('out of coffee'),
          at: `bots/Bad.ts:${line}`,
        },
      },
    ]);
  });

  test('a deadline has the error, and the place of the handler', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('slow');
    expect(await why(group, await answered(group, 'Ada', 'slow'))).toMatchObject([
      { error: { code: 'HANDLER_TIMEOUT', at: expect.stringMatching(/^bots\/Slow\.ts:\d+$/) } },
    ]);
  });

  test.each([
    ['Greeter.ts', 'does not compile', "// 'hello'\nexport default class {", 'bots/Greeter.ts:2'],
    ['HelloBot.ts', 'does not compile and says no alias', 'export default class {', 'bots/HelloBot.ts:1'],
    ['Greeter.ts', 'does not compile and seems to be another', 'export default class {', null],
    ['Hello.ts', 'is gone', undefined, null],
  ])('the handler is not loaded if its file %s %s', async (name, _, text, at) => {
    const group = await TestGroup.alone({ [name]: bots['Hello.ts'] });
    await group.attach('hello');
    const id = await answered(group, 'Ada', 'hello');
    const file = path.join(group.workspace.folder, 'bots', name);
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    const sentence =
      at === null
        ? 'handler not loaded: no file of the workspace has its alias'
        : 'handler not loaded: its file cannot be loaded';
    const error = at === null ? null : { code: 'HANDLER_FILE_BROKEN', at };
    const then = {
      sentence: `${sentence}; it may have been loaded when the message came`,
      changed_since: true,
    };
    expect(await why(group, id)).toMatchObject([{ verdict: 'handler_missing', error, ...then }]);
    expect(await why(group, 'hi', '--thread', 'Lounge')).toMatchObject([
      { verdict: 'handler_missing', sentence, error },
    ]);
  });

  test('every verdict is in a test', () => {
    const elsewhere = ['waiting_for_retry', 'bots_off_in_configuration', 'handler_missing', 'cancelled'];
    const tested = [...stories.map(([verdict]) => verdict), ...elsewhere];
    expect(tested.sort()).toEqual([...verdictCodes].sort());
  });
});

describe('of a text that is not sent', () => {
  const offs: Array<[VerdictCode, string]> = [
    ['bots_off_in_thread', 'chat_bots = 0'],
    ['messaging_off_in_thread', 'messaging = 0'],
    ['thread_locked', 'locked = 1'],
    ['not_group', "kind = 'private'"],
  ];

  test.each(offs)('each action has the verdict "%s" after %s', async (verdict, change) => {
    const group = await TestGroup.open(bots);
    await group.attach('hello');
    await group.attach('bad', { enabled: false });
    await group.change(`update threads set ${change} where id = ?`, group.thread.id);
    const rows = await why(group, 'hi', '--thread', group.thread.id);
    expect(rows.map((row) => row.verdict)).toEqual([verdict, verdict]);
  });

  test('each action has its verdict, and nothing is sent or changed', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello', { cooldown: 300 });
    await group.attach('free', { match: 'contains', triggers: ['hello', 'hi'], admin_only: true });
    await group.attach('bad', {}, await group.bot('Off', { enabled: false }));
    await group.attach('free', { match: 'any', enabled: false });
    await group.attach('free', { match: 'any' });
    await group.attach(
      'free',
      { match: 'exact', triggers: ['hi'] },
      await group.bot('Tired', { cooldown: 60 }),
    );
    const verdicts = async (...words: string[]) =>
      (await why(group, 'hi', '--thread', group.thread.id, ...words)).map(({ verdict }) => verdict);
    const rest = ['disabled', 'fired', 'bot_disabled'];
    expect(await verdicts('--as', 'Ada')).toEqual(['fired', 'fired', ...rest, 'fired']);
    expect(await verdicts('--as', 'Nobody')).toEqual(['fired', 'admin_only', ...rest, 'fired']);
    await answered(group, 'Ada', 'hi');
    const after = ['action_cooldown', 'fired', ...rest, 'bot_cooldown'];
    const messages = await group.written();
    expect(await verdicts('--as', 'Ada')).toEqual(after);
    expect(await group.written()).toEqual(messages);
    expect(await group.app.store.users.findByName('Nobody')).toBeUndefined();
  });

  test('it says which trigger matches, or how the nearest one does not', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello');
    await group.attach('free', { match: 'contains', triggers: ['hello', 'hey'] });
    const [exact, contains] = await why(group, 'hey!', '--thread', group.thread.id);
    expect(exact).toMatchObject({ verdict: 'no_match', near_miss: { trigger: 'hi', position: 2 } });
    expect(contains).toMatchObject({
      verdict: 'no_match',
      sentence: 'no match: "hey" is there, but "!" after it is no word boundary',
      near_miss: { trigger: 'hey', reason: 'inside_word', after: '!', before: null },
    });
    const [fires] = await why(group, 'hi', '--thread', group.thread.id);
    expect(fires).toMatchObject({ verdict: 'fired', trigger: 'hi', sentence: 'would fire: "hi" matches' });
  });

  test('nobody sends it who may not write in the group', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello');
    await group.person('Grace');
    await group.change('update participants set send_messages = 0');
    const ask = (name: string) =>
      messenger(group.workspace.folder, ['why', 'hi', '--thread', group.thread.id, '--as', name]);
    const { code, stderr } = await ask('Grace');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Not authorized to send messages.')]);
    expect((await ask('Ada')).stdout).toContain('would fire');
  });

  test('bots do not answer it if a bot sends it', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello', {}, await group.bot('Robot'));
    const rows = await why(group, 'hi', '--thread', group.thread.id, '--as', 'Robot');
    expect(rows).toMatchObject([{ verdict: 'from_bot' }]);
  });

  test('it is not answered where bots were switched off on purpose', async () => {
    const group = await TestGroup.alone(bots, { enabled: false });
    await group.change('update threads set chat_bots = 1');
    group.reconfigure({ bots: { ...group.app.config.bots, enabled: true } });
    await group.attach('hello');
    const rows = await why(group, 'hi', '--thread', 'Lounge');
    expect(rows).toMatchObject([{ verdict: 'bots_off_in_configuration' }]);
  });
});

describe('the message', () => {
  test('is the last one of a person, or of this person', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello');
    const [ofAda, ofGrace] = [await answered(group, 'Ada', 'hello'), await answered(group, 'Grace', 'hi')];
    expect((await group.written()).at(-1)).toMatch(/: yes$/);
    await group.bot('Newcomer');
    const asked = async (...words: string[]) => {
      const { stdout } = await messenger(group.workspace.folder, [
        'why',
        ...words,
        '--json',
        '--thread',
        'Lounge',
      ]);
      return JSON.parse(stdout).message_id;
    };
    expect([await asked(), await asked('--last'), await asked('--last', '--as', 'Ada')]).toEqual([
      ofGrace,
      ofGrace,
      ofAda,
    ]);
    expect(await asked(ofAda.toUpperCase())).toBe(ofAda);
  });

  test('is shown as bots saw it, and not as it was edited later', async () => {
    const group = await TestGroup.open(bots);
    await group.attach('hello');
    const sent = await group.send('Ada', 'ho');
    await group.app.queue.idle();
    const user = await group.person('Ada');
    await editMessage(group.app, { thread: group.thread, user, message: sent, text: 'hi' });
    const { stdout } = await messenger(group.workspace.folder, ['why', sent.id, '--json']);
    const { body, actions, notes } = JSON.parse(stdout);
    expect([body, actions[0].verdict, notes[0]]).toEqual([
      'ho',
      'no_match',
      'The message was edited later. This is the text that bots saw.',
    ]);
  });

  test('is found by the beginning of its id, unless several have it', async () => {
    const group = await TestGroup.open(bots);
    const ids = ['aaaaaaaa-0000-7000-8000-000000000001', 'aaaaaaaa-0000-7000-8000-000000000002'];
    for (const id of ids) await group.deliver({ id });
    const ask = (name: string) => messenger(group.workspace.folder, ['why', name]);
    expect((await ask(ids[1] ?? '')).code).toBe(0);
    expect(await ask('aaaaaaaa')).toMatchObject({ code: 1, stderr: expect.stringContaining(ids[0] ?? '') });
    expect(await ask('abcdef0123')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No message has an id that begins with "abcdef0123"'),
    });
    expect(await ask('abcdef0123 ')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('abcdef0123'),
    });
  });

  test.each([
    [['--last', 'hi'], 2, 'not both'],
    [['--last', '--thread', 'Lounge', '--as', 'Zoe'], 1, 'There is no person "Zoe"'],
    [['--last', '--thread', 'Nowhere'], 1, 'There is no group "Nowhere"'],
    [['--thread', 'Lounge'], 1, 'Nobody has written anything in Lounge'],
    [['x'.repeat(5_001)], 1, 'at most 5000 are allowed'],
    [[''], 1, 'it is empty'],
  ])('%j is an error with exit code %i', async (words, code, text) => {
    const group = await TestGroup.open(bots);
    const outcome = await messenger(group.workspace.folder, ['why', ...words]);
    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(text) });
  });
});

describe('in a workspace where nobody has talked yet', () => {
  const folderWith = (files: Record<string, string>): string => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    return folder;
  };

  test('a text is explained in the playground that simulate would create, and nothing is created', async () => {
    const reply = botSource('Reply', '', {
      members: 'override rules() { return { replies: z.array(z.string()) }; }',
    });
    const folder = folderWith({ 'bots/Hello.ts': bots['Hello.ts'], 'bots/Reply.ts': reply });
    const { code, stdout, stderr } = await messenger(folder, ['why', 'hi!', '--as', 'bob']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'If bob sends this to Playground:',
      '  hi!',
      '',
      '· hello of PlaygroundBot: no match: "hi" is there, but is not the whole message',
      '',
      'There is no Playground yet: these are the actions with which "messenger simulate" creates it.',
      '',
      expect.stringMatching(/^reply is attached to no bot of Playground: messenger attach reply '\{.*\}'$/),
      '',
      expect.stringContaining('A daemon answers only with MESSENGER_BOTS_ENABLED=true'),
      '',
    ]);
    expect(readdirSync(folder)).toEqual(['bots']);
  });

  test.each([
    [{}, { ignored: null, notes: [/creates it/, /switch bots on for themselves. A daemon/] }],
    [{ MESSENGER_BOTS_ENABLED: 'true' }, { ignored: null, notes: [/creates it/] }],
    [
      { MESSENGER_BOTS_ENABLED: 'false' },
      { ignored: 'bots_off_in_configuration', notes: [/creates it/, /answer all the same/] },
    ],
  ])('with %j in the environment it says whether bots are on', async (env, { ignored, notes }) => {
    const folder = folderWith({ 'bots/Hello.ts': bots['Hello.ts'] });
    const { stdout } = await messenger(folder, ['why', 'hi', '--json'], '', env);
    expect(JSON.parse(stdout)).toMatchObject({
      message_id: null,
      thread: { id: null, name: 'Playground' },
      body: 'hi',
      ignored,
      actions: [{ handler: 'hello', verdict: ignored ?? 'fired' }],
      notes: notes.map((note) => expect.stringMatching(note)),
    });
  });
});

test.each([
  [undefined, 'bots_off_in_configuration'],
  [true, 'fired'],
] as const)(
  'while a daemon with bots.enabled %s runs, it decides whether bots are on',
  async (enabled, verdict) => {
    const workspace = daemonWorkspace({ 'Hello.ts': bots['Hello.ts'] }, { bots: { enabled } });
    await messenger(workspace.folder, ['attach', 'hello']);
    await startDaemon(workspace);
    const { stdout } = await messenger(workspace.folder, ['why', 'hi', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ actions: [{ verdict }], notes: [] });
  },
);
