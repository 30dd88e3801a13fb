import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { createError, type MessengerError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Place, Transcript } from './transcript.ts';
import { transcriptSchema } from './transcript-schema.ts';

/**
 * Reads the text of a transcript.
 *
 * @param shown the path of the file for messages
 * @throws TRANSCRIPT_INVALID
 * @example parseTranscript('chat:\n  - alice: hi\n', 'hi.chat.yaml').chat[0] // { kind: 'line', who: 'alice', … }
 */
export function parseTranscript(text: string, shown: string): Transcript {
  const { document, placeOf } = parseYaml(text, shown);
  const { data, error } = transcriptSchema.safeParse(valuesOf(document, text));
  const [issue] = error?.issues ?? [];
  if (issue) throw invalid(shown, placeOf(pathOf(issue)), sentenceOf(issue));
  if (data === undefined) throw invalid(shown, placeOf([]), 'It cannot be read.');
  const { title, seed, admins, bots } = data;
  const chat = data.chat.map((step, index) => ({ ...step, place: placeOf(['chat', index]) }));
  return { title, seed, admins, bots: bots ?? undefined, chat };
}

/**
 * Parses the YAML of a transcript. Every scalar is a text there, so that "alice: 1e3" is what she says.
 *
 * @throws TRANSCRIPT_INVALID
 */
export function parseYaml(text: string, shown: string) {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [broken] = document.errors;
  if (broken?.code === 'MULTIPLE_DOCS')
    throw invalid(shown, placeAt(broken.pos[0]), 'A file is one transcript, so "---" must not divide it.');
  if (broken) throw invalid(shown, placeAt(broken.pos[0]), `${broken.message}. ${quoting}`);
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return;
      const place = placeAt(alias.range?.[0] ?? 0);
      throw invalid(
        shown,
        place,
        `There is no anchor "&${alias.source}" before "*${alias.source}". ${quoting}`,
      );
    },
  });
  return { document, placeOf: (path: readonly PropertyKey[]) => placeAt(offsetOf(document, path)) };
}

const quoting =
  'A text that contains ": " or " #", ends with ":", or begins with a character like [ or * needs quotes';

/** The values of a transcript. Parameters of handlers have the types of YAML. */
function valuesOf(document: Document, text: string): unknown {
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  const typed = parseDocument(text, { prettyErrors: false });
  const { bots, seed } = Object(typed.toJS());
  return {
    ...values,
    ...(document.has('bots') && { bots }),
    ...(document.has('seed') && { seed }),
  };
}

/** Where the value of a path, or the nearest one around it, begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

const pathOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const [key = ''] = issue.keys;
  return `There is no field "${key}".${didYouMean(key, Object.keys(transcriptSchema.shape))}`;
}

const invalid = (shown: string, { line, column }: Place, problem: string): MessengerError =>
  createError('TRANSCRIPT_INVALID', `${shown}:${line}:${column}`, problem);
