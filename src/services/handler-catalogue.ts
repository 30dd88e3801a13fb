import path from 'node:path';
import { failure, MessengerError } from '../base/errors.ts';
import type {
  ClassSource,
  FileProblem,
  HandlerDescription,
  PackageDescription,
} from '../sandbox/protocol.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The import path of the ready-made handlers and packages. */
const library = 'messenger-bots/library';

/** What handlers and packaged bots have in common here. */
interface Described {
  alias: string;
  class: string;
  name: string;
  source: ClassSource;
}

/** The handlers and packaged bots that can be used: those of the workspace, and the ready-made ones. */
export class HandlerCatalogue {
  /** Grows with every change: whoever caches what handlers fix compares it. */
  revision = 0;
  /** Why files gave no handlers or packages. */
  problems: FileProblem[] = [];
  readonly #folder: string;
  readonly #files: () => string[];
  readonly #sandbox: Sandbox;
  #handlers = new Map<string, HandlerDescription>();
  #packages = new Map<string, PackageDescription>();

  /**
   * @param folder the workspace's, for short file names in sentences
   * @param files tells which files may hold handlers now
   */
  constructor(folder: string, files: () => string[], sandbox: Sandbox) {
    this.#folder = folder;
    this.#files = files;
    this.#sandbox = sandbox;
  }

  /** Reads all files. A ready-made class gives way to the workspace's own with its alias. */
  async load(): Promise<void> {
    const own = await this.#sandbox.describe(this.#files());
    const readyMade = await this.#sandbox.describe([library]);
    this.problems = [...own.problems, ...readyMade.problems];
    this.#handlers = this.#collect(readyMade.handlers, own.handlers);
    this.#packages = this.#collect(readyMade.packages, own.packages);
    this.revision++;
  }

  /** The handler of an alias. */
  find(alias: string): HandlerDescription | undefined {
    return this.#handlers.get(alias);
  }

  /**
   * The handler of an alias, or else of a class name or a file.
   *
   * @throws HANDLER_UNKNOWN, or HANDLER_FILE_BROKEN when it is in a file that could not be loaded
   */
  get(name: string): HandlerDescription {
    return this.#get(this.#handlers, name, (known) => failure('HANDLER_UNKNOWN', name, known));
  }

  /**
   * The packaged bot of an alias, or else of a class name or a file.
   *
   * @throws PACKAGE_UNKNOWN, or HANDLER_FILE_BROKEN when it is in a file that could not be loaded
   */
  getPackage(name: string): PackageDescription {
    return this.#get(this.#packages, name, (known) => failure('PACKAGE_UNKNOWN', name, known));
  }

  /** Every handler, ordered by name. */
  all(): HandlerDescription[] {
    return byName(this.#handlers);
  }

  /** Every packaged bot, ordered by name. */
  packages(): PackageDescription[] {
    return byName(this.#packages);
  }

  /** The handlers that the workspace's own files export. */
  own(): HandlerDescription[] {
    return this.all().filter((handler) => isOwn(handler) && !isInstalled(handler));
  }

  /** Whether the workspace has neither handlers nor packaged bots of its own. */
  isEmpty(): boolean {
    return ![...this.all(), ...this.packages()].some(isOwn);
  }

  #get<Item extends Described>(
    items: ReadonlyMap<string, Item>,
    name: string,
    unknown: (known: string[]) => Error,
  ): Item {
    const found = items.get(name) ?? [...items.values()].find((item) => isNamed(item, name));
    if (found) return found;
    const problem = this.problems.find(({ file }) => path.parse(file).name === path.parse(name).name);
    if (problem) throw new MessengerError('HANDLER_FILE_BROKEN', problem.message);
    throw unknown([...items.keys()].sort());
  }

  #collect<Item extends Described>(readyMade: readonly Item[], own: readonly Item[]): Map<string, Item> {
    const items = new Map<string, Item>();
    for (const item of own) {
      const other = items.get(item.alias);
      if (other === undefined || isReplacement(item, other)) items.set(item.alias, item);
      else if (item.class !== other.class || !isInstalled(item)) this.#reportTwo(other, item);
    }
    for (const item of readyMade) {
      const other = items.get(item.alias);
      if (other === undefined || isReplacement(item, other)) items.set(item.alias, item);
    }
    return items;
  }

  #reportTwo(first: Described, second: Described): void {
    const [one, other] = [first, second].map(({ source }) => path.relative(this.#folder, source.file));
    const { message } = failure('ALIAS_TAKEN', second.alias, one ?? '', other ?? '');
    this.problems.push({ file: other ?? '', message });
  }
}

/** Known only through a packaged bot that installs it. */
const isInstalled = ({ source }: Described): boolean => source.install !== undefined;

/** One class seen through a package and in a file of its own: the file is where to look. */
const isReplacement = (item: Described, other: Described): boolean =>
  item.class === other.class && isInstalled(other) && !isInstalled(item);

const isNamed = (item: Described, name: string): boolean =>
  item.class === name || item.source.file === path.resolve(name);

const isOwn = ({ source }: Described): boolean => source.file !== library;

const byName = <Item extends Described>(items: ReadonlyMap<string, Item>): Item[] =>
  [...items.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
