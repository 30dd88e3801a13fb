import path from 'node:path';
import { createError, MessengerError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { Waiting } from '../../base/waiting.ts';
import { placeOfMethod } from '../../sandbox/handler-place.ts';
import { libraryName } from '../../sandbox/library-name.ts';
import type {
  Description,
  FileProblem,
  HandlerDescription,
  PackageDescription,
} from '../../sandbox/protocol.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { asAuthored } from '../../sandbox/working-copies.ts';
import {
  byName,
  type Described,
  findNamed,
  type HandlerNotice,
  isInstalled,
  isOwn,
  isReplacement,
  isSame,
  noticesOf,
  variablesOf,
} from './described.ts';
import { WorkspaceHandlers } from './workspace-handlers.ts';

const nothing: Description = { handlers: [], packages: [], problems: [] };

/** What a reload has changed. */
export interface Reloaded {
  /** What was read again, and what is gone; paths in the workspace. */
  files: string[];
  /** The classes that are live with new code. */
  classes: string[];
  /** The handlers whose alias is known no more. */
  removed: HandlerDescription[];
  /** Why files gave no handlers or packages: all that there are now. */
  problems: FileProblem[];
}

/** What the configuration says about handlers. */
export interface CatalogueSettings {
  /** Which ready-made classes are registered: all, or those named. */
  library: boolean | readonly string[];
  /** What handlers find in their environment when some of them declare these variables. */
  environment: (declared: readonly string[]) => NodeJS.ProcessEnv;
  /** The configuration, where it registers handlers itself. */
  registering?: readonly string[];
  /** Where `library` is written, for sentences. */
  configFile: string;
}

/** The handlers and packaged bots that can be used: those of the workspace, and the ready-made ones. */
export class HandlerCatalogue {
  /** Grows with every change: whoever caches what handlers fix compares it. */
  revision = 0;
  /** Why files gave no handlers or packages. */
  problems: FileProblem[] = [];
  /** What handlers still lack to do their work. */
  notices: HandlerNotice[] = [];
  #settings: CatalogueSettings;
  readonly #folder: string;
  readonly #own: WorkspaceHandlers;
  readonly #sandbox: Sandbox;
  #readyMade: Description | undefined;
  #handlers = new Map<string, HandlerDescription>();
  #loading: Promise<unknown> = Promise.resolve();
  #reloading: Promise<unknown> = Promise.resolve();
  #packages = new Map<string, PackageDescription>();
  readonly #waiting = new Waiting();

  /**
   * @param folder the workspace's, for short file names in sentences
   * @param files tells which files may hold handlers now
   */
  constructor(folder: string, files: () => string[], sandbox: Sandbox, settings: CatalogueSettings) {
    this.#settings = settings;
    this.#folder = folder;
    const withConfig = () => [...files(), ...(this.#settings.registering ?? [])];
    this.#own = new WorkspaceHandlers(folder, withConfig, sandbox);
    this.#sandbox = sandbox;
  }

  /**
   * Begins to read all files, side by side: what one of them holds can be used as soon as it is read. A ready-made class
   * gives way to the workspace's own with its alias.
   *
   * @returns once it is sure that the ready-made ones that the settings name are there; see {@link whenLoaded}
   * @throws CONFIG_INVALID when `library` names what is not there
   */
  async begin(): Promise<void> {
    const readyMade = this.#loadReadyMade();
    // Where the own files fail first, nobody waits for it.
    readyMade.catch(() => {});
    const own = this.#own.load(() => this.#apply());
    this.#loading = Promise.all([readyMade, own]).then(() => this.#apply());
    // Whoever waits for it is told.
    this.#loading.catch(() => {});
    if (Array.isArray(this.#settings.library)) await readyMade;
  }

  async #loadReadyMade(): Promise<void> {
    const readyMade = await this.#sandbox.describe([libraryName]);
    this.#checkLibrary(this.#settings, readyMade);
    this.#readyMade = readyMade;
    this.#apply();
  }

  /** Whether files are still being read for the first time: what they hold is not known yet. */
  get isLoading(): boolean {
    return this.#readyMade === undefined || this.#own.isLoading;
  }

  /** The files that are being read at this moment, for the first time or again, as they are called in sentences. */
  reading(): string[] {
    const own = this.#own.reading().map((file) => path.relative(this.#folder, file));
    return this.#readyMade ? own : [...own, libraryName];
  }

  /**
   * Resolves once all files were read, those that are broken too.
   *
   * @throws MESSENGER_ENDING
   */
  whenLoaded(): Promise<void> {
    return this.#waiting.until(this.#loading.then(() => undefined));
  }

  /** Why files of the workspace gave nothing, of those that were read. */
  brokenFiles(): FileProblem[] {
    return this.#own.description().problems;
  }

  /**
   * Resolves with the next change of what is known.
   *
   * @throws MESSENGER_ENDING
   */
  nextChange(): Promise<void> {
    return this.#waiting.nextChange();
  }

  /**
   * Resolves once some handlers or packages are known as they will be when all files are read, or are known not to be
   * there.
   *
   * @param names aliases, class names or files
   * @throws MESSENGER_ENDING
   */
  async whenKnown(names: readonly string[]): Promise<void> {
    while (!this.knows(names)) await this.nextChange();
  }

  /** Whether what is known of some handlers or packages will be so when all files are read. */
  knows(names: readonly string[]): boolean {
    return !this.isLoading || names.every((name) => this.#isSettled(name));
  }

  #isSettled(name: string): boolean {
    const found = findNamed(this.#handlers, name) ?? findNamed(this.#packages, name);
    return found !== undefined && !this.#own.mayGiveWay(found);
  }

  /** Lets nobody wait for files any more: the process is about to end. */
  close(): void {
    this.#waiting.close();
  }

  /**
   * Reads again what has changed. A file that is broken goes on with what it held before; its problem is told.
   *
   * @param changed absolute paths of files that were saved, made or removed; any files
   * @throws MESSENGER_ENDING
   */
  reload(changed: readonly string[]): Promise<Reloaded> {
    // One at a time: somebody may ask for it while a saved file is being read.
    const reloading = this.#reloading.then(() => this.#reload(changed));
    this.#reloading = reloading.catch(() => {});
    return this.#waiting.until(reloading);
  }

  async #reload(changed: readonly string[]): Promise<Reloaded> {
    const before = new Map(this.#handlers);
    const files = await this.#own.reload(changed);
    this.#waiting.assertOpen();
    this.#apply();
    return {
      files: files.map((file) => path.relative(this.#folder, file)),
      classes: this.#classesIn(files),
      removed: [...before.values()].filter(({ alias }) => !this.#handlers.has(alias)),
      problems: this.problems,
    };
  }

  /**
   * Takes over what the configuration says by now.
   *
   * @throws CONFIG_INVALID when `library` names what is not there; nothing is changed then
   */
  configure(settings: CatalogueSettings): void {
    if (this.#readyMade) this.#checkLibrary(settings, this.#readyMade);
    this.#settings = settings;
    this.#apply();
  }

  /** The files of the workspace that handlers are made of: their own, and those they import. */
  sources(): string[] {
    return this.#own.imported();
  }

  /** The environment variables that handlers read, also those that are not registered. */
  variables(): string[] {
    return [...this.all(), ...(this.#readyMade?.handlers ?? [])].flatMap(variablesOf);
  }

  /** The environment variables that handlers read, or that are named in files that are still being read. */
  mentionedVariables(): string[] {
    return [...this.variables(), ...this.#own.mentioned(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g)];
  }

  /** Removes what a process that was killed has left of files that were broken. To be called before any reload. */
  clearCopies(): void {
    this.#own.clearCopies();
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
    return this.#get(this.#handlers, name, (known) => createError('HANDLER_UNKNOWN', name, known));
  }

  /**
   * The packaged bot of an alias, or else of a class name or a file.
   *
   * @throws PACKAGE_UNKNOWN, or HANDLER_FILE_BROKEN when it is in a file that could not be loaded
   */
  getPackage(name: string): PackageDescription {
    return this.#get(this.#packages, name, (known) => createError('PACKAGE_UNKNOWN', name, known));
  }

  /** Every handler that can be attached, ordered by name. */
  all(): HandlerDescription[] {
    return byName(this.#handlers);
  }

  /** Every packaged bot that can be installed, ordered by name. */
  packages(): PackageDescription[] {
    return byName(this.#packages);
  }

  /**
   * The handlers that are registered: the workspace's own, the ready-made ones that the configuration asks for,
   * and those that a registered package installs. The other ready-made ones can be attached all the same.
   */
  registered(): HandlerDescription[] {
    const installs = this.registeredPackages().flatMap((packagedBot) => packagedBot.installs);
    const installed = new Set(installs.map(({ handler }) => handler.alias));
    return this.all().filter((handler) => this.#isRegistered(handler) || installed.has(handler.alias));
  }

  /** The packaged bots that are registered: the workspace's own, and the ready-made ones that are asked for. */
  registeredPackages(): PackageDescription[] {
    return this.packages().filter((packagedBot) => this.#isRegistered(packagedBot));
  }

  /** The handlers that the workspace's own files export. */
  own(): HandlerDescription[] {
    return this.all().filter((handler) => isOwn(handler) && !isInstalled(handler));
  }

  /** Where a method of a handler stands, as a line of a stack; null for a handler that is not the workspace's own. */
  frameOf({ class: className, source }: HandlerDescription, method: string): string | null {
    const file = asAuthored(source.file);
    const sources = this.#own.sourcesOf(file);
    if (!sources.has(file)) return null;
    const place = placeOfMethod(sources, file, className, method);
    const where = path.relative(this.#folder, place.file);
    return `at ${className}.${method} (${where}:${place.line}:${place.column})`;
  }

  /** Whether the workspace has neither handlers nor packaged bots of its own, not even broken ones. */
  isEmpty(): boolean {
    return this.problems.length === 0 && ![...this.all(), ...this.packages()].some(isOwn);
  }

  #isRegistered(item: Described): boolean {
    const chosen = this.#settings.library;
    return isOwn(item) || (Array.isArray(chosen) ? chosen.includes(item.class) : chosen === true);
  }

  /** Puts together what there is now. */
  #apply(): void {
    const own = this.#own.description();
    const { handlers, packages, problems } = this.#readyMade ?? nothing;
    this.problems = [...own.problems, ...problems];
    this.#handlers = this.#collect(handlers, own.handlers);
    this.#packages = this.#collect(packages, own.packages);
    const environment = this.#settings.environment(this.all().flatMap(variablesOf));
    this.#sandbox.setEnvironment(environment);
    this.notices = this.all().flatMap((handler) => noticesOf(handler, environment));
    this.revision++;
    this.#waiting.tell();
  }

  #classesIn(files: readonly string[]): string[] {
    const described = [...this.all(), ...this.packages()];
    return described.filter(({ source }) => files.includes(source.file)).map((item) => item.class);
  }

  #checkLibrary(
    { library: chosen, configFile }: CatalogueSettings,
    { handlers, packages }: Description,
  ): void {
    const known = new Set([...handlers, ...packages].map((item) => item.class));
    const unknown = Array.isArray(chosen) ? chosen.filter((name) => !known.has(name)) : [];
    if (unknown.length === 0) return;
    const names = unknown
      .map((name) => `"${name}"${didYouMean(name, known).replace(/^ (.*)$/, ' ($1)')}`)
      .join(', ');
    const problem = `library has no ${names}; known are ${[...known].sort().join(', ')}`;
    throw createError('CONFIG_INVALID', configFile, problem);
  }

  #get<Item extends Described>(
    items: ReadonlyMap<string, Item>,
    name: string,
    unknown: (known: string[]) => MessengerError,
  ): Item {
    const found = findNamed(items, name);
    if (found) return found;
    const problem = this.problems.find(({ file }) => path.parse(file).name === path.parse(name).name);
    if (problem) throw new MessengerError('HANDLER_FILE_BROKEN', problem.message);
    throw this.#withProblems(unknown([...items.keys()].sort()));
  }

  /** What is looked for may be in a file that could not be loaded, whatever its name. */
  #withProblems(error: MessengerError): MessengerError {
    if (this.problems.length === 0) return error;
    const files = this.problems.map(({ message }) => message).join('\n');
    return new MessengerError(error.code, `${error.message}\nNot every file could be loaded:\n${files}`);
  }

  #collect<Item extends Described>(readyMade: readonly Item[], own: readonly Item[]): Map<string, Item> {
    const items = new Map<string, Item>();
    for (const item of own) {
      const other = items.get(item.alias);
      if (other === undefined || isReplacement(item, other)) items.set(item.alias, item);
      else if (!isSame(item, other)) this.#reportTwo(other, item);
    }
    for (const item of readyMade) {
      const other = items.get(item.alias);
      if (other === undefined || isReplacement(item, other)) items.set(item.alias, item);
    }
    return items;
  }

  /** What some handlers, by their aliases, lack. */
  noticesOf(aliases: Iterable<string>): HandlerNotice[] {
    const concerned = new Set(aliases);
    return this.notices.filter(({ handler }) => concerned.has(handler));
  }

  #reportTwo(first: Described, second: Described): void {
    const [one, other] = [first, second].map(({ source }) =>
      path.relative(this.#folder, asAuthored(source.file)),
    );
    const { message } = createError('ALIAS_TAKEN', second.alias, one ?? '', other ?? '');
    this.problems.push({ file: other ?? '', message });
  }
}
