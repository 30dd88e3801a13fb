import path from 'node:path';
import { failure, MessengerError } from '../base/errors.ts';
import type { FileProblem, HandlerDescription } from '../sandbox/protocol.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The import path of the ready-made handlers. */
const library = 'messenger-bots/library';

/** The handlers that can be attached and run: those of the workspace, and the ready-made ones. */
export class HandlerCatalogue {
  /** Grows with every change: whoever caches what handlers fix compares it. */
  revision = 0;
  /** Why files gave no handlers. */
  problems: FileProblem[] = [];
  readonly #folder: string;
  readonly #files: () => string[];
  readonly #sandbox: Sandbox;
  #handlers = new Map<string, HandlerDescription>();

  /**
   * @param folder the workspace's, for short file names in sentences
   * @param files tells which files may hold handlers now
   */
  constructor(folder: string, files: () => string[], sandbox: Sandbox) {
    this.#folder = folder;
    this.#files = files;
    this.#sandbox = sandbox;
  }

  /** Reads all handlers. A ready-made one gives way to the workspace's own with its alias. */
  async load(): Promise<void> {
    const own = await this.#sandbox.describe(this.#files());
    const readyMade = await this.#sandbox.describe([library]);
    this.problems = [...own.problems, ...readyMade.problems];
    this.#handlers = new Map(readyMade.handlers.map((handler) => [handler.alias, handler]));
    for (const handler of own.handlers) this.#addOwn(handler);
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
    const handler = this.find(name) ?? this.all().find((candidate) => isNamed(candidate, name));
    if (handler) return handler;
    const problem = this.problems.find(({ file }) => path.parse(file).name === path.parse(name).name);
    if (problem) throw new MessengerError('HANDLER_FILE_BROKEN', problem.message);
    throw failure(
      'HANDLER_UNKNOWN',
      name,
      this.all()
        .map((known) => known.alias)
        .sort(),
    );
  }

  /** Every handler, ordered by name. */
  all(): HandlerDescription[] {
    return [...this.#handlers.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  /** The handlers of the workspace itself. */
  own(): HandlerDescription[] {
    return this.all().filter(isOwn);
  }

  #addOwn(handler: HandlerDescription): void {
    const other = this.#handlers.get(handler.alias);
    if (other === undefined || !isOwn(other)) {
      this.#handlers.set(handler.alias, handler);
      return;
    }
    const [first, second] = [this.#shown(other), this.#shown(handler)];
    this.problems.push({
      file: second,
      message: failure('ALIAS_TAKEN', handler.alias, first, second).message,
    });
  }

  #shown(handler: HandlerDescription): string {
    return path.relative(this.#folder, handler.source.file);
  }
}

const isNamed = (handler: HandlerDescription, name: string): boolean =>
  handler.class === name || handler.source.file === path.resolve(name);

const isOwn = (handler: HandlerDescription): boolean => handler.source.file !== library;
