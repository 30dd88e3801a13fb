import type { ParticipantJson } from '../../client/index.ts';
import { type Command, type CompletionData, firstWord } from '../command.ts';
import { personLine, statusOf } from '../person.ts';
import { asAnyPermitted, groupOf, reject, type Session } from '../session.ts';

const peopleNames = ({ participants, people }: CompletionData): string[] => [
  ...new Set([...people, ...participants.map(({ owner }) => owner)].map(({ name }) => name)),
];

/** Commands to change the speaker and the group. */
export const peopleCommands: readonly Command[] = [
  {
    name: 'as',
    usage: 'NAME',
    summary: 'speak as somebody; a new name is created',
    isRecorded: true,
    choices: peopleNames,
    run: (session, name) => (name === '' ? reject('Usage: /as NAME.') : session.speakAs(name)),
  },
  {
    name: 'beside',
    usage: '[NAME|off]',
    summary: 'show a second person beside you, or close their view',
    choices: (known, before) => (before.length === 0 ? [...peopleNames(known), 'off'] : []),
    run: (session, name) =>
      session.beside
        ? session.beside(name)
        : reject('Two people side by side need the full screen. /as NAME changes the speaker.'),
  },
  {
    name: 'admin',
    usage: 'NAME on|off',
    summary: 'make somebody an admin of this group, or undo that',
    isRecorded: true,
    choices: (known, before) => (before.length === 0 ? peopleNames(known) : ['on', 'off']),
    run: (session, rest) => {
      const [, name = '', word = 'on'] = /^(.*?)(?:\s+(on|off))?$/.exec(rest) ?? [];
      return name === '' ? reject('Usage: /admin NAME on|off') : setAdmin(session, name, word === 'on');
    },
  },
  {
    name: 'people',
    usage: '',
    summary: 'list the people of this group and what they may do',
    run: (session) => (session.showPeople ? session.showPeople() : listPeople(session)),
  },
  {
    name: 'thread',
    usage: '[new] NAME',
    summary: 'open a group, or create one in which bots are on',
    choices: ({ threads }, before) =>
      before.length === 0 ? ['new', ...threads.map(({ name }) => name)] : [],
    run: async (session, rest) => {
      const [word, name] = firstWord(rest);
      if (word === 'new' && name !== '') return makeGroup(session, name);
      const { data } = rest === '' ? { data: [] } : await session.client.threads.search(rest);
      const found = data.find((thread) => thread.name === rest);
      if (found) return session.openThread(found.id);
      await explainPrivateChat(session, rest);
      const isNamed = rest !== '' && word !== 'new';
      return reject(
        isNamed
          ? `There is no group "${rest}": /thread new ${rest} makes one.`
          : 'Usage: /thread NAME, or /thread new NAME',
      );
    },
  },
];

/**
 * Says why there is no private chat with a bot.
 *
 * @throws WRONG_USE if the name is that of a bot of the open group
 */
async function explainPrivateChat({ client, threadId }: Session, name: string): Promise<void> {
  const bots = threadId === null ? [] : await client.bots.list(threadId).catch(() => []);
  const bot = bots.find((each) => each.name === name.replace(/^@/, ''));
  if (bot === undefined) return;
  reject(
    `Bots answer only in groups, so there is no private chat with ${bot.name}. Write to it here, or /thread new NAME makes a group of your own.`,
  );
}

async function listPeople(session: Session): Promise<void> {
  const threadId = groupOf(session);
  const { threads, participants } = session.client;
  const { muted } = (await threads.show(threadId)).options;
  const people: ParticipantJson[] = [];
  for await (const { data } of participants.pages(threadId)) people.push(...data);
  const notesOf = (person: ParticipantJson): string[] => [
    ...(person.owner_id === session.me ? ['you', ...(muted ? ['muted'] : [])] : []),
    ...(session.loggedIn.includes(person.owner_id) ? ['logged in here'] : []),
    statusOf(person),
  ];
  session.show(people.map((person) => personLine(person, notesOf(person))).join('\n'));
}

/** Promotes a participant of the open group to admin, or demotes them. */
async function setAdmin(session: Session, name: string, isAdmin: boolean): Promise<void> {
  const threadId = groupOf(session);
  const { participants } = session.client;
  const participant =
    (await participants.find(threadId, ({ owner }) => owner.name === name)) ??
    reject(`${name} is not in this group.`);
  if (participant.admin === isAdmin)
    return session.notice(`${name} is ${isAdmin ? 'an admin' : 'no admin'} already.`);
  await asAnyPermitted(session.clients, ({ participants: { promote, demote } }) =>
    (isAdmin ? promote : demote)(threadId, participant.id),
  );
  session.notice(`${name} is ${isAdmin ? 'now an admin' : 'no longer an admin'}.`);
  await session.refresh('people');
}

/** Creates a group with bots enabled, and opens it. */
async function makeGroup(session: Session, name: string): Promise<void> {
  const { id } = await session.client.threads.createGroup(name);
  await session.client.threads.changeSettings(id, { chat_bots: true });
  await session.openThread(id);
}
