import { setAdmin, speakAs } from '../actions/people.ts';
import { makeGroup, openThread } from '../actions/threads.ts';
import type { State } from '../state/state.ts';
import { type Command, firstWord, missing } from './command.ts';

const peopleNames = ({ participants, people }: State): string[] => [
  ...new Set([...people, ...participants.map(({ owner }) => owner)].map(({ name }) => name)),
];

/** Commands to change the speaker and the group. */
export const peopleCommands: readonly Command[] = [
  {
    name: 'as',
    usage: 'NAME',
    summary: 'speak as somebody; a new name is created',
    choices: peopleNames,
    run: (controller, name) =>
      name === '' ? missing(controller, 'Say who: /as NAME') : speakAs(controller, name),
  },
  {
    name: 'admin',
    usage: 'NAME on|off',
    summary: 'make somebody an admin of this group, or no longer',
    choices: (state, before) => (before.length === 0 ? peopleNames(state) : ['on', 'off']),
    run: (controller, rest) => {
      const [, name = '', word = 'on'] = /^(.*?)(?:\s+(on|off))?$/.exec(rest) ?? [];
      return name === ''
        ? missing(controller, 'Say who: /admin NAME on')
        : setAdmin(controller, name, word === 'on');
    },
  },
  {
    name: 'thread',
    usage: '[new] NAME',
    summary: 'open a group, or make a new one in which bots are on',
    choices: ({ threads }, before) =>
      before.length === 0 ? ['new', ...threads.map(({ name }) => name)] : [],
    run: (controller, rest) => {
      const [word, name] = firstWord(rest);
      if (word === 'new' && name !== '') return makeGroup(controller, name);
      const found = controller.state.threads.find((thread) => thread.name === rest);
      if (found) return openThread(controller, found.id);
      const isNamed = rest !== '' && word !== 'new';
      return missing(
        controller,
        isNamed
          ? `There is no group "${rest}": /thread new ${rest} makes one.`
          : 'Say which: /thread NAME, or /thread new NAME',
      );
    },
  },
];
