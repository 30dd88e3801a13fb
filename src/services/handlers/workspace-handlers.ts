import { isDeepStrictEqual } from 'node:util';
import type { ClassSource, Description, FileProblem } from '../../sandbox/protocol.ts';
import { isRegistered } from '../../sandbox/registrations.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { WorkingCopies } from '../../sandbox/working-copies.ts';

type Sources = ReturnType<Sandbox['readSources']>;

/** A file of the workspace that may contain handlers. */
interface OwnFile {
  /** Its text and the texts of its imports, as they were when it was described. */
  sources: Sources;
  /** Its current content; for a broken file, its content when it last worked. */
  live: Description;
  /** Its content when it last worked, and the sources of that. */
  working: { description: Description; sources: Sources } | undefined;
  problems: FileProblem[];
}

/** A file that is being read, with its text and the texts of its imports as they were at the start. */
interface Reading {
  file: string;
  sources: Sources;
}

type Item = Description['handlers' | 'packages'][number];

const isSame = (one: Item, other: Item): boolean => one.class === other.class && one.alias === other.alias;

const isExported = ({ source }: Item): boolean =>
  source.install === undefined && !isRegistered(source.exportName);

/** Whether a class belongs to the imported file, because that file exports it or else registers it. */
function isCloser(own: Item, item: Item, isCircular: boolean): boolean {
  if (own.source.install !== undefined) return false;
  if (isExported(own)) return !isCircular || !isExported(item);
  return !isCircular && !isExported(item);
}

const nothing: Description = { handlers: [], packages: [], problems: [] };

/**
 * The workspace's own files and their content. A broken file keeps its previous content, loaded from a copy
 * of the files that worked.
 */
export class WorkspaceHandlers {
  readonly #list: () => string[];
  readonly #sandbox: Sandbox;
  readonly #copies: WorkingCopies;
  readonly #files = new Map<string, OwnFile>();
  /** The last reading started for each file. Results of earlier ones are discarded. */
  readonly #readings = new Map<string, Reading>();
  /** The position of each file in the list at the start. */
  #places = new Map<string, number>();

  /**
   * @param folder of the workspace
   * @param list returns the files that may contain handlers now
   */
  constructor(folder: string, list: () => string[], sandbox: Sandbox) {
    this.#list = list;
    this.#sandbox = sandbox;
    this.#copies = new WorkingCopies(folder);
  }

  /**
   * Reads all files for the first time, in parallel. Reading has started when this returns.
   *
   * @param onRead called after each file
   * @throws immediately on a temporary shortage of the machine
   */
  load(onRead: () => void): Promise<unknown> {
    const list = this.#list();
    this.#places = new Map(list.map((file, place) => [file, place]));
    return this.#whileReading(list, (readings) =>
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

  /** Whether files are being read for the first time, so their content is not known yet. */
  get isLoading(): boolean {
    return this.#firstReadings().length > 0;
  }

  /** Matches of a pattern in the text of the files that are being read. */
  mentioned(pattern: RegExp): string[] {
    const texts = [...this.#readings.values()].flatMap(({ sources }) => [...sources.values()]);
    return texts.flatMap((text) => text.match(pattern) ?? []);
  }

  /** The problem of a broken file that names an alias as a text, and so probably has the handler. */
  problemNaming(alias: string): FileProblem | undefined {
    const quoted = ["'", '"', '`'].map((quote) => `${quote}${alias}${quote}`);
    const names = (text = '') => quoted.some((name) => text.includes(name));
    const broken = [...this.#files].filter(([file, { sources }]) => names(sources.get(file)));
    return broken.flatMap(([, { problems }]) => problems)[0];
  }

  /** Whether a file that is being read may still replace a class, because it names the class's alias. */
  mayBeReplaced({ alias, source }: Item): boolean {
    const place = this.#places.get(source.file) ?? Number.POSITIVE_INFINITY;
    return this.#firstReadings().some(
      (reading) => (this.#places.get(reading.file) ?? place) < place && this.#names(reading, alias),
    );
  }

  /**
   * Reads changed files again, with the files that import them and those that were broken.
   *
   * @param changed absolute paths of any files
   * @returns the files that were read, and those that were removed
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

  /** The content of all files, ordered by name, with their problems. */
  description(): Description {
    const files = this.#list().flatMap((file) => this.#files.get(file) ?? []);
    const isOwn = (item: Item) => !this.#isReExported(item);
    return {
      handlers: files.flatMap(({ live }) => live.handlers).filter(isOwn),
      packages: files.flatMap(({ live }) => live.packages).filter(isOwn),
      problems: files.flatMap(({ problems }) => problems),
    };
  }

  /** Whether a file only re-exports a class of a file it imports, as an `index.ts` does. */
  #isReExported(item: Item): boolean {
    const { file } = item.source;
    const imported = [...(this.#files.get(file)?.sources.keys() ?? [])].filter((source) => source !== file);
    return imported.some((source) => {
      const other = this.#files.get(source);
      const items = other ? [...other.live.handlers, ...other.live.packages] : [];
      const isCircular = other?.sources.has(file) ?? false;
      return items.some((own) => isSame(own, item) && isCloser(own, item, isCircular));
    });
  }

  /** The workspace's handler files and their imports, even those that are missing now. */
  imported(): string[] {
    const sources = [...this.#files.values()].flatMap((file) => [
      file.sources,
      file.working?.sources ?? new Map(),
    ]);
    const beingRead = [...this.#readings.values()].map((reading) => reading.sources);
    return [...new Set([...sources, ...beingRead].flatMap((each) => [...each.keys()]))];
  }

  /** The texts that the handlers of a file were described from, imports included; empty for other files. */
  sourcesOf(file: string): Sources {
    const known = this.#files.get(file);
    return known?.working?.sources ?? known?.sources ?? new Map();
  }

  /** Removes the copies kept for broken files. */
  clearCopies(): void {
    this.#copies.clear();
  }

  #isAffected(file: string, changed: readonly string[]): boolean {
    const isChanged = (sources: Sources) => changed.some((name) => sources.has(name));
    const reading = this.#readings.get(file);
    if (reading) return isChanged(reading.sources);
    const known = this.#files.get(file);
    // What a broken file is missing may be in any file.
    return known === undefined || known.problems.length > 0 || isChanged(known.sources);
  }

  #firstReadings(): Reading[] {
    return [...this.#readings.values()].filter(({ file }) => !this.#files.has(file));
  }

  /** Whether an alias appears in a file, or in an import that is not a handler file itself. */
  #names({ file, sources }: Reading, alias: string): boolean {
    const isItsOwn = (name: string) => name === file || !this.#places.has(name);
    return [...sources].some(([name, text]) => isItsOwn(name) && text.includes(alias));
  }

  /** Reads files until none changes while it is read, so that the stored sources match the result. */
  async #readAgain(files: readonly string[], rounds = 5): Promise<void> {
    const unsettled = await this.#whileReading(files, async (readings) => {
      const sources = new Set(readings.flatMap((reading) => [...reading.sources.keys()]));
      const described = await this.#sandbox.reload(files, [...sources]);
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

  /** Marks files as being read while `work` runs. */
  #whileReading<Result>(
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
