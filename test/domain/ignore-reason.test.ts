import { describe, expect, test } from 'vitest';
import { ignoreReason, threadReason } from '../../src/domain/ignore-reason.ts';
import type { Message } from '../../src/domain/message.ts';
import { messageTypes } from '../../src/domain/message.ts';
import type { IgnoreReason, ThreadReason } from '../../src/domain/run.ts';
import { newGroupSettings, type Thread } from '../../src/domain/thread.ts';
import { aMessage, aThread, at } from '../support/records.ts';

const settings = { ...newGroupSettings, chatBots: true };
const group = (more: Partial<Thread> = {}) => aThread({ settings, ...more });
const message = (more: Partial<Message> = {}) => ({ ...aMessage({ threadId: '1', ...more }), sequence: 1 });

const archived = { archivedAt: at(1) };
const botsOff = { settings: { ...settings, chatBots: false } };
const messagesOff = { settings: { ...settings, messaging: false } };

describe('bots may post in a thread', () => {
  // From the reason that counts most to the one that counts least: a thread often has several.
  test.each<[string, Partial<Thread>, boolean, ThreadReason | null]>([
    ['a group with bots', {}, true, null],
    ['one that was removed', { ...archived, ...botsOff, locked: true }, false, 'thread_removed'],
    ['bots off in the configuration', { ...botsOff, locked: true }, false, 'bots_off_in_configuration'],
    ['bots off in the thread', { ...botsOff, locked: true }, true, 'bots_off_in_thread'],
    ['messages off in the thread', { ...messagesOff, locked: true }, true, 'messaging_off_in_thread'],
    ['a locked one', { locked: true }, true, 'thread_locked'],
  ])('%s (%#)', (_, thread, botsEnabled, reason) => {
    expect(threadReason(group(thread), botsEnabled)).toBe(reason);
  });
});

describe('a message reaches the bots', () => {
  const bot = { type: 'bot', id: '1', name: 'Bot' } as const;
  const image = messageTypes.IMAGE_MESSAGE;

  test.each<[string, Partial<Message>, Partial<Thread>, IgnoreReason | null]>([
    ['a text of a person in a group with bots', {}, {}, null],
    ['in a thread that was removed', archived, { ...archived, kind: 'private' }, 'thread_removed'],
    ['a message that was removed', { ...archived, type: image }, { kind: 'private' }, 'message_removed'],
    ['in a private thread', { type: image, owner: bot }, { kind: 'private', locked: true }, 'not_group'],
    ['an image', { type: image, owner: bot }, botsOff, 'not_text'],
    ['a system message', { type: messageTypes.GROUP_RENAMED }, {}, 'not_text'],
    ['a text of a bot', { owner: bot }, botsOff, 'from_bot'],
    ['in a group without bots', {}, botsOff, 'bots_off_in_thread'],
    ['in a locked group', {}, { locked: true }, 'thread_locked'],
  ])('%s (%#)', (_, ofMessage, ofThread, reason) => {
    expect(ignoreReason(message(ofMessage), group(ofThread), true)).toBe(reason);
  });

  test('unless bots are off in the configuration', () => {
    expect(ignoreReason(message(), group(), false)).toBe('bots_off_in_configuration');
  });
});
