import { hidden } from '../base/redact.ts';
import type { Observed } from './observed.ts';
import { writePattern } from './text-pattern.ts';
import { type Verb, verbs, verbsWithoutText } from './transcript.ts';
import { quotedText, yamlKey, yamlText } from './yaml-text.ts';

/** What a line of a transcript is written from. The texts are as they stand there. */
export interface WrittenLine {
  who: string;
  role: 'person' | 'bot';
  verb: Verb;
  text: string;
  to?: string | undefined;
}

/** Keys that mean something else than the name of somebody who speaks. */
const reserved: ReadonlySet<string> = new Set(['clock', 'silence', 'person', 'bot', 'to', ...verbs]);

/**
 * Writes a line of a transcript as an entry of a YAML list. Names that would be read as something else are written
 * in the long form.
 *
 * @param isBoth whether the name is that of a person and of a bot
 * @param onOneLine whether a text of several lines has to stay on one
 * @example writeLine({ who: 'alice', role: 'person', verb: 'says', text: 'hi' }) // '- alice: hi'
 */
export function writeLine(
  { who, role, verb, text, to }: WrittenLine,
  { isBoth = false, onOneLine = false, column = 0 } = {},
): string {
  const indent = column + 2;
  const scalar = onOneLine ? quotedText : (value: string) => yamlText(value, indent + 2);
  const rest = to === undefined ? '' : `\n${' '.repeat(indent)}to: ${scalar(to)}`;
  if (isBoth || reserved.has(who) || endsWithVerb(who)) {
    return `- ${role}: ${yamlText(who, 0)}\n${' '.repeat(indent)}${verb}: ${scalar(text)}${rest}`;
  }
  const key = verb === 'says' ? who : `${who} ${verb}`;
  if (verbsWithoutText.has(verb) && to === undefined) return `- ${yamlText(key, 0)}`;
  return `- ${yamlKey(key)}: ${scalar(text)}${rest}`;
}

const endsWithVerb = (name: string): boolean => verbs.some((verb) => name.endsWith(` ${verb}`));

/** What a bot did, as a line that expects exactly this, but for ids and secrets. */
export const expectedLine = (
  { bot, verb, text, to }: Observed,
  secrets: readonly string[] = [],
): WrittenLine => ({
  who: bot,
  role: 'bot',
  verb,
  text: verb === 'reacts' ? text : writeObserved(text, secrets),
  to: to === undefined ? undefined : writeObserved(to, secrets),
});

/** What a person sends, as a line that sends it again: two slashes begin a message that begins with one. */
export const spokenLine = (who: string, body: string, to?: string): WrittenLine => ({
  who,
  role: 'person',
  verb: 'says',
  text: body.startsWith('/') ? `/${body}` : body,
  to: to === undefined ? undefined : writeObserved(to, []),
});

/** UUIDs, which are new each time. */
export const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** The code of an invite, in its path. */
const inviteCode = /\/messenger\/join\/(\w+)/;

/** A text in which something else stands for secrets. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);

/** Writes what was found as a pattern: literally, but for secrets, and ids that will differ next time. */
function writeObserved(text: string, secrets: readonly string[]): string {
  const shown = withoutSecrets(text, secrets);
  const code = inviteCode.exec(shown)?.[1];
  const pieces = (code === undefined ? [shown] : shown.split(code)).flatMap((piece) => piece.split(hidden));
  return writePattern(pieces.flatMap((piece) => piece.split(ids)));
}
