import { isDeepStrictEqual } from 'node:util';
import type { ClassSource, Description, FileProblem } from '../sandbox/protocol.ts';
import { isRegistered } from '../sandbox/registrations.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { WorkingCopies } from '../sandbox/working-copies.ts';

type Sources = ReturnType<Sandbox['readSources']>;

/** A file of the workspace that may hold handlers. */
interface OwnFile {
  /** Its text and that of what it imports, as they were when it was described. */
  sources: Sources;
  /** What it holds; of a file that is broken, what it held when it last worked. */
  live: Description;
  /** What it last held when it worked, and the sources of that. */
  working: { description: Description; sources: Sources } | undefined;
  problems: FileProblem[];
}

type Item = Description['handlers' | 'packages'][number];

const isSame = (one: Item, other: Item): boolean => one.class === other.class && one.alias === other.alias;

const isExported = ({ source }: Item): boolean =>
  source.install === undefined && !isRegistered(source.exportName);

/** Whether the class is rather that of the imported file: which exports it, or else registers it. */
function isCloser(own: Item, item: Item, isRound: boolean): boolean {
  if (own.source.install !== undefined) return false;
  if (isExported(own)) return !isRound || !isExported(item);
  return !isRound && !isExported(item);
}

const nothing: Description = { handlers: [], packages: [], problems: [] };

/**
 * The workspace's own files, each with what it holds. One that breaks goes on with what it held before, from a copy
 * of the files that worked.
 */
export class OwnFiles {
  readonly #list: () => string[];
  readonly #sandbox: Sandbox;
  readonly #copies: WorkingCopies;
  readonly #files = new Map<string, OwnFile>();

  /**
   * @param folder the workspace's
   * @param list tells which files may hold handlers now
   */
  constructor(folder: string, list: () => string[], sandbox: Sandbox) {
    this.#list = list;
    this.#sandbox = sandbox;
    this.#copies = new WorkingCopies(folder);
  }

  /** Reads all files for the first time. */
  async load(): Promise<void> {
    for (const file of this.#list()) this.#keep(file, await this.#describeOne(file));
  }

  /**
   * Reads again what has changed: the files themselves, those that import them, and those that were broken.
   *
   * @param changed absolute paths; any files
   * @returns the files that were read, and those that are gone
   */
  async reload(changed: readonly string[]): Promise<string[]> {
    const list = this.#list();
    const gone = [...this.#files.keys()].filter((file) => !list.includes(file));
    for (const file of gone) this.#files.delete(file);
    const affected = list.filter((file) => this.#isAffected(file, changed));
    if (affected.length > 0) await this.#read(affected);
    const { handlers, packages } = this.description();
    this.#copies.keepOnly([...handlers, ...packages].map(({ source }) => source.file));
    return [...affected, ...gone];
  }

  /** All that the files hold, in the order of their names, with their problems. */
  description(): Description {
    const files = this.#list().flatMap((file) => this.#files.get(file) ?? []);
    const isOwn = (item: Item) => !this.#isPassedOn(item);
    return {
      handlers: files.flatMap(({ live }) => live.handlers).filter(isOwn),
      packages: files.flatMap(({ live }) => live.packages).filter(isOwn),
      problems: files.flatMap(({ problems }) => problems),
    };
  }

  /** Whether a file passes on the class of another one that it imports, as an `index.ts` does: the class is that one's. */
  #isPassedOn(item: Item): boolean {
    const { file } = item.source;
    const imported = [...(this.#files.get(file)?.sources.keys() ?? [])].filter((source) => source !== file);
    return imported.some((source) => {
      const other = this.#files.get(source);
      const items = other ? [...other.live.handlers, ...other.live.packages] : [];
      const isRound = other?.sources.has(file) ?? false;
      return items.some((own) => isSame(own, item) && isCloser(own, item, isRound));
    });
  }

  /** The files that the handlers are made of: their own and those they import, also where these are missing now. */
  imported(): string[] {
    const sources = [...this.#files.values()].flatMap((file) => [
      file.sources,
      file.working?.sources ?? new Map(),
    ]);
    return [...new Set(sources.flatMap((each) => [...each.keys()]))];
  }

  /** The texts of a file that the handlers in it were described from, and of those it imports; none of other files. */
  sourcesOf(file: string): Sources {
    const known = this.#files.get(file);
    return known?.working?.sources ?? known?.sources ?? new Map();
  }

  /** Removes the copies that are there for broken files. */
  clearCopies(): void {
    this.#copies.clear();
  }

  #isAffected(file: string, changed: readonly string[]): boolean {
    const known = this.#files.get(file);
    // What a broken file misses may be in any file.
    if (known === undefined || known.problems.length > 0) return true;
    return changed.some((name) => known.sources.has(name));
  }

  /** Reads files until none is written while it is read: the sources that are kept are those that were described. */
  async #read(files: readonly string[], rounds = 5): Promise<void> {
    const before = files.map((file) => this.#sandbox.readSources(file));
    const described = await this.#sandbox.reload(files);
    const unsettled: string[] = [];
    for (const [index, file] of files.entries()) {
      const sources = this.#sandbox.readSources(file);
      const isSettled = rounds === 0 || isDeepStrictEqual(sources, before[index]);
      if (isSettled) this.#keep(file, { sources, description: described[index] ?? nothing });
      else unsettled.push(file);
    }
    if (unsettled.length > 0) await this.#read(unsettled, rounds - 1);
  }

  async #describeOne(file: string): Promise<{ sources: Sources; description: Description }> {
    const sources = this.#sandbox.readSources(file);
    return { sources, description: await this.#sandbox.describe([file]) };
  }

  #keep(file: string, { sources, description }: { sources: Sources; description: Description }): void {
    const { problems } = description;
    const isBroken = problems.length > 0;
    const working = isBroken ? this.#files.get(file)?.working : { description, sources };
    const live = isBroken ? this.#fromCopy(file, working) : description;
    this.#files.set(file, { sources, live, working, problems });
  }

  #fromCopy(file: string, working: OwnFile['working']): Description {
    if (working === undefined) return nothing;
    const copy = this.#copies.write(file, working.sources);
    const moved = <Moved extends { source: ClassSource }>(item: Moved): Moved => ({
      ...item,
      source: { ...item.source, file: copy },
    });
    const { handlers, packages } = working.description;
    return { handlers: handlers.map(moved), packages: packages.map(moved), problems: [] };
  }
}
