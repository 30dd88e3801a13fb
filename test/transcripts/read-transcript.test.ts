import { describe, expect, test } from 'vitest';
import { parseTranscript } from '../../src/transcripts/read-transcript.ts';

const read = (text: string) => parseTranscript(text, 'a.chat.yaml');
const chatOf = (...entries: string[]) =>
  read(`chat:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`).chat.map(
    ({ place: _, ...step }) => step,
  );

const says = (who: string, text: string, more = {}) => ({
  ...{ kind: 'line', who, role: undefined, verb: 'says', text, to: undefined },
  ...more,
});

describe('parseTranscript', () => {
  test.each([
    ['alice: oh, hi there', says('alice', 'oh, hi there')],
    ['alice: 1e3', says('alice', '1e3')],
    ['alice: null', says('alice', 'null')],
    ['alice: yes # a comment', says('alice', 'yes')],
    ['alice:', says('alice', '')],
    ['alice says: hi', says('alice', 'hi')],
    ['"a: b": hi', says('a: b', 'hi')],
    ['to: hi', says('to', 'hi')],
    ['person: hi', says('person', 'hi')],
    ['says: hi', says('says', 'hi')],
    ['{ alice: hi, to: hello }', says('alice', 'hi', { to: 'hello' })],
    ['HelloBot reacts: 👋', says('HelloBot', '👋', { verb: 'reacts' })],
    ['HelloBot sends: cat.png', says('HelloBot', 'cat.png', { verb: 'sends' })],
    ['HelloBot fails: out of coffee', says('HelloBot', 'out of coffee', { verb: 'fails' })],
    ['HelloBot stops: …', says('HelloBot', '…', { verb: 'stops' })],
    ['HelloBot warns: …', says('HelloBot', '…', { verb: 'warns' })],
    ['HelloBot knocks', says('HelloBot', '', { verb: 'knocks' })],
    ['HelloBot knocks:', says('HelloBot', '', { verb: 'knocks' })],
    ['HelloBot types', says('HelloBot', '', { verb: 'types' })],
    ['{ person: clock, says: hi }', says('clock', 'hi', { role: 'person' })],
    [
      '{ bot: a reacts, reacts: 👋, to: hi }',
      says('a reacts', '👋', { role: 'bot', verb: 'reacts', to: 'hi' }),
    ],
    ['clock: +15m', { kind: 'clock', move: '+15m' }],
    ['silence: on cooldown', { kind: 'silence', reason: 'on cooldown' }],
    ['silence:', { kind: 'silence', reason: undefined }],
    ['silence', { kind: 'silence', reason: undefined }],
    ['…', { kind: 'anything' }],
  ])('%s', (entry, step) => {
    expect(chatOf(entry)).toEqual([step]);
  });

  test('steps know their places', () => {
    expect(read('chat:\n  - alice: hi\n\n  - silence\n').chat.map(({ place }) => place)).toEqual([
      { line: 2, column: 5 },
      { line: 4, column: 5 },
    ]);
  });

  test('what is there before the chat begins', () => {
    const text = `
title: Helps
seed: 42
admins: [alice, "1"]
bots:
  - hello
  - reply: { match: contains, triggers: [help], replies: ["1"], cooldown: 30 }
  - games:
  - install: help_package
  - bot: Helper
    cooldown: 5
    hide_actions: true
    actions: [hello]
chat: []
`;
    const usual = { cooldown: 0, admin_only: false, enabled: true };
    const hello = { handler: 'hello', params: usual };
    expect(read(text)).toEqual({
      title: 'Helps',
      seed: 42,
      admins: ['alice', '1'],
      bots: [
        hello,
        {
          handler: 'reply',
          params: { ...usual, cooldown: 30, match: 'contains', triggers: ['help'], replies: ['1'] },
        },
        { handler: 'games', params: usual },
        { install: 'help_package' },
        { bot: 'Helper', cooldown: 5, enabled: true, hideActions: true, actions: [hello] },
      ],
      chat: [],
    });
  });

  test.each([
    ['chat: []', undefined],
    ['bots:\nchat: []', []],
    ['bots: []\nchat: []', []],
  ])('the bots of %j are %j', (text, bots) => {
    expect(read(text).bots).toEqual(bots);
  });
});

describe('a transcript that cannot be read', () => {
  test.each([
    ['', '1:1: It must have the field "chat:"'],
    ['- alice: hi\n', '1:1: It must have the field "chat:"'],
    ['title: x\n', '1:1: A transcript needs "chat:" with a list'],
    ['chat:\n', '1:6: A transcript needs "chat:" with a list'],
    ['chat: []\nchats: []\n', '2:8: There is no field "chats". Did you mean "chat"?'],
    ['seed: x\nchat: []\n', '1:7: It must be a whole number.'],
    ['seed: -1\nchat: []\n', '1:7: It must be 0 or more.'],
    ['admins: alice\nchat: []\n', '1:9: It must be a list of names.'],
    ['bots: hello\nchat: []\n', '1:7: It must be a list of handlers.'],
    ['bots:\n  - { a: {}, b: {} }\nchat: []\n', '2:5: It must be a handler, like "hello"'],
    ['bots:\n  - bot: x\n    cooldown: 1000\nchat: []\n', '3:15: '],
    ['chat:\n  - alice: hi\n  - hello\n', '3:5: It must be somebody with what they say or do'],
    ['chat:\n  - alice: [a]\n', '2:5: What alice says must be a text. Put it in quotes.'],
    ['chat:\n  - clock:\n', '2:5: It must be how far the clock is moved'],
    ['chat:\n  - { person: a, reacts: 👍 }\n', '2:5: Only a bot can have "reacts".'],
    ['chat:\n  - { alice: hi, bob: hi }\n', '2:5: It must be somebody with what they say or do'],
    ['chat:\n  - Bot: /(/\n', '2:5: Invalid regular expression: /(/'],
    ['chat:\n  - "": hi\n', '2:5: The name is missing.'],
    [
      'chat:\n  - Bot says: :wave:\n',
      '2:15: Nested mappings are not allowed in compact mappings. A text that',
    ],
    ['chat:\n  - alice: hi\n  bad: [\n', '3:1: '],
    ['chat:\n  - alice: *hi*\n', '2:12: There is no anchor "&hi*" before "*hi*". A text that'],
    ['title: x\n---\nchat: []\n', '2:1: A file is one transcript, so "---" must not divide it.'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'TRANSCRIPT_INVALID',
        message: expect.stringContaining(`a.chat.yaml:${message}`),
      }),
    );
  });
});
