import type { Replay, ReplayAnswer, ReplayedMessage } from '../domain/replay.ts';

/** A line of a difference: what is as before, what is missing now, and what is new. */
export interface DifferenceLine {
  kind: 'same' | 'removed' | 'added' | 'verdict' | 'problem';
  text: string;
}

const sentence = ({ bot, verb, text }: ReplayAnswer): string =>
  text === '' ? `${bot} ${verb}` : `${bot} ${verb}: ${text}`;

/** The difference between what bots did with a message before and in the replay: what is new or missing, and the rest. */
export function differenceOf({ before, after, verdicts, problem }: ReplayedMessage): DifferenceLine[] {
  const [old, fresh] = [before.map(sentence), after.map(sentence)];
  return [
    ...aligned(old, fresh),
    ...verdicts.map(
      (change): DifferenceLine => ({
        kind: 'verdict',
        text: `${change.handler}: ${change.after} (before: ${change.before})`,
      }),
    ),
    ...(problem === null ? [] : [{ kind: 'problem', text: problem } as const]),
  ];
}

/** Two lists as one, in which what both have stands once: the longest common part is kept. */
function aligned(old: readonly string[], fresh: readonly string[]): DifferenceLine[] {
  const lengths = commonLengths(old, fresh);
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]];
    if (was !== undefined && was === is) {
      lines.push({ kind: 'same', text: was });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push({ kind: 'removed', text: was });
      i++;
    } else {
      lines.push({ kind: 'added', text: is ?? '' });
      j++;
    }
  }
  return lines;
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;

/** The length of the longest common part of both lists from each pair of places on. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        old[i] === fresh[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  return table;
}

/** Whether a message is answered otherwise than before, or could not be sent. */
export const isChanged = (message: ReplayedMessage): boolean =>
  differenceOf(message).some(({ kind }) => kind !== 'same');

/** What came of a replay, in one sentence. */
export function replaySentence({ messages, milliseconds, left }: Replay): string {
  if (messages.length === 0) return 'There is no message of a person here that could be sent again.';
  const changed = messages.filter(isChanged).length;
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  const rest = left === 0 ? '' : `, ${left} left out`;
  const result = changed === 0 ? 'answered as before' : `${changed} answered otherwise`;
  return `Replayed ${count} in ${milliseconds} ms: ${result}${rest}.`;
}

const marks: Record<DifferenceLine['kind'], string> = {
  same: '  ',
  removed: '- ',
  added: '+ ',
  verdict: '~ ',
  problem: '! ',
};

/** A difference as text: `+` for what is new, `-` for what is missing, `~` for another verdict. */
export const differenceText = ({ messages }: Replay): string =>
  messages
    .flatMap((message) => [
      `${message.from}: ${message.body}`,
      ...differenceOf(message).map(({ kind, text }) => `${marks[kind]}${text}`),
    ])
    .join('\n');

/** The mark of a line. */
export const markOf = ({ kind }: DifferenceLine): string => marks[kind];
