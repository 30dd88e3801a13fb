import { createError } from '../base/errors.ts';

/** Words that cannot name a class in a TypeScript module. */
const reservedWords = new Set(
  (
    'any arguments as async await boolean break case catch class const continue debugger default delete do else enum ' +
    'eval export extends false finally for from function get if implements import in instanceof interface let ' +
    'never new null number object of package private protected public return set static string super switch symbol ' +
    'this throw true try type typeof undefined unknown var void while with yield'
  ).split(' '),
);

/** Names that every scaffolded file imports. */
const importedNames = new Set(['BotActionHandler', 'MessengerBots', 'PackagedBot']);

/**
 * Checks the name of a class to scaffold.
 *
 * @param imported other names that this file imports
 * @throws CLASS_NAME_INVALID with the reason
 */
export function checkClassName(name: string, imported: readonly string[] = []): void {
  const reason = problemOf(name, new Set([...importedNames, ...imported]));
  if (reason) throw createError('CLASS_NAME_INVALID', name, reason);
}

function problemOf(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') return 'it is empty';
  if (reservedWords.has(name)) return 'it is a reserved word';
  if (Object.hasOwn(globalThis, name)) return 'JavaScript already has something with that name';
  if (taken.has(name)) return 'the file imports something with that name';
  if (/^\d/.test(name)) return 'it begins with a digit';
  const wrong = /[^A-Za-z0-9_]/u.exec(name)?.[0];
  if (wrong !== undefined) return `it contains "${wrong}"; only letters, digits and _ are allowed`;
  if (!/^[A-Z]/.test(name)) return 'it does not begin with a capital letter';
  if (name.length > 100) return `it has ${name.length} characters, and at most 100 are allowed`;
  return undefined;
}
