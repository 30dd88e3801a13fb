import { codeOnly, lineAndColumn } from '../base/program-text.ts';
import type { Sources } from '../config/local-imports.ts';

/** A position in a source file. */
interface Place {
  file: string;
  index: number;
}

/** The declaration of a class: its position, and where its body begins. */
interface Declaration extends Place {
  code: string;
  body: number;
}

/**
 * Finds a method of a class by reading the sources, without running them. If it is not found, returns the
 * class, the place that names it, or the beginning of the file.
 *
 * @param file the file that contains the class or imports it
 * @example placeOfMethod(sources, '/w/bots/hang.ts', 'HangBot', 'handle') // { file: '/w/bots/hang.ts', line: 7, column: 3 }
 */
export function placeOfMethod(
  sources: Sources,
  file: string,
  className: string,
  method: string,
): { file: string; line: number; column: number } {
  const codes = new Map([...sources].map(([name, text]) => [name, codeOnly(text)]));
  const { file: found, index } = findMethod(codes, className, method) ?? mentionOf(codes, file, className);
  return { file: found, ...lineAndColumn(sources.get(found) ?? '', index) };
}

function findMethod(codes: Sources, className: string, method: string): Place | undefined {
  const first = declarationOf(codes, className);
  const seen = new Set<string>();
  const waiting = first ? [first] : [];
  for (let declared = waiting.shift(); declared; declared = waiting.shift()) {
    const index = memberIn(declared, method);
    if (index !== undefined) return { file: declared.file, index };
    for (const name of namesIn(declared)) {
      const parent = seen.has(name) ? undefined : declarationOf(codes, name);
      seen.add(name);
      if (parent) waiting.push(parent);
    }
  }
  return first;
}

/** The class with a name, or an unnamed class that is the default export. */
function declarationOf(codes: Sources, name: string): Declaration | undefined {
  const written = name.replaceAll('$', '\\$');
  const named = String.raw`(?<![\w$.])class\s+${written}(?![\w$])`;
  const assigned = String.raw`(?<![\w$.])${written}\s*(?::[^=;]+)?=\s*class(?![\w$])`;
  const unnamed = String.raw`\bexport\s+default\s+(?:abstract\s+)?class(?=\s*(?:\{|extends\b))`;
  const pattern = new RegExp(name === '' || name === 'default' ? unnamed : `${named}|${assigned}`);
  for (const [file, code] of codes) {
    const index = code.search(pattern);
    const body = index === -1 ? -1 : bodyFrom(code, index);
    if (body !== -1) return { file, code, index, body };
  }
  return undefined;
}

/** The first curly bracket outside other brackets; -1 if there is none. */
function bodyFrom(code: string, start: number): number {
  let depth = 0;
  for (let index = start; index < code.length; index++) {
    const character = code.charAt(index);
    if (character === '{' && depth === 0) return index + 1;
    if ('({[<'.includes(character)) depth++;
    if (')}]'.includes(character) || (character === '>' && code.charAt(index - 1) !== '=')) depth--;
  }
  return -1;
}

/** The names after `extends` in a class declaration. */
function namesIn({ code, index, body }: Declaration): string[] {
  const [, ...parents] = code.slice(index, body).split(/\bextends\b/);
  return parents.join(' ').match(/[A-Za-z_$][\w$]*/g) ?? [];
}

/** The position of a named method or field in the body of a class. */
function memberIn({ code, body }: Declaration, name: string): number | undefined {
  const modifiers = String.raw`(?:(?:public|protected|override|async|static|readonly)\s+)*`;
  const tokens = new RegExp(String.raw`[{}()[\]]|(?<![\w$.#])${modifiers}\*?${name}(?=[?!]?\s*[(=:<])`, 'g');
  tokens.lastIndex = body;
  let depth = 0;
  for (let token = tokens.exec(code); token; token = tokens.exec(code)) {
    const [text] = token;
    if ('({['.includes(text)) depth++;
    else if (!')}]'.includes(text)) {
      if (depth === 0 && !/[=:?&|,]\s*$/.test(code.slice(body, token.index))) return token.index;
    } else if (depth-- === 0) return undefined;
  }
  return undefined;
}

/** Where a file mentions a class that no source declares, as one of a package; else the file's beginning. */
function mentionOf(codes: Sources, file: string, className: string): Place {
  const pattern = new RegExp(String.raw`(?<![\w$])${className.replaceAll('$', '\\$')}(?![\w$])`);
  const index = className === '' ? -1 : (codes.get(file)?.search(pattern) ?? -1);
  return { file, index: Math.max(0, index) };
}
