import { describe, expect, test } from 'vitest';
import type { EventName, Events, NamedEvent } from '../../src/domain/event.ts';
import { messageTypes } from '../../src/domain/message.ts';
import { type EventLine, formatLine, lineOf, notice, problem } from '../../src/simulate/event-lines.ts';
import { aBot, aMessage, anAction, aReaction, aThread, at } from '../support/records.ts';

const ada = { type: 'user', id: 'ada', name: 'Ada' } as const;
const thread = aThread({ id: 't', subject: 'Lounge' });
const bot = aBot({ threadId: 't', name: 'Helper' });
const action = { ...anAction({ botId: bot.id, handler: 'hello' }), sequence: 1 };
const message = {
  ...aMessage({ threadId: 't', id: 'm', owner: ada, body: 'hi', createdAt: at(0) }),
  sequence: 1,
};
const profile = { type: 'ghost', of: ada } as const;
const error = { code: 'HANDLER_FAILED', message: 'It broke.', stack: 'at handle (bots/Hello.ts:3)' };
const ofRun = { bot, action, message, trigger: 'hi' };

const named = <Name extends EventName>(name: Name, event: Events[Name]): NamedEvent =>
  ({ name, event }) as NamedEvent;

describe('an event becomes a line of JSON', () => {
  const newMessage = { thread, message, profile, replyTo: null, silent: false };
  const handled = { ...ofRun, milliseconds: 5 };
  test.each<[string, NamedEvent, Partial<EventLine>]>([
    [
      'a message has its group, its type and its time',
      named('NewMessage', newMessage),
      { event: 'message', body: 'hi', id: 'm', thread: 'Lounge', type: 0, created_at: message.createdAt },
    ],
    [
      'a reply names the message it replies to, and extra data is kept',
      named('NewMessage', { ...newMessage, message: { ...message, replyToId: 'q', extra: [1] } }),
      { reply_to_id: 'q', extra: [1] },
    ],
    [
      'a reaction is shown as an emoji and named by its short code',
      named('ReactionAdded', {
        ...newMessage,
        reaction: aReaction({ messageId: 'm', owner: ada, reaction: ':wave:' }),
      }),
      { event: 'reaction', body: '👋', reaction: ':wave:', message_id: 'm', message_body: 'hi' },
    ],
    [
      'an unknown short code stays as it is',
      named('ReactionAdded', {
        ...newMessage,
        reaction: aReaction({ messageId: 'm', owner: ada, reaction: ':gone:' }),
      }),
      { body: ':gone:' },
    ],
    [
      'a knock has no body',
      named('Knock', { thread, from: ada, profile, silent: false }),
      { event: 'knock', from: { name: 'Ada', bot: false }, body: '' },
    ],
    [
      'a typing bot is a bot',
      named('Typing', { threadId: 't', from: { type: 'bot', id: 'b', name: 'Helper' }, profile }),
      { event: 'typing', from: { name: 'Helper', bot: true } },
    ],
    [
      'the end of typing is an event of its own',
      named('StoppedTyping', { threadId: 't', from: ada, profile }),
      { event: 'stop_typing' },
    ],
    [
      'a read message is named',
      named('Read', { threadId: 't', from: ada, profile, messageId: 'm' }),
      { event: 'read', message_id: 'm' },
    ],
    [
      'a failed run has its error twice: flat, and as commands print errors',
      named('BotActionFailed', { ...handled, error }),
      {
        event: 'failed',
        from: { name: 'Helper', bot: true },
        body: 'It broke.',
        handler: 'hello',
        code: 'HANDLER_FAILED',
        stack: error.stack,
        error: { code: 'HANDLER_FAILED', message: 'It broke.' },
      },
    ],
    [
      'a stopped run has its reason as a word and in a sentence',
      named('BotActionStopped', { ...handled, reason: 'thread_locked' }),
      {
        event: 'stopped',
        reason: 'thread_locked',
        body: 'hello was stopped: its group is locked. What it had already sent stays sent.',
      },
    ],
    [
      'a warning of a run has no error',
      named('BotActionWarned', { ...ofRun, warning: error }),
      { event: 'warned', body: 'It broke.', code: 'HANDLER_FAILED' },
    ],
  ])('%s', (_, event, expected) => {
    expect(lineOf(event)).toMatchObject(expected);
  });

  test('fields that a message does not have are left out', () => {
    const line = lineOf(named('NewMessage', newMessage));
    expect(Object.keys(line ?? {})).toEqual(['event', 'from', 'body', 'id', 'thread', 'type', 'created_at']);
  });

  test('events that are not shown have no line', () => {
    expect(lineOf(named('NewBot', { bot }))).toBeUndefined();
    expect(lineOf(named('BotActionHandled', handled))).toBeUndefined();
  });
});

