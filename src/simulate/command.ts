import type { FailedRunJson, ListedThreadJson, ParticipantJson, ShownBotJson } from '../client/index.ts';
import type { Session } from './session.ts';

/** What completion can offer: what the screen knows of the open group. */
export interface CompletionData {
  readonly people: ReadonlyArray<{ name: string }>;
  readonly participants: readonly ParticipantJson[];
  readonly threads: readonly ListedThreadJson[];
  readonly bots: readonly ShownBotJson[];
  /** The aliases of handlers and packages that can be attached or installed in the open group. */
  readonly attachable: readonly string[];
  readonly installable: readonly string[];
  readonly failed: readonly FailedRunJson[];
}

/** A slash command. Completion, palette, help and docs are generated from the table of them. */
export interface Command {
  name: string;
  /** The arguments as shown in the help; empty if there are none. */
  usage: string;
  summary: string;
  /** Whether a full screen asks for arguments that are missing. */
  asksForMissing?: true;
  /** Whether all it takes is the name of a file, or one of its choices. */
  takesFile?: true;
  /** Whether it changes what bots do or what the chat looks like, so that a transcript has it. */
  isRecorded?: true;
  /** The completions of the current word. `before` has the words in front of it. */
  choices?: (known: CompletionData, before: readonly string[]) => readonly string[];
  run: (session: Session, rest: string) => unknown;
}

/** A command with its arguments, as the user writes it. */
export const usageOf = ({ name, usage }: Pick<Command, 'name' | 'usage'>): string =>
  `/${name}${usage && ` ${usage}`}`;

/** The first word of a text, and the rest. */
export function firstWord(text: string): [string, string] {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return [word, rest];
}

/** Handlers or packages as a list, one on each line. */
export const entryLines = (entries: ReadonlyArray<{ alias: string; description: string }>): string =>
  entries.map(({ alias, description }) => `${alias} – ${description}`).join('\n');
