import path from 'node:path';
import { createError, MessengerError } from '../../base/errors.ts';
import { shownPath } from '../../base/shown-path.ts';
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
  type DuplicateAlias,
  findNamed,
  type HandlerNotice,
  isInstalled,
  isOwn,
  isReplacement,
  isSame,
  noticesOf,
  plainName,
  type SourcePlace,
  variablesOf,
} from './described.ts';
import { assertKnownLibrary } from './known-library.ts';
import { WorkspaceHandlers } from './workspace-handlers.ts';

const nothing: Description = { handlers: [], packages: [], problems: [] };

/** What a reload has changed. */
export interface Reloaded {
  /** Files that were read again or removed; paths relative to the workspace. */
  files: string[];
  /** The classes that were updated. */
  classes: string[];
  /** The handlers whose alias no longer exists. */
  removed: HandlerDescription[];
  /** Why files could not be loaded. Lists all current problems. */
  problems: FileProblem[];
}

/** The settings for handlers. */
export interface CatalogueSettings {
  /** Which ready-made classes are registered: all, or those named. */
  library: boolean | readonly string[];
  /** The environment that handlers get if some of them declare these variables. */
  environment: (declared: readonly string[]) => NodeJS.ProcessEnv;
  /** The configuration file, where it registers handlers itself. */
  registering?: readonly string[];
  /** Where `library` is set, for messages. */
  configFile: string;
}

