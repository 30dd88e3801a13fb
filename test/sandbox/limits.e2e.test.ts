import { describe, expect, test } from 'vitest';
import type { MessageData } from '../../src/authoring/requests.ts';
import { handlerSource } from '../support/handlers.ts';
import { rejection, TestSandbox } from '../support/sandbox.ts';

/** What the handler does, and how the sentence ends that refuses it. */
const refused: Array<[what: string, statement: string, sentence: string | RegExp]> = [
  [
    'a text of 50 MB',
    "message('x'.repeat(5e7))",
    'send a message: The message was not sent: it has 50000000 characters, and at most 5000 are allowed.',
  ],
  [
    'emoji of one code point, each counted once',
    "message('😀'.repeat(5001))",
    'send a message: The message was not sent: it has 5001 characters, and at most 5000 are allowed.',
  ],
  ['blanks', "message(' '.repeat(1e6))", 'send a message: The message was not sent: it is empty.'],
  ['no text', 'message({ length: 1 })', /^send a message: body is wrong: /],
  [
    'extra data of 50 MB',
    "message('a', null, { a: 'x'.repeat(5e7) })",
    'send a message: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'extra data of many small values',
    "message('a', null, Array.from({ length: 40_000 }, () => 0))",
    'send a message: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'extra data of a list that takes no room',
    "message('a', null, new Array(1e8))",
    'send a message: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'extra data that doubles at every level',
    "message('a', null, Array.from({ length: 40 }).reduce((inner) => [inner, inner], 0))",
    'send a message: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'extra data that doubles at every level and holds nothing',
    "message('a', null, Array.from({ length: 40 }).reduce((inner) => ({ a: inner, b: inner }), undefined))",
    'send a message: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'extra data that holds itself',
    "message('a', null, (() => { const a = []; a.push(a); return a; })())",
    /^send a message: The message was not sent: its extra data must be plain JSON, and Converting circular/,
  ],
  [
    'extra data nested deeply',
    "message('a', null, Array.from({ length: 70 }).reduce((inner) => [inner], 0))",
    'send a message: The message was not sent: its extra data is nested deeper than 64 levels.',
  ],
  [
    'extra data nested endlessly',
    "message('a', null, Array.from({ length: 20_000 }).reduce((inner) => [inner], 0))",
    'send a message: The message was not sent: its extra data must be plain JSON, and it is nested too deeply.',
  ],
  ...[
    '() => 1',
    'new Map()',
    '1n',
    'NaN',
    "Symbol('a')",
    'Promise.resolve()',
    'Buffer.alloc(3)[Symbol.iterator]()',
  ].map((value): [string, string, RegExp] => [
    `${value} in extra data`,
    `message('a', null, { a: ${value} })`,
    /^send a message: The message was not sent: its extra data must be plain JSON, and [\w ]+ in "a"/,
  ]),
  ['a text as extra data', "message('a', null, 'text')", /^send a message: extra is wrong: /],
  [
    'extra data of a file',
    "document(new File(['a'], 'a.txt'), null, { a: 'x'.repeat(66_000) })",
    'send a file: The message was not sent: its extra data is larger than 64 kilobytes as JSON.',
  ],
  [
    'the name of a file',
    "document(new File(['a'], 'x'.repeat(1e6)))",
    'send a file: name is wrong: it has 1000000 characters, and at most 255 are allowed.',
  ],
  [
    'an emoji',
    "reaction(this.message, '👋'.repeat(300))",
    'add a reaction: The reaction must contain a valid emoji.',
  ],
  [
    'an endless emoji',
    "reaction(this.message, '👋'.repeat(1e6))",
    'add a reaction: The reaction must contain a valid emoji.',
  ],
  [
    'the id of a message',
    "reaction('x'.repeat(1e6), '👋')",
    /^add a reaction: messageId is wrong: it has 1000000 characters/,
  ],
  [
    'the id of a reply',
    "message('a', 'x'.repeat(300))",
    /^send a message: replyToId is wrong: it has 300 characters/,
  ],
  [
    'the id of a bot',
    "from('x'.repeat(300)).message('a')",
    /^send a message: botId is wrong: it has 300 characters/,
  ],
  [
    'the id of a person',
    "read('x'.repeat(300))",
    /^mark the thread read: userId is wrong: it has 300 characters/,
  ],
  [
    'a list of ids',
    "archive(new Array(1e6).fill('a'))",
    /^archive messages: messageIds is wrong: it has 1000000 items, and at most 10000/,
  ],
  [
    'a list without end',
    'archive(new Array(4e9))',
    /^archive messages: messageIds is wrong: it has 4000000000 items/,
  ],
  [
    'an id in a list',
    "archive(['x'.repeat(300)])",
    /^archive messages: messageIds.0 is wrong: it has 300 characters/,
  ],
  ['a list of what is no id', 'archive([1, {}, null])', /^archive messages: messageIds.0 is wrong: /],
];

