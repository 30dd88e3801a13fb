import { writeSpan } from '../base/span.ts';
import type { Observed } from '../transcripts/observed.ts';
import { expectedLine, spokenLine, writeLine } from '../transcripts/write-step.ts';
import { quotedText, yamlKey } from '../transcripts/yaml-text.ts';
import { people } from './chats.ts';
import type { Found } from './fuzz.ts';
import type { Played } from './play.ts';
import type { Violation } from './rules.ts';

/** A chat that breaks a rule, and what it takes to play it again. */
export type Finding = Pick<Found, 'handler' | 'params'> & {
  title: string;
  played: Played;
  violation: Violation;
  maxReplies: number;
};

/**
 * Writes a chat that breaks a rule as a transcript. It expects what bots did before that, and nothing of what breaks the
 * rule: so it does not pass until the handler keeps it.
 */
export function writeTranscript(finding: Finding): string {
  const { title, handler, params, played } = finding;
  return [
    `title: ${quotedText(title)}`,
    `seed: ${played.seed}`,
    `admins: [${people[0]}]`,
    'bots:',
    `  - ${yamlKey(handler)}: ${JSON.stringify(params)}`,
    'chat:',
    ...chatLines(finding, 2).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** The entries of the chat, each as an item of a list in YAML. */
export function chatLines(
  { played, violation, maxReplies }: Omit<Finding, 'title'>,
  column: number,
): string[] {
  const { steps, later } = played;
  const write = (answers: readonly Observed[]) =>
    answers.map((one) => writeLine(expectedLine(one), { column }));
  const lines = steps.flatMap(({ after, by, text, answers }, index) => {
    const isLast = later === null && index === steps.length - 1;
    const expected = isLast ? allowed(answers, violation, maxReplies) : answers;
    const clock = after > 0 ? [`- clock: +${writeSpan(after)}`] : [];
    return [...clock, writeLine(spokenLine(by, text), { column }), ...write(expected)];
  });
  if (later === null) return lines;
  return [...lines, '- clock: until-idle', ...write(allowed(later, violation, maxReplies))];
}

/** What of the answers to the last message would not have broken the rule. */
function allowed(answers: readonly Observed[], { rule }: Violation, maxReplies: number): Observed[] {
  if (rule === 'cooldown' || rule === 'loop') return [];
  const kept = answers.filter(({ verb }) => verb !== 'fails');
  if (rule !== 'replies') return kept;
  const replies = kept.filter(({ verb }) => verb === 'says' || verb === 'sends');
  const tooMany = replies.slice(maxReplies);
  return kept.filter((answer) => !tooMany.includes(answer));
}
