import type { Command } from '../command.ts';
import { groupOf, reject, type Session } from '../session.ts';

/** The command that sends messages again after each save. */
export const replayCommands: readonly Command[] = [
  {
    name: 'replay',
    usage: '[on|off|once]',
    summary: 'after each save, send the last message again, and compare',
    choices: () => Object.keys(operations),
    run: (session, word) => {
      if (word === '') return session.notice(`Replay is ${session.replays.isOn ? 'on' : 'off'}.`);
      const operation = Object.hasOwn(operations, word) ? operations[word] : undefined;
      return operation ? operation(session) : reject('Usage: /replay on|off|once');
    },
  },
];

const operations: Record<string, (session: Session) => void | Promise<void>> = {
  on: (session) => {
    groupOf(session);
    session.switchReplay(true);
    session.notice(
      'Replay is on: after each save, the last message is sent again in a copy of this group. What handlers do outside, such as HTTP requests, is really done.',
    );
  },
  off: (session) => {
    session.switchReplay(false);
    session.notice('Replay is off.');
  },
  once: (session) => {
    groupOf(session);
    return session.replays.run();
  },
};
