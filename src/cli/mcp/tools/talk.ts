import { z } from 'zod';
import { createError } from '../../../base/errors.ts';
import { formatLine } from '../../../simulate/event-lines.ts';
import { whileReading } from '../../reading.ts';
import { sendAndWait } from '../../send/send.ts';
import { userName } from '../../user-name.ts';
import { answerJson } from '../../why/json.ts';
import { answerLines } from '../../why/lines.ts';
import { answerQuestion, type Question } from '../../why/question.ts';
import { thread } from '../arguments.ts';
import { onAbort } from '../on-abort.ts';
import { defineTool, type ToolContext } from '../tool.ts';

const text = z.string().describe('The text of the message.');

export const send = defineTool({
  name: 'send',
  title: 'Send a message as a person',
  description:
    'Sends a message to a group and waits until the bots are done. Returns what they answered, which actions failed, and for every action of the group whether it fired and why not. In the playground, handlers of bots/ that need no parameters are attached first.',
  effect: 'sends',
  input: {
    text,
    thread,
    as: z
      .string()
      .optional()
      .describe('Name of the person who sends it. In the playground it may be a new one.'),
    wait: z.boolean().default(false).describe('Also wait until failed attempts were retried.'),
  },
  run: async (context, { text: body, thread: group, as = userName(), wait }) => {
    const options = { workspace: context.workspace, as, wait, onStop: onAbort(context.signal) };
    const outcome = await sendAndWait(body, { ...options, ...(group !== undefined && { thread: group }) });
    if (outcome === undefined) throw createError('MESSENGER_ENDING');
    const { message, answers, failures: failed, retrying, lines } = outcome;
    const asked = { asked: message.id, last: false, thread: undefined, as: undefined };
    const { data, text: why } = await explain(context, asked);
    const shown = lines.length > 0 ? lines.map(formatLine) : ['No bot answered.'];
    return {
      data: { message, answers, failed, retrying, verdicts: data.actions, notes: data.notes },
      text: [...shown, '', why].join('\n'),
    };
  },
});

export const why = defineTool({
  name: 'why',
  title: 'Explain what bots did',
  description:
    'Says for each action of a group what it did with a message and why: fired, failed with the line of the file, no match with the nearest trigger and the first difference, on cooldown, for admins only, disabled, or not loaded. A text is not sent: it says what would happen now. Without a message and a text it explains the last message of a person.',
  effect: 'reads',
  input: {
    message: z
      .string()
      .optional()
      .describe('Id of a stored message, as send returns it; its beginning is enough.'),
    text: text.optional().describe('A text to explain without sending it.'),
    thread,
    as: z
      .string()
      .optional()
      .describe('Name of the person who would send the text, or who wrote the last message.'),
  },
  run: async (context, { message, text: body, thread: group, as }) => {
    if (message !== undefined && body !== undefined)
      throw createError('WRONG_USE', 'Give "message" or "text", not both: only one can be explained.');
    const asked = message ?? body;
    return explain(context, { asked, last: asked === undefined, thread: group, as });
  },
});

async function explain({ workspace }: ToolContext, question: Question) {
  const answer = await whileReading(workspace, (app) => answerQuestion(app, question));
  return { data: answerJson(answer), text: (await answerLines(answer, undefined)).join('\n') };
}
