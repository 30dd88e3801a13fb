import { describe, expect, test } from 'vitest';
import { type Message, messageTypes } from '../../../src/domain/message.ts';
import { userProfile } from '../../../src/domain/profile.ts';
import { type JustStored, presentAlone, presentMessage } from '../../../src/http/presenters/message.ts';
import { presentReactions } from '../../../src/http/presenters/reaction.ts';
import type { MessageView, ReactionView } from '../../../src/services/messages/message-views.ts';
import { aMessage, aReaction, aThread, aUser } from '../../support/records.ts';

const user = aUser({ id: 'ada', name: 'Ada' });
const owner = { type: 'user', id: 'ada', name: 'Ada' } as const;
const thread = aThread({ id: 't', subject: 'Lounge', avatar: 'l.png' });

const view = (more: Partial<Message> = {}, around: Partial<MessageView> = {}): MessageView => ({
  message: { sequence: 1, ...aMessage({ id: 'm', threadId: 't', owner, body: 'hi', ...more }) },
  thread,
  owner: userProfile(user),
  reactions: [],
  replyTo: null,
  ...around,
});
const reaction = (emoji: string, id = 'ada'): ReactionView => ({
  reaction: aReaction({ messageId: 'm', owner: { ...owner, id }, reaction: emoji }),
  owner: userProfile(user),
});

describe('a message', () => {
  test('has its sender, its type and its group', () => {
    expect(presentMessage(view())).toMatchObject({
      id: 'm',
      owner_id: 'ada',
      owner_type: 'users',
      owner: { name: 'Ada' },
      type: 0,
      type_verbose: 'MESSAGE',
      system_message: false,
      from_bot: false,
      body: 'hi',
      embeds: true,
      meta: {
        thread_id: 't',
        thread_type: 2,
        thread_type_verbose: 'GROUP',
        thread_name: 'Lounge',
        thread_avatar: { sm: '/messenger/assets/threads/t/avatar/sm/l.png' },
      },
    });
  });

  test('leaves out what does not apply to it', () => {
    const optional = ['reactions', 'reply_to_id', 'reply_to', 'temporary_id', 'edited_history_route'];
    const files = ['image', 'document', 'audio', 'video'];
    const fields = Object.keys(presentMessage(view()));
    expect(fields.filter((field) => [...optional, ...files].includes(field))).toEqual([]);
  });

  test.each<[string, Partial<Message>, object]>([
    [
      'a system message',
      { type: messageTypes.GROUP_RENAMED },
      { type_verbose: 'GROUP_RENAMED', system_message: true, embeds: false },
    ],
    ['a type of a later release', { type: 77 }, { type_verbose: 'UNKNOWN', system_message: false }],
    [
      'an edited one',
      { edited: true },
      { edited: true, edited_history_route: '/api/messenger/threads/t/messages/m/history' },
    ],
    [
      'one of a bot',
      { owner: { type: 'bot', id: 'b', name: 'B' } },
      { from_bot: true, owner_type: 'bots', owner_id: 'b' },
    ],
    [
      'an image',
      { type: messageTypes.IMAGE_MESSAGE, body: 'c.png' },
      {
        embeds: false,
        image: {
          sm: '/messenger/assets/threads/t/gallery/m/sm/c.png',
          md: expect.anything(),
          lg: expect.anything(),
        },
      },
    ],
    ['a document', { type: 2, body: 'd.pdf' }, { document: '/messenger/assets/threads/t/files/m/d.pdf' }],
    ['audio', { type: 3, body: 'a.mp3' }, { audio: '/messenger/assets/threads/t/audio/m/a.mp3' }],
    ['a video', { type: 4, body: 'v.mp4' }, { video: '/messenger/assets/threads/t/videos/m/v.mp4' }],
  ])('is shown as what it is: %s', (_, more, expected) => {
    expect(presentMessage(view(more))).toMatchObject(expected);
  });

  test('of a private thread names no group', () => {
    const meta = presentMessage(view({}, { thread: { ...thread, kind: 'private', subject: null } })).meta;
    expect(meta).toEqual({ thread_id: 't', thread_type: 1, thread_type_verbose: 'PRIVATE' });
  });

  test.each<[string, JustStored | undefined, object]>([
    ['later', undefined, { embeds: true }],
    ['when it was just stored', {}, { embeds: false }],
    ['with the id of its client', { temporaryId: '' }, { embeds: false, temporary_id: '' }],
  ])('embeds nothing in the answer that stored it: %s', (_, stored, expected) => {
    const { embeds, temporary_id } = presentMessage(view(), stored);
    expect({ embeds, ...(temporary_id !== undefined && { temporary_id }) }).toEqual(expected);
  });
});

describe('a reply', () => {
  const quoted = view({ id: 'q', body: 'what?' }, { reactions: [reaction(':wave:')] });

  test('has the message it replies to, without the reactions to that', () => {
    const presented = presentMessage(view({ replyToId: 'q' }, { replyTo: quoted }));
    expect(presented).toMatchObject({
      reply_to_id: 'q',
      reply_to: { id: 'q', body: 'what?', reacted: true },
    });
    expect(presented.reply_to).not.toHaveProperty('reactions');
  });

  test('to a message that is gone keeps its id', () => {
    expect(presentMessage(view({ replyToId: 'q' }))).toMatchObject({ reply_to_id: 'q', reply_to: null });
  });

  test('in a list of threads is shown without it', () => {
    expect(presentAlone(view({ replyToId: 'q' }, { replyTo: quoted }))).not.toHaveProperty('reply_to');
  });
});

test('reactions are grouped in the order in which each emoji was first used', () => {
  const reactions = [reaction(':wave:'), reaction(':+1:'), reaction(':wave:', 'bob')];
  const { data, meta } = presentReactions(reactions);
  expect(Object.entries(data).map(([emoji, each]) => [emoji, each.map((one) => one.owner_id)])).toEqual([
    [':wave:', ['ada', 'bob']],
    [':+1:', ['ada']],
  ]);
  expect(meta).toEqual({ total: 3, total_unique: 2 });
  expect(presentMessage(view({}, { reactions }))).toMatchObject({ reacted: true, reactions: { meta } });
});
