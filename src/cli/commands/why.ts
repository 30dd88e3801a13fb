import type { Command } from 'commander';
import { findWorkspace } from '../../config/workspace.ts';
import { printJson } from '../json.ts';
import { whileReading } from '../reading.ts';
import { answerJson } from '../why/json.ts';
import { answerLines } from '../why/lines.ts';
import { answerQuestion } from '../why/question.ts';

interface Options {
  last?: boolean;
  thread?: string;
  as?: string;
  json?: boolean;
}

/** `messenger why "hi there"` */
export const define = (command: Command): Command =>
  command
    .argument('[message]', 'id of a message or at least its first 8 characters, or a text')
    .option('--last', 'explain the last message of a person; the default without a message')
    .option('--thread <name>', 'name or id of the group; by default the playground')
    .option('--as <user>', 'who would send the text, even somebody unknown; with --last, whose message')
    .option('--json', 'print the verdict of each action as JSON')
    .addHelpText(
      'after',
      `
Says for each action of the group what it did with a message, and why: it fired, failed or was stopped; no trigger
matched, with the nearest one and the first difference; it was on cooldown, for admins only or disabled; its handler
could not be loaded; or bots were off. A text is not sent: it says what would happen now. Nothing is stored.

Example:
  $ messenger why "hello!"
  $ messenger why "!nuke" --as bob
  $ messenger why --last --thread Team
  $ messenger why 019a2b3c-4d5e`,
    )
    .action((asked, options) => why(asked, options));

/** Read-only: creates no database, no playground and no participant. */
async function why(asked: string | undefined, { last = false, thread, as, json }: Options): Promise<void> {
  const question = { asked, last, thread, as };
  const answer = await whileReading(findWorkspace(process.cwd()), (app) => answerQuestion(app, question));
  if (json) printJson(answerJson(answer));
  else for (const line of await answerLines(answer, process.stdout.columns)) console.log(line);
}
