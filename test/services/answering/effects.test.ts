import { beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../../src/domain/message.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { ensureGroup } from '../../../src/services/users/people.ts';
import { botSource, exactBot } from '../../support/bot-source.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** Does what the message brings along, as if that were written in `handle()`. */
const actor = exactBot(
  'Act',
  'hi',
  'await Object.getPrototypeOf(async () => {}).constructor(this.message.extra.handle).call(this);',
);

let shared: TestGroup;
const atEnd = endAfterAll();
beforeAll(async () => {
  shared = await TestGroup.open({ 'Act.ts': actor }, {}, atEnd);
  await shared.attach('act');
});

/** What a handler with this body does when somebody says "hi", and the texts of the group from then on. */
async function act(handle: string): Promise<{ lines: string[]; texts: Message[] }> {
  const before = await shared.texts();
  const lines = await shared.watch('Ada', 'hi', { extra: { handle } });
  return { lines, texts: (await shared.texts()).slice(before.length) };
}

describe('message', () => {
  test('is stored in the thread as the bot wrote it', async () => {
    const { texts } = await act("await this.composer().message(' Hello,\\nthere! ');");
    expect(texts[1]).toMatchObject({
      owner: { type: 'bot', name: 'LoungeBot' },
      type: 0,
      body: ' Hello,\nthere! ',
      replyToId: null,
      extra: null,
      edited: false,
      senderIp: null,
    });
  });

  test.each([
    ['the message itself', 'this.message', true],
    ['its id', 'this.message.id', true],
    ['what the bot has just written', "await this.composer().message('first')", true],
    ['an id that is none', "'no-such-message'", false],
    ['nothing', 'null', false],
  ])('may reply to %s', async (_, reference, isReply) => {
    const { texts } = await act(`await this.composer().message('answer', ${reference});`);
    const [before, answer] = texts.slice(-2);
    expect(answer).toMatchObject({ body: 'answer', replyToId: isReply ? before?.id : null });
  });

  test.each(['{ mood: "good", deep: { list: [1, null] } }', '["a", "list"]'])(
    'carries extra data: %s',
    async (extra) => {
      const { texts } = await act(`await this.composer().message('with', null, ${extra});`);
      expect(texts[1]?.extra).toEqual(JSON.parse(extra.replace(/(\w+):/g, '"$1":')));
    },
  );

  test('tells the handler what was stored', async () => {
    const { texts } = await act(
      `const { id, body, owner } = await this.composer().message('one');
       await this.composer().message(JSON.stringify({ id, body, owner: owner.name }));`,
    );
    expect(JSON.parse(texts[2]?.body ?? '')).toEqual({ id: texts[1]?.id, body: 'one', owner: 'LoungeBot' });
  });
});

describe('reaction', () => {
  test.each([
    ['an emoji', "'👋'", 'reacts 👋'],
    ['a short code', "':wave:'", 'reacts 👋'],
    ['an emoji in a text', "'well done 👍 you'", 'reacts 👍'],
    ['the first of several', "'🎲👋'", 'reacts 🎲'],
  ])('takes %s', async (_, emoji, line) => {
    const { lines } = await act(`await this.composer().reaction(this.message, ${emoji});`);
    expect(lines).toEqual([line, 'handled act']);
  });

  test('goes to any message of the thread, also by its id', async () => {
    const { lines } = await act(
      `const own = await this.composer().message('mine');
       await this.composer().reaction(own, '👋');
       await this.composer().reaction(this.message.id, '👋');`,
    );
    expect(lines).toEqual(['says mine', 'reacts 👋', 'reacts 👋', 'handled act']);
  });
});

describe('what cannot be done is refused, and the handler may go on', () => {
  let testGroup: TestGroup;
  beforeAll(async () => {
    const handle = `
      const [attempt, where] = this.getParsedWords();
      const attempts = {
        empty: () => this.composer().message(''),
        blank: () => this.composer().message(' \\n\\t'),
        long: () => this.composer().message('x'.repeat(5001)),
        longest: () => this.composer().message('x'.repeat(5000)),
        text: () => this.composer().reaction(this.message, 'no emoji'),
        nothing: () => this.composer().reaction(this.message, ''),
        twice: async () => {
          await this.composer().reaction(this.message, '👋');
          await this.composer().reaction(this.message, ':wave:');
        },
        many: async () => {
          for (const emoji of '🍇🍈🍉🍊🍋🍌🍍🍎🍐🍑🍒') await this.composer().reaction(this.message, emoji);
        },
        elsewhere: () => this.composer().reaction(where, '👋'),
      };
      try {
        await attempts[attempt]();
        await this.composer().message('done');
      } catch (error) {
        await this.composer().message(error.code + ' ' + error.message);
      }`;
    const settings = "triggers: ['try'], match: 'starts:with'";
    testGroup = await TestGroup.open({ 'Act.ts': botSource('Act', handle, { settings }) }, {}, atEnd);
    await testGroup.attach('act');
  });

  test.each([
    ['empty', 'EFFECT_REFUSED The bot could not send a message: The message was not sent: it is empty.'],
    ['blank', 'EFFECT_REFUSED The bot could not send a message: The message was not sent: it is empty.'],
    [
      'long',
      'EFFECT_REFUSED The bot could not send a message: The message was not sent: it has 5001 characters, and at most 5000 are allowed.',
    ],
    ['longest', 'done'],
    ['text', 'EFFECT_REFUSED The bot could not add a reaction: The reaction must contain a valid emoji.'],
    ['nothing', 'EFFECT_REFUSED The bot could not add a reaction: The reaction must contain a valid emoji.'],
    ['twice', 'EFFECT_REFUSED The bot could not add a reaction: You have already used that reaction.'],
    [
      'many',
      'EFFECT_REFUSED The bot could not add a reaction: We appreciate the enthusiasm, but there are already too many reactions on this message.',
    ],
    [
      'elsewhere no-such-message',
      'EFFECT_REFUSED The bot could not add a reaction: There is no message "no-such-message" in this thread.',
    ],
  ])('%s', async (attempt, answer) => {
    expect((await testGroup.say('Ada', `try ${attempt}`)).at(-1)).toBe(answer);
  });

  test('a reaction to a message of another thread', async () => {
    const elsewhere = await ensureGroup(testGroup.app, 'Elsewhere', { chatBots: true });
    const ada = await testGroup.person('Ada', elsewhere);
    const {
      message: { id },
    } = await sendMessage(testGroup.app, {
      threadId: elsewhere.id,
      sender: ada,
      outgoing: { body: 'private matters' },
    });
    const refusal = `EFFECT_REFUSED The bot could not add a reaction: There is no message "${id}" in this thread.`;
    expect(await testGroup.say('Ada', `try elsewhere ${id}`)).toEqual([refusal]);
    expect(await testGroup.app.store.reactions.of(id)).toEqual([]);
  });
});

test('a file of a kind that the configuration switches off, or of an ending it does not list', async () => {
  const sending = "await this.composer().document(new File(['a,b'], 'list.csv'));";
  const testGroup = await TestGroup.alone({ 'Sender.ts': exactBot('Sender', 'hi', sending) });
  await testGroup.attach('sender');
  const failed = testGroup.collect('BotActionFailed');
  testGroup.reconfigure({ uploads: { types: { document: ['pdf'] } } });
  await testGroup.watch('Ada', 'hi');
  testGroup.reconfigure({ uploads: { enabled: { document: false } } });
  await testGroup.watch('Ada', 'hi');
  expect(failed.map(({ error }) => error.message)).toEqual([
    expect.stringContaining('list.csv'),
    expect.stringContaining('Not authorized to upload document messages.'),
  ]);
});

describe('reading for somebody', () => {
  const reading = 'await this.composer().read(this.message.owner);';

  test('is told to them, once there is something they have not read', async () => {
    const testGroup = await TestGroup.open({ 'Reader.ts': exactBot('Reader', 'hi', reading) });
    await testGroup.attach('reader');
    const read = testGroup.collect('ThreadRead');
    const shown = testGroup.collect('Read');
    expect(await testGroup.watch('Ada', 'hi')).toEqual(['handled reader']);
    expect(read.map(({ thread, participant }) => [thread.id, participant.lastReadAt !== null])).toEqual([
      [testGroup.thread.id, true],
    ]);
    expect(shown).toEqual([]);
  });
});

describe('typing, stopping and reading', () => {
  test('are told, in the order in which they were asked for', async () => {
    const { lines } = await act(
      `await this.composer().emitRead();
       await this.composer().emitTyping();
       await this.composer().message('one');
       await this.composer().emitStopTyping();`,
    );
    expect(lines).toEqual(['reads', 'types', 'says one', 'stops typing', 'handled act']);
  });

  test('say who and where; reading says up to which message', async () => {
    const body =
      "await this.composer().emitTyping(); await this.composer().emitStopTyping(); await this.composer().emitRead(); await this.composer().emitRead('other');";
    const from = { type: 'bot', name: 'LoungeBot' };
    const [typing, stopped, read] = [
      shared.collect('Typing'),
      shared.collect('StoppedTyping'),
      shared.collect('Read'),
    ];
    const { id } = await shared.send('Ada', 'hi', { extra: { handle: body } });
    await shared.app.queue.idle();
    const presence = { threadId: shared.thread.id, from };
    expect(typing).toMatchObject([presence]);
    expect(stopped).toMatchObject([presence]);
    expect(read).toMatchObject([
      { ...presence, messageId: id },
      { ...presence, messageId: 'other' },
    ]);
  });
});

describe('a composer', () => {
  test.each([
    ["await this.composer().emitTyping().message('one');", ['types', 'says one']],
    ["await this.composer().emitRead().emitTyping().message('one');", ['reads', 'types', 'says one']],
    [
      "const c = this.composer(); await c.emitTyping(); await c.message('one'); await c.emitStopTyping();",
      ['types', 'says one', 'stops typing'],
    ],
    [
      "this.composer().emitTyping(); this.composer().message('one'); this.composer().reaction(this.message, '👋');",
      ['types', 'says one', 'reacts 👋'],
    ],
    [
      "await Promise.all([this.composer().message('one'), this.composer().message('two'), this.composer().emitTyping()]);",
      ['says one', 'says two', 'types', 'stops typing'],
    ],
    ["await this.composer().silent().emitTyping().message('one');", ['says one']],
    ['await this.composer().silent().emitTyping().emitRead().emitStopTyping();', []],
    [
      'await this.composer().silent().emitTyping(); await this.composer().emitTyping();',
      ['types', 'stops typing'],
    ],
  ])('%s', async (body, lines) => {
    expect((await act(body)).lines).toEqual([...lines, 'handled act']);
  });

  test('emits events with the bot as it is stored, and with the message that is replied to', async () => {
    const events = [
      ...[shared.collect('NewMessage'), shared.collect('ReactionAdded'), shared.collect('Knock')],
      ...[shared.collect('Typing'), shared.collect('StoppedTyping'), shared.collect('Read')],
    ];
    const { texts } = await act(
      `await this.composer().emitRead().reaction(this.message, '👋');
       await this.composer().knock();
       await this.composer().message('answer', this.message);
       await this.composer().emitTyping();`,
    );
    const [bot] = (await shared.app.store.bots.inThread(shared.thread.id)).map((one) => one.bot);
    const ofBots = events.flat().filter(({ profile }) => profile.type === 'bot');
    expect(ofBots.map(({ profile }) => profile)).toEqual(Array(6).fill({ type: 'bot', bot }));
    expect(events[0]).toMatchObject([{ replyTo: null }, { replyTo: texts[0] }]);
    expect(events[1]).toMatchObject([{ thread: { id: shared.thread.id }, message: texts[0] }]);
  });

  test('that is silent stores what it does and marks it as told to nobody; the next one is new', async () => {
    const body =
      "await this.composer().silent().message('quiet'); await this.composer().message('loud'); await this.composer().silent().reaction(this.message, '👋');";
    const [messages, reactions] = [shared.collect('NewMessage'), shared.collect('ReactionAdded')];
    const { texts } = await act(body);
    expect(messages.map(({ message, silent }) => [message.body, silent])).toEqual([
      ['hi', false],
      ['quiet', true],
      ['loud', false],
    ]);
    expect(reactions).toMatchObject([{ silent: true, reaction: { reaction: ':wave:' } }]);
    expect(texts.map(({ owner, body }) => `${owner.name}: ${body}`)).toEqual([
      'Ada: hi',
      'LoungeBot: quiet',
      'LoungeBot: loud',
    ]);
  });
});
