import { setAdmin, speakAs } from '../effects/people.ts';
import { makeGroup, openThread } from '../effects/threads.ts';
import type { State } from '../state/state.ts';
import { type Command, firstWord, missing } from './command.ts';

const peopleNames = ({ participants, people }: State): string[] => [
  ...new Set([...people, ...participants.map(({ owner }) => owner)].map(({ name }) => name)),
];

/** Who speaks, and where. */
export const peopleCommands: readonly Command[] = [
  {
    name: 'as',
    usage: 'NAME',
    summary: 'speak as somebody; a new name is created',
    choices: peopleNames,
    run: (desk, name) => (name === '' ? missing(desk, 'Say who: /as NAME') : speakAs(desk, name)),
  },
  {
    name: 'admin',
    usage: 'NAME on|off',
    summary: 'make somebody an admin of this group, or no longer',
    choices: (state, before) => (before.length === 0 ? peopleNames(state) : ['on', 'off']),
    run: (desk, rest) => {
      const [, name = '', word = 'on'] = /^(.*?)(?:\s+(on|off))?$/.exec(rest) ?? [];
      return name === '' ? missing(desk, 'Say who: /admin NAME on') : setAdmin(desk, name, word === 'on');
    },
  },
  {
    name: 'thread',
    usage: '[new] NAME',
    summary: 'open a group, or make a new one in which bots are on',
    choices: ({ threads }, before) =>
      before.length === 0 ? ['new', ...threads.map(({ name }) => name)] : [],
    run: (desk, rest) => {
      const [word, name] = firstWord(rest);
      if (word === 'new' && name !== '') return makeGroup(desk, name);
      const found = desk.state.threads.find((thread) => thread.name === rest);
      if (found) return openThread(desk, found.id);
      const isNamed = rest !== '' && word !== 'new';
      return missing(
        desk,
        isNamed
          ? `There is no group "${rest}": /thread new ${rest} makes one.`
          : 'Say which: /thread NAME, or /thread new NAME',
      );
    },
  },
];
