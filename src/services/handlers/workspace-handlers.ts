import { isDeepStrictEqual } from 'node:util';
import type { ClassSource, Description, FileProblem } from '../../sandbox/protocol.ts';
import { isRegistered } from '../../sandbox/registrations.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { WorkingCopies } from '../../sandbox/working-copies.ts';

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

/** A file that is being read, with its text and that of what it imports as they were when that began. */
interface Reading {
  file: string;
  sources: Sources;
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
export class WorkspaceHandlers {
  readonly #list: () => string[];
  readonly #sandbox: Sandbox;
  readonly #copies: WorkingCopies;
  readonly #files = new Map<string, OwnFile>();
  /** Of each file the last reading that was begun: what an earlier one finds counts no more. */
  readonly #readings = new Map<string, Reading>();
  /** The place of each file among those that were there at the start. */
  #places = new Map<string, number>();

  /**
   * @param folder the workspace's
   * @param list tells which files may hold handlers now
   */
  constructor(folder: string, list: () => string[], sandbox: Sandbox) {
    this.#list = list;
    this.#sandbox = sandbox;
    this.#copies = new WorkingCopies(folder);
  }

  /**
   * Reads all files for the first time, side by side. They are being read as soon as this was called.
   *
   * @param onRead told after each of them
   * @throws at once what tells that the machine lacks something for a while
   */
  load(onRead: () => void): Promise<unknown> {
    const list = this.#list();
    this.#places = new Map(list.map((file, place) => [file, place]));
    return this.#during(list, (readings) =>
      Promise.all(
        readings.map(async (reading) => {
          this.#end(reading, await this.#sandbox.describe([reading.file]));
          onRead();
        }),
      ),
    );
  }

  /** The files that are being read, in the order of their names. */
  reading(): string[] {
    return [...this.#readings.keys()].sort();
  }

  /** Whether files are being read for the first time, so that nobody knows yet what they hold. */
  get isLoading(): boolean {
    return this.#firstReadings().length > 0;
  }

  /** What matches in the text of the files that are being read. */
  mentioned(pattern: RegExp): string[] {
    const texts = [...this.#readings.values()].flatMap(({ sources }) => [...sources.values()]);
    return texts.flatMap((text) => text.match(pattern) ?? []);
  }

  /** Whether a class may yet have to give way to one of a file that is still being read: such a file names its alias. */
  mayGiveWay({ alias, source }: Item): boolean {
    const place = this.#places.get(source.file) ?? Number.POSITIVE_INFINITY;
    return this.#firstReadings().some(
      (reading) => (this.#places.get(reading.file) ?? place) < place && this.#names(reading, alias),
    );
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
    if (affected.length > 0) await this.#readAgain(affected);
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
    const beingRead = [...this.#readings.values()].map((reading) => reading.sources);
    return [...new Set([...sources, ...beingRead].flatMap((each) => [...each.keys()]))];
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
    const isChanged = (sources: Sources) => changed.some((name) => sources.has(name));
    const reading = this.#readings.get(file);
    if (reading) return isChanged(reading.sources);
    const known = this.#files.get(file);
    // What a broken file misses may be in any file.
    return known === undefined || known.problems.length > 0 || isChanged(known.sources);
  }

  #firstReadings(): Reading[] {
    return [...this.#readings.values()].filter(({ file }) => !this.#files.has(file));
  }

  /** Whether an alias is written in a file, or in what it imports that is no handler file of its own. */
  #names({ file, sources }: Reading, alias: string): boolean {
    const isItsOwn = (name: string) => name === file || !this.#places.has(name);
    return [...sources].some(([name, text]) => isItsOwn(name) && text.includes(alias));
  }

  /** Reads files until none is written while it is read: the sources that are kept are those that were described. */
  async #readAgain(files: readonly string[], rounds = 5): Promise<void> {
    const unsettled = await this.#during(files, async (readings) => {
      const described = await this.#sandbox.reload(files);
      return readings.filter((reading, index) => {
        const now = this.#sandbox.readSources(reading.file);
        const isSettled = rounds === 0 || isDeepStrictEqual(now, reading.sources);
        if (isSettled) this.#end(reading, described[index] ?? nothing);
        return !isSettled;
      });
    });
    const left = unsettled.map(({ file }) => file);
    if (left.length > 0) await this.#readAgain(left, rounds - 1);
  }

  /** Files count as being read while `work` reads them. */
  #during<Result>(
    files: readonly string[],
    work: (readings: readonly Reading[]) => Promise<Result>,
  ): Promise<Result> {
    const readings = files.map((file) => ({ file, sources: this.#sandbox.readSources(file) }));
    for (const reading of readings) this.#readings.set(reading.file, reading);
    return work(readings).finally(() => {
      for (const reading of readings.filter((each) => this.#isLast(each)))
        this.#readings.delete(reading.file);
    });
  }

  #isLast(reading: Reading): boolean {
    return this.#readings.get(reading.file) === reading;
  }

  #end(reading: Reading, description: Description): void {
    if (!this.#isLast(reading)) return;
    this.#readings.delete(reading.file);
    this.#keep(reading.file, { sources: reading.sources, description });
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
