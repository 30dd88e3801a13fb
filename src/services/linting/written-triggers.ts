import { type MatchMethod, matchMessage } from '../../domain/match.ts';
import { formatTriggers, splitTriggers } from '../../domain/triggers.ts';
import { type Finding, finding, quoted } from './finding.ts';
import type { WrittenTriggers } from './listeners.ts';

/** What an author wrote into a list of triggers that can never be a trigger. */
export function writtenFindings(source: WrittenTriggers): Finding[] {
  const seen = new Set<string>();
  return source.written.flatMap((text) => {
    const parts = splitTriggers(formatTriggers(text));
    const [first] = parts;
    if (first === undefined) return [invisible(source, text)];
    if (/[|,]/.test(text)) return [split(source, text, parts)];
    if (seen.has(first)) return [twice(source, first)];
    seen.add(first);
    return [];
  });
}

const invisible = (source: WrittenTriggers, text: string): Finding =>
  finding('invisible-trigger', source, {
    handler: source.handler,
    message: `${source.name}: the trigger ${quoted(text)} has nothing visible, so no message can have it. Remove it.`,
    witness: text,
  });

const split = (source: WrittenTriggers, text: string, parts: readonly string[]): Finding =>
  finding('split-trigger', source, {
    handler: source.handler,
    message: `${source.name}: the trigger ${quoted(text)} is split at "|" and "," into ${parts.map(quoted).join(' and ')}, so the whole is never a trigger. List each trigger by itself, without these two characters.`,
    witness: splitWitness(text.trim(), parts, source.match),
  });

/** The whole, if that does not fire; or else a part, which fires although it was not meant alone. */
function splitWitness(whole: string, parts: readonly string[], match: MatchMethod | null): string {
  const fires = match === null || parts.some((part) => matchMessage(match, part, whole));
  return fires ? (parts.at(-1) ?? whole) : whole;
}

const twice = (source: WrittenTriggers, text: string): Finding =>
  finding('duplicate-trigger', source, {
    handler: source.handler,
    message: `${source.name}: the trigger ${quoted(text)} is listed twice, so the second never fires. Remove it.`,
    witness: text,
  });