describe('a line is formatted for people', () => {
  const from = { name: 'Ada', bot: false };
  const said = (body: string, type: number, name = 'Ada'): EventLine => ({
    event: 'message',
    from: { name, bot: false },
    body,
    type,
  });
  test.each<[string, EventLine, string]>([
    ['a text follows its sender', said('hi', messageTypes.MESSAGE), 'Ada: hi'],
    [
      'further lines begin below the first',
      said('one\ntwo\n\nfour', 0),
      'Ada: one\n     two\n     \n     four',
    ],
    [
      'a file is named by its kind',
      said('cat.png', messageTypes.IMAGE_MESSAGE),
      'Ada sent the image cat.png',
    ],
    ['a system message reads as a sentence', said('left', messageTypes.PARTICIPANT_LEFT_GROUP), '· Ada left'],
    [
      'control characters of texts and names cannot reach the terminal',
      said('\u001b[31mred\r\u0007', 0, 'A\u001bda'),
      'A\\x1bda: \\x1b[31mred\\x0d\\x07',
    ],
    ['tabs stay', said('a\tb', 0), 'Ada: a\tb'],
    [
      'a long message is cut in a reaction, and no emoji is cut in half',
      { event: 'reaction', from, body: '👍', message_body: `${'x'.repeat(38)}👍 and more` },
      `Ada reacted 👍 to "${'x'.repeat(38)}…"`,
    ],
    ['a knock', { event: 'knock', from, body: '' }, 'Ada knocks'],
    ['typing', { event: 'typing', from, body: '' }, 'Ada is typing …'],
    ['the end of typing', { event: 'stop_typing', from, body: '' }, 'Ada stopped typing'],
    ['reading', { event: 'read', from, body: '' }, 'Ada has read it'],
    [
      'a failed run shows its stack, one frame below the other',
      { event: 'failed', from, body: 'It broke:\nbadly', handler: 'hello', stack: 'at a\nat b' },
      '✗ hello: It broke:\n  badly\n    at a\n    at b',
    ],
    [
      'a warning without a stack is one line',
      { event: 'warned', from, body: 'Too late.', handler: 'he\u001bllo', stack: null },
      '! he\\x1bllo: Too late.',
    ],
    ['a stopped run', { event: 'stopped', from, body: 'It was stopped.' }, '· It was stopped.'],
    ['a notice of several lines is indented', notice('one\ntwo'), '· one\n  two'],
    ['an error without fields', problem({ code: 'WRONG_USE', message: 'No.' }), '! No.'],
    [
      'an error lists what is wrong with each field',
      problem({
        code: 'INVALID_PARAMETERS',
        message: 'No.',
        errors: { name: ['Too long.', 'Too loud.'], 'a\u001b': ['Bad.'] },
      }),
      '! No.\n  name: Too long. Too loud.\n  a\\x1b: Bad.',
    ],
  ])('%s', (_, line, expected) => {
    expect(formatLine(line)).toBe(expected);
  });
});