const refusedOfThread: typeof refused = [
  [
    'the ending of an invite',
    "invite({ codeEnding: 'x'.repeat(21) })",
    /^create an invite: codeEnding is wrong: /,
  ],
  [
    'an ending with a path in it',
    "invite({ codeEnding: '/../x' })",
    /^create an invite: codeEnding is wrong: it may hold letters/,
  ],
  ['an invite for ever', 'invite({ minutes: 1e300 })', /^create an invite: minutes is wrong: /],
  ['an invite for no number', 'invite({ minutes: NaN })', /^create an invite: minutes is wrong: /],
  ['a page before a long id', "messages({ before: 'x'.repeat(300) })", /^list messages: before is wrong: /],
  ['a page of no number', 'messages({ limit: NaN })', /^list messages: limit is wrong: /],
  ['no question', 'messages(null)', /^list messages: its argument is wrong: /],
  ['a text as a question', "messages('newest')", /^list messages: its argument is wrong: /],
  ['a long name', "documents({ name: 'x'.repeat(1e6) })", /^list documents: name is wrong: /],
];

describe('what is too much is refused in the worker, and nothing of it is carried over', () => {
  const calls = [
    ...refused.map(([what, call, sentence]) => [what, `this.composer().${call}`, sentence] as const),
    ...refusedOfThread.map(([what, call, sentence]) => [what, `this.thread.${call}`, sentence] as const),
  ];

  test('each with a sentence', async () => {
    const attempts = calls.map(([, call]) => `async () => ${call}`).join(',\n');
    const body = `
      for (const attempt of [${attempts}] as any[]) {
        const error = await attempt().then(() => ({ message: 'was sent' }), (error) => error);
        await this.composer().message([error.code, error.message.slice(0, 300)].join(' '));
      }`;
    const sandbox = new TestSandbox(
      { 'bots/BigBot.ts': handlerSource('BigBot', '!big', body) },
      { memory: 512 },
    );
    await sandbox.run('BigBot', { context: { limits: { ...large, extra: 64, message: 5_000 } } });
    const told = sandbox.asked.map(({ kind, args }) => [kind, args.body]);
    expect(told).toEqual(
      calls.map(([, , sentence]) => [
        'message',
        typeof sentence === 'string'
          ? `EFFECT_REFUSED The bot could not ${sentence}`
          : expect.stringMatching(
              new RegExp(sentence.source.replace('^', '^EFFECT_REFUSED The bot could not ')),
            ),
      ]),
    );
  });

  test('up to the limit everything goes', async () => {
    const body = `
      await this.composer().message('😀'.repeat(5_000), null, { a: 'x'.repeat(65_000) });
      await this.composer().archive(new Array(10_000).fill('a'));
      await this.composer().reaction('x'.repeat(255), '👋'.repeat(255));`;
    const sandbox = new TestSandbox({ 'bots/BigBot.ts': handlerSource('BigBot', '!big', body) });
    const asked: string[] = [];
    const onRequest = async (kind: string) => {
      asked.push(kind);
      return { archived: 0 };
    };
    await sandbox.run('BigBot', { onRequest });
    expect(asked).toEqual(['message', 'archive', 'reaction']);
  });

  test('what a handler changes after the call is not sent', async () => {
    const body = `
      const extra = { at: new Date(0), list: [1] };
      const sent = this.composer().message('a', null, extra as never);
      extra.list.push(2);
      await sent;`;
    const sandbox = new TestSandbox({ 'bots/BigBot.ts': handlerSource('BigBot', '!big', body) });
    await sandbox.run('BigBot');
    expect(sandbox.asked[0]?.args.extra).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [1] });
  });
});

const large = { image: 10_000, document: 10_000, audio: 10_000, video: 10_000 };

