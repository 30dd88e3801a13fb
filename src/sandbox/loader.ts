import { createRequire } from 'node:module';
import path from 'node:path';
import type { BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { isHandlerClass } from '../authoring/package-settings.ts';
import { isPackageClass, type PackagedBotClass } from '../authoring/packaged-bot.ts';
import { createError, MessengerError, messageOf, stackOf } from '../base/errors.ts';
import { createJiti } from '../base/jiti.ts';
import { packageFile } from '../base/package-file.ts';
import { isShortage } from '../base/shortage.ts';
import { classAt, describeModule, type Exports, exportsOf, registerExported } from './exported-classes.ts';
import { libraryName } from './library-name.ts';
import type { ClassSource, Description } from './protocol.ts';
import { Registrations } from './registrations.ts';
import { asAuthored } from './working-copies.ts';

/** What handler files may import even if the workspace has not installed it. */
const ownModuleNames = ['messenger-bots', libraryName];

/** Our modules that handler files import, by their import names. */
export type OwnModules = Record<string, Record<string, unknown>>;

/** Modules of this process that are loaded instead of files, by the names that are used for their files. */
export type GivenModules = ReadonlyMap<string, object>;

type ImportModule = (file: string) => Promise<object>;

/** Loads one handler file of a workspace, once in the life of a worker. */
export class Loader {
  readonly #workspace: string;
  readonly #importModule: ImportModule;
  #module: Promise<Exports> | undefined;
  readonly #registrations = new Registrations();

  /** Called once the file is loaded. From then on its code runs only in operations. */
  onLoaded: () => void = () => {};

  private constructor(workspace: string, load: ImportModule) {
    this.#workspace = workspace;
    this.#importModule = load;
  }

  /**
   * @param workspace absolute path of the workspace's folder
   * @param ownModules our modules that it may import
   */
  static create(workspace: string, ownModules: OwnModules): Loader {
    return new Loader(workspace, importer(workspace, ownModules));
  }

  /** As {@link create}, inside a process that loads files more than once, and has some modules already. */
  static inside(workspace: string, given: GivenModules): Loader {
    const importInside = async (file: string) =>
      importer(workspace, await importOwnModules(workspace), { moduleCache: false })(file);
    return new Loader(workspace, async (file) => given.get(file) ?? importInside(file));
  }

  /** Does work of the file's code, which may register no classes any more. */
  host<Result>(work: () => Result): Result {
    return this.#registrations.host(work);
  }

  /** Takes all code of this thread for that of the file. */
  hostAll(): void {
    this.#registrations.hostAll();
  }

  /**
   * Loads a file and describes what it exports. A file that cannot be loaded is returned as a problem.
   *
   * @throws an error for a temporary shortage of the machine
   */
  async describe(file: string): Promise<Description> {
    const where = this.#shown(file);
    try {
      return describeModule(await this.#load(file), { file, where, folder: this.#workspace });
    } catch (error) {
      if (isShortage(error)) throw error;
      return { handlers: [], packages: [], problems: [{ file: where, message: this.#explain(file, error) }] };
    }
  }

  /**
   * The handler class at a source.
   *
   * @throws HANDLER_FILE_BROKEN, HANDLER_UNKNOWN
   */
  async loadHandler(source: ClassSource): Promise<BotActionHandlerClass> {
    const found = await this.load(source);
    if (isHandlerClass(found)) return found;
    throw this.#unknown(source);
  }

  /**
   * The class of the packaged bot at a source.
   *
   * @throws HANDLER_FILE_BROKEN, HANDLER_UNKNOWN
   */
  async loadPackage(source: ClassSource): Promise<PackagedBotClass> {
    const found = await this.load(source);
    if (isPackageClass(found)) return found;
    throw this.#unknown(source);
  }

  /**
   * The class at a source, a handler or a packaged bot.
   *
   * @throws HANDLER_FILE_BROKEN, HANDLER_UNKNOWN
   */
  async load(source: ClassSource): Promise<BotActionHandlerClass | PackagedBotClass> {
    const found = classAt(await this.#load(source.file), source);
    if (isHandlerClass(found) || isPackageClass(found)) return found;
    throw this.#unknown(source);
  }

  #unknown({ file, exportName }: ClassSource): Error {
    return createError('HANDLER_UNKNOWN', `${exportName} in ${this.#shown(file)}`, []);
  }

  /** Loads the file once. After a failure, the next call tries again. */
  #load(file: string): Promise<Exports> {
    const loading = this.#module ?? this.#import(file);
    this.#module = loading;
    loading.catch(() => {
      this.#module = undefined;
    });
    return loading;
  }

  async #import(file: string): Promise<Exports> {
    try {
      const exported = exportsOf(await this.#registrations.during(() => this.#importModule(file)));
      this.#registrations.withoutRecording(() => registerExported(exported));
      this.onLoaded();
      return new Map([...exported, ...this.#registrations.all]);
    } catch (error) {
      throw new MessengerError('HANDLER_FILE_BROKEN', this.#explain(file, error), undefined, {
        cause: error,
      });
    }
  }

  /** A message with file and line. Our errors have it; the compiler's and the author's are converted. */
  #explain(file: string, error: unknown): string {
    const shown = this.#shown(file);
    if (error instanceof MessengerError) {
      const isNamed = error.code === 'HANDLER_FILE_BROKEN' || error.message.startsWith(shown);
      return isNamed ? error.message : `${shown}: ${error.message}`;
    }
    const { where, problem } = locate(error, file, this.#workspace);
    return createError('HANDLER_FILE_BROKEN', this.#shown(where), problem).message;
  }

  #shown(file: string): string {
    const [name = file, position = ''] = file.split(/(?=:\d+)/, 2);
    if (!path.isAbsolute(name)) return file;
    return `${path.relative(this.#workspace, asAuthored(name))}${position}`;
  }
}

function importer(
  workspace: string,
  ownModules: OwnModules,
  options: { moduleCache?: boolean } = {},
): ImportModule {
  const jiti = createJiti(path.join(workspace, 'bots', 'index.ts'), {
    // Our own modules are passed in, so that a handler extends the same class that this worker uses.
    virtualModules: ownModules,
    workspace,
    ...options,
  });
  return (file) => (file in ownModules ? Promise.resolve(ownModules[file] ?? {}) : jiti.import<object>(file));
}

/**
 * Our own modules, and zod if the workspace has none: a folder with only `bots/` works. All of zod takes longer
 * to load than the rest of a worker, so it is loaded when a file imports it.
 */
export async function importOwnModules(workspace: string): Promise<OwnModules> {
  const ours = ownModuleNames.map(async (name) => [name, { ...(await import(name)) }] as const);
  const modules = Object.fromEntries(await Promise.all(ours));
  return canResolve('zod', workspace)
    ? modules
    : Object.defineProperty(modules, 'zod', { enumerable: true, get: requireZod });
}

const require = createRequire(import.meta.url);

const requireZod = (): unknown => require(packageFile('dist/sandbox/zod.cjs'));

function canResolve(name: string, workspace: string): boolean {
  try {
    createRequire(path.join(workspace, 'x.js')).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** The place below the workspace that a loading error points to, and its message without the position. */
function locate(error: unknown, file: string, workspace: string): { where: string; problem: string } {
  const problem = (messageOf(error).split('\n')[0] ?? '').replace(/^ParseError: /, '').trim();
  // The compiler puts the position on the second line of its message, the engine in the first frame.
  const places = stackOf(error)
    .split('\n')
    .map((line) => line.slice(Math.max(0, line.indexOf(`${workspace}${path.sep}`))));
  const place = places.find((line) => line.startsWith(workspace) && !line.includes('node_modules'));
  return { where: /^.*?:\d+/.exec(place ?? '')?.[0] ?? file, problem };
}
