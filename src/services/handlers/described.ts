import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { libraryName } from '../../sandbox/library-name.ts';
import type { ClassSource, HandlerDescription } from '../../sandbox/protocol.ts';
import { isRegistered } from '../../sandbox/registrations.ts';
import { asAuthored } from '../../sandbox/working-copies.ts';

/** Fields that handlers and packaged bots have in common here. */
export interface Described {
  alias: string;
  class: string;
  name: string;
  source: ClassSource;
}

/** A position in a file of the workspace, whose name is relative to it. */
export interface SourcePlace {
  file: string;
  line: number;
  column: number;
}

/** Two classes of the workspace with one alias, and the sentence that says so. */
export interface DuplicateAlias {
  first: Described;
  second: Described;
  message: string;
}

/** A notice about a registered handler, shown once. */
export interface HandlerNotice {
  /** Its alias. */
  handler: string;
  message: string;
}

/** The names of the variables that a handler reads. */
export const variablesOf = ({ environment }: HandlerDescription): string[] =>
  environment.map((variable) => variable.replace('?', ''));

/** The notices about a handler whose environment lacks required variables. */
export function noticesOf(
  { alias, name, environment }: HandlerDescription,
  given: NodeJS.ProcessEnv,
): HandlerNotice[] {
  const missing = environment.filter((variable) => !variable.endsWith('?') && !given[variable]);
  if (missing.length === 0) return [];
  const message = `${name} is not configured: it needs ${missing.join(' and ')}. Set it in the environment, or under "keys" in messenger.config.ts.`;
  return [{ handler: alias, message }];
}

/** Only known because a packaged bot installs it. */
export const isInstalled = ({ source }: Described): boolean => source.install !== undefined;

/** The same class, found through a package and in its own file. The file takes precedence. */
export const isReplacement = (item: Described, other: Described): boolean =>
  item.class === other.class && isInstalled(other) && !isInstalled(item);

/** The same class, registered by two files, or installed by a package and also known by itself. */
export const isSame = (item: Described, other: Described): boolean =>
  item.class === other.class &&
  (isInstalled(item) ||
    ((isRegistered(item.source.exportName) || isRegistered(other.source.exportName)) &&
      isDeepStrictEqual({ ...item, source: null }, { ...other, source: null })));

const isNamed = (item: Described, name: string): boolean =>
  item.class === name || asAuthored(item.source.file) === path.resolve(name);

/** Finds an item by its alias, or else by its class or file. */
export const findNamed = <Item extends Described>(items: ReadonlyMap<string, Item>, name: string) =>
  items.get(name) ?? [...items.values()].find((item) => isNamed(item, name));

/** A name without what differs between an alias and the name of its file: `hello_there` and `HelloThereBot`. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/bot$/, '');

/** Whether it comes from a file of the workspace. */
export const isOwn = ({ source }: Described): boolean => source.file !== libraryName;

/** Sorts items by name. */
export const byName = <Item extends Described>(items: ReadonlyMap<string, Item>): Item[] =>
  [...items.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