describe('a handler that awaits nothing', () => {
  const loop = (count: number) =>
    `const sent = [];
     for (let n = 1; n <= ${count}; n++) sent.push(this.composer().message(String(n)));
     await Promise.all(sent);`;

  test('has at most a hundred requests open: the others are sent in the order of their calls', async () => {
    const sandbox = new TestSandbox({ 'bots/FastBot.ts': handlerSource('FastBot', '!fast', loop(1_000)) });
    const bodies: unknown[] = [];
    let open = 0;
    let most = 0;
    const onRequest = async (_kind: string, step: number | null, { body }: { body: string }) => {
      bodies.push([step, body]);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return { id: body } as MessageData;
    };
    await sandbox.run('FastBot', { onRequest: onRequest as never });
    expect(bodies).toEqual(Array.from({ length: 1_000 }, (_, index) => [index + 1, String(index + 1)]));
    expect(most).toBeGreaterThan(50);
    expect(most).toBeLessThanOrEqual(100);
  });

  test('has its refused calls counted as steps all the same', async () => {
    const body = `
      await this.composer().message('one');
      await this.composer().message('x'.repeat(6_000)).catch(() => {});
      await this.composer().message('three');`;
    const sandbox = new TestSandbox({ 'bots/FastBot.ts': handlerSource('FastBot', '!fast', body) });
    await sandbox.run('FastBot');
    expect(sandbox.asked.map(({ step, args }) => [step, args.body])).toEqual([
      [1, 'one'],
      [3, 'three'],
    ]);
  });

  test('goes on when some are refused, and ends when all are done', async () => {
    const body = `for (let n = 0; n < 500; n++) this.composer().message(n % 2 ? 'odd' : 'x'.repeat(6_000)).catch(() => {});`;
    const sandbox = new TestSandbox({ 'bots/FastBot.ts': handlerSource('FastBot', '!fast', body) });
    await sandbox.run('FastBot');
    expect(sandbox.asked.length).toBe(250);
  });

  test('learns of a refusal by the daemon, and its place is free for the next', async () => {
    const body = `
      const answers = await Promise.allSettled(Array.from({ length: 250 }, () => this.composer().message('no')));
      throw new Error(answers.map(({ status }) => status[0]).join(''));`;
    const sandbox = new TestSandbox({ 'bots/FastBot.ts': handlerSource('FastBot', '!fast', body) });
    const onRequest = async () => {
      throw new Error('not now');
    };
    const error = await rejection(sandbox.run('FastBot', { onRequest }));
    expect(error.message).toBe('r'.repeat(250));
  });
});

describe('what a file says of itself', () => {
  test.each([
    ['a Date among the parameters of a package', 'new Date()'],
    ['a Map', 'new Map()'],
    ['a function', '() => 1'],
    ['a list that holds itself', '(() => { const list: unknown[] = []; list.push(list); return list; })()'],
    ['more than anybody describes', "'x'.repeat(2e7)"],
  ])('%s is refused with the name of the file', async (_, value) => {
    const sandbox = new TestSandbox({
      'bots/OddPackage.ts': `
        import { PackagedBot } from 'messenger-bots';
        import { ReplyBot } from 'messenger-bots/library';
        export class OddPackage extends PackagedBot {
          static getSettings() { return { alias: 'odd', description: 'Odd.', name: 'Odd' }; }
          static installs() { return [[ReplyBot, { odd: ${value} }]] as never; }
        }`,
    });
    const { packages, problems } = await sandbox.describe('bots/OddPackage.ts');
    expect([packages, problems.map(({ message }) => message)]).toEqual([
      [],
      [
        expect.stringMatching(
          /The description of bots\/OddPackage\.ts.* cannot be used: it is far too large, or not plain data/,
        ),
      ],
    ]);
  });

  test.each([
    ['1', true],
    ["''", false],
    ['undefined', true],
    ['{}', true],
  ])('authorize() that returns %s is a yes or a no', async (value, allowed) => {
    const sandbox = new TestSandbox({
      'bots/ShyBot.ts': handlerSource('ShyBot', '!shy', '').replace(
        'async handle',
        `authorize() { return ${value} as never; }\n  async handle`,
      ),
    });
    const handler = await sandbox.handler('bots/ShyBot.ts');
    const context = { user: { id: 'ada', name: 'Ada', admin: false }, thread: { id: 'thread', name: null } };
    expect(await sandbox.sandbox.authorize(handler, context)).toBe(allowed);
  });
});