/** All handlers and packaged bots that can be used: the workspace's own and the ready-made ones. */
export class HandlerCatalogue {
  /** Increases with every change, so that caches can compare it. */
  revision = 0;
  /** Why files could not be loaded. */
  problems: FileProblem[] = [];
  /** Two classes with one alias. The first is used. */
  duplicates: DuplicateAlias[] = [];
  /** What handlers still need before they can work. */
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
   * @param folder of the workspace, to shorten file names in messages
   * @param files returns the files that may contain handlers now
   */
  constructor(folder: string, files: () => string[], sandbox: Sandbox, settings: CatalogueSettings) {
    this.#settings = settings;
    this.#folder = folder;
    const withConfig = () => [...files(), ...(this.#settings.registering ?? [])];
    this.#own = new WorkspaceHandlers(folder, withConfig, sandbox);
    this.#sandbox = sandbox;
  }

  /**
   * Starts reading all files in parallel. The content of a file can be used as soon as it is read. If a class
   * of the workspace has the same alias as a ready-made one, it replaces it.
   *
   * @returns once the ready-made classes named in the settings are loaded; see {@link whenLoaded}
   * @throws CONFIG_INVALID when `library` names something that does not exist
   */
  async begin(): Promise<void> {
    const readyMade = this.#loadReadyMade();
    // If loading the workspace's files fails first, nothing awaits this promise.
    readyMade.catch(() => {});
    const own = this.#own.load(() => this.#apply());
    this.#loading = Promise.all([readyMade, own]).then(() => this.#apply());
    // The error is reported to those who await it.
    this.#loading.catch(() => {});
    if (Array.isArray(this.#settings.library)) await readyMade;
  }

  async #loadReadyMade(): Promise<void> {
    const readyMade = await this.#sandbox.describe([libraryName]);
    assertKnownLibrary(this.#settings, readyMade);
    this.#readyMade = readyMade;
    this.#apply();
  }

  /** Whether files are still being read for the first time, so their content is not known yet. */
  get isLoading(): boolean {
    return this.#readyMade === undefined || this.#own.isLoading;
  }

  /** The files that are being read, for the first time or again, named as in messages. */
  reading(): string[] {
    const own = this.#own.reading().map((file) => shownPath(this.#folder, file));
    return this.#readyMade ? own : [...own, libraryName];
  }

  /**
   * Resolves once all files were read, including broken ones.
   *
   * @throws MESSENGER_ENDING
   */
  whenLoaded(): Promise<void> {
    return this.#waiting.until(this.#loading.then(() => undefined));
  }

  /** The problems of the workspace's files that were read. */
  brokenFiles(): FileProblem[] {
    return this.#own.description().problems;
  }

  /**
   * Why the handler with this alias is not loaded, if it is probably in a broken file: one that names the alias, or
   * whose own name is like it.
   */
  problemOf(alias: string): FileProblem | undefined {
    const named = ({ file }: FileProblem) => plainName(path.parse(file).name) === plainName(alias);
    return this.#own.problemNaming(alias) ?? this.problems.find(named);
  }

  /**
   * Resolves when the known handlers change next.
   *
   * @throws MESSENGER_ENDING
   */
  nextChange(): Promise<void> {
    return this.#waiting.nextChange();
  }

  /**
   * Resolves once these handlers or packages are settled: files that are still being read cannot change them,
   * or all files are read.
   *
   * @param names aliases, class names or files
   * @throws MESSENGER_ENDING
   */
  async whenKnown(names: readonly string[]): Promise<void> {
    while (!this.knows(names)) await this.nextChange();
  }

  /** Whether these handlers or packages are settled; see {@link whenKnown}. */
  knows(names: readonly string[]): boolean {
    return !this.isLoading || names.every((name) => this.#isSettled(name));
  }

  #isSettled(name: string): boolean {
    const found = findNamed(this.#handlers, name) ?? findNamed(this.#packages, name);
    return found !== undefined && !this.#own.mayBeReplaced(found);
  }

  /** Ends all waits for files, because the process is about to end. */
  close(): void {
    this.#waiting.close();
  }

  /**
   * Reads changed files again. A broken file keeps its previous content, and its problem is reported.
   *
   * @param changed absolute paths of files that were saved, created or removed, of any kind
   * @throws MESSENGER_ENDING
   */
  reload(changed: readonly string[]): Promise<Reloaded> {
    // One at a time: a reload may be requested while a saved file is being read.
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
      files: files.map((file) => shownPath(this.#folder, file)),
      classes: this.#classesIn(files),
      removed: [...before.values()].filter(({ alias }) => !this.#handlers.has(alias)),
      problems: this.problems,
    };
  }

  /**
   * Applies a changed configuration.
   *
   * @throws CONFIG_INVALID when `library` names something that does not exist; nothing is changed then
   */
  configure(settings: CatalogueSettings): void {
    if (this.#readyMade) assertKnownLibrary(settings, this.#readyMade);
    this.#settings = settings;
    this.#apply();
  }

  /** The files that define the workspace's handlers, including those they import. */
  sources(): string[] {
    return this.#own.imported();
  }

  /** The environment variables that handlers read, including handlers that are not registered. */
  variables(): string[] {
    return [...this.all(), ...(this.#readyMade?.handlers ?? [])].flatMap(variablesOf);
  }

  /** The environment variables that handlers read, or that appear in files still being read. */
  mentionedVariables(): string[] {
    return [...this.variables(), ...this.#own.mentioned(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g)];
  }

  /** Removes copies of broken files that a killed process left behind. Call it before any reload. */
  clearCopies(): void {
    this.#own.clearCopies();
  }

  /** The handler with this alias. */
  find(alias: string): HandlerDescription | undefined {
    return this.#handlers.get(alias);
  }

  /**
   * The handler with this alias, or else with this class name or file.
   *
   * @throws HANDLER_UNKNOWN; HANDLER_FILE_BROKEN when it may be in a file that could not be loaded
   */
  get(name: string): HandlerDescription {
    return this.#get(this.#handlers, name, (known) => createError('HANDLER_UNKNOWN', name, known));
  }

  /**
   * The packaged bot with this alias, or else with this class name or file.
   *
   * @throws PACKAGE_UNKNOWN; HANDLER_FILE_BROKEN when it may be in a file that could not be loaded
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
   * The handlers that are registered: the workspace's own, the ready-made ones named in the configuration,
   * and those that a registered package installs. The other ready-made ones can still be attached.
   */
  registered(): HandlerDescription[] {
    const installs = this.registeredPackages().flatMap((packagedBot) => packagedBot.installs);
    const installed = new Set(installs.map(({ handler }) => handler.alias));
    return this.all().filter((handler) => this.#isRegistered(handler) || installed.has(handler.alias));
  }

  /** The registered packaged bots: the workspace's own, and ready-made ones the configuration names. */
  registeredPackages(): PackageDescription[] {
    return this.packages().filter((packagedBot) => this.#isRegistered(packagedBot));
  }

  /** The handlers that the workspace's own files export. */
  own(): HandlerDescription[] {
    return this.all().filter((handler) => isOwn(handler) && !isInstalled(handler));
  }

  /** The location of a handler's method as a stack frame; null for a handler from outside the workspace. */
  frameOf(handler: HandlerDescription, method: string): string | null {
    const place = this.placeOf(handler, method);
    return place && `at ${handler.class}.${method} (${place.file}:${place.line}:${place.column})`;
  }

  /** Where a class defines a method; null for a class from outside the workspace. */
  placeOf({ class: className, source }: Described, method: string): SourcePlace | null {
    const file = asAuthored(source.file);
    const sources = this.#own.sourcesOf(file);
    if (!sources.has(file)) return null;
    const place = placeOfMethod(sources, file, className, method);
    return { ...place, file: shownPath(this.#folder, place.file) };
  }

  /** The file of a handler or packaged bot, relative to the workspace; null for a ready-made one. */
  fileOf(item: Described): string | null {
    return isOwn(item) ? shownPath(this.#folder, asAuthored(item.source.file)) : null;
  }

  /** Whether the workspace has no handlers or packaged bots of its own, not even broken ones. */
  isEmpty(): boolean {
    return this.problems.length === 0 && ![...this.all(), ...this.packages()].some(isOwn);
  }

  #isRegistered(item: Described): boolean {
    const chosen = this.#settings.library;
    return isOwn(item) || (Array.isArray(chosen) ? chosen.includes(item.class) : chosen === true);
  }

  /** Rebuilds the catalogue from everything that is known now. */
  #apply(): void {
    const own = this.#own.description();
    const { handlers, packages, problems } = this.#readyMade ?? nothing;
    this.problems = [...own.problems, ...problems];
    this.duplicates = [];
    this.#handlers = this.#collect(handlers, own.handlers);
    this.#packages = this.#collect(packages, own.packages);
    const environment = this.#settings.environment(this.all().flatMap(variablesOf));
    this.#sandbox.setEnvironment(environment);
    this.notices = this.all().flatMap((handler) => noticesOf(handler, environment));
    this.revision++;
    this.#waiting.notify();
  }

  #classesIn(files: readonly string[]): string[] {
    const described = [...this.all(), ...this.packages()];
    return described.filter(({ source }) => files.includes(source.file)).map((item) => item.class);
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

  /** Whatever its name, the missing item may be in a file that could not be loaded. */
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
      else if (!isSame(item, other)) this.#reportDuplicate(other, item);
    }
    for (const item of readyMade) {
      const other = items.get(item.alias);
      if (other === undefined || isReplacement(item, other)) items.set(item.alias, item);
    }
    return items;
  }

  /** The notices about the handlers with these aliases. */
  noticesOf(aliases: Iterable<string>): HandlerNotice[] {
    const wanted = new Set(aliases);
    return this.notices.filter(({ handler }) => wanted.has(handler));
  }

  #reportDuplicate(first: Described, second: Described): void {
    const [one, other] = [this.fileOf(first) ?? '', this.fileOf(second) ?? ''];
    const { message } = createError('ALIAS_TAKEN', second.alias, one, other);
    this.duplicates.push({ first, second, message });
    this.problems.push({ file: other, message });
  }
}
