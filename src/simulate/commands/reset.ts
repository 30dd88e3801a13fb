import type { Command } from '../command.ts';
import { reject, type Session } from '../session.ts';

/** The command that empties the playground. */
export const resetCommands: readonly Command[] = [
  {
    name: 'reset',
    usage: '[yes]',
    summary: 'empty the playground: no messages, and its handlers as at the start',
    choices: () => ['yes'],
    run: reset,
  },
];

/** What is lost is asked for once, by the full screen or by a word. */
async function reset(session: Session, word: string): Promise<void> {
  if (word === 'yes') return session.resetPlayground();
  if (word !== '') reject('Usage: /reset yes');
  if (session.dialogs === undefined)
    reject('/reset yes empties the playground: its messages, bots and actions are gone. Nothing was done.');
  session.dialogs.confirm({
    title: 'Empty the playground?',
    rows: [
      'Its messages, bots and actions are gone. Other groups are not touched.',
      'The handlers of bots/ are attached again as at the first opening.',
    ],
    line: '/reset yes',
  });
}
