import { createRequire } from 'node:module';
import path from 'node:path';
import type { BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import { isHandlerClass } from '../authoring/package-settings.ts';
import { isPackageClass, type PackagedBotClass } from '../authoring/packaged-bot.ts';
import { compileCache } from '../base/data-folder.ts';
import { createError, MessengerError, messageOf, stackOf } from '../base/errors.ts';
import { createJiti } from '../base/jiti.ts';
import { isShortage } from '../base/shortage.ts';
import { classAt, describeModule, type Exports, exportsOf, registerExported } from './exported-classes.ts';
import { libraryName } from './library-name.ts';
import type { ClassSource, Description } from './protocol.ts';
import { Registrations } from './registrations.ts';
import { asAuthored } from './working-copies.ts';

/** What handler files may import although the workspace has not installed it. */
const doorNames = ['messenger-bots', libraryName];

/** Modules of ours that handler files import, by the names they have there. */
export type Doors = Record<string, Record<string, unknown>>;

/** Loads one handler file of a workspace, once, as a worker does in its life. */
export class Loader {
  readonly #workspace: string;
  readonly #importModule: (file: string) => Promise<object>;
  #module: Promise<Exports> | undefined;
  readonly #registrations = new Registrations();

  /** Called once the file is loaded: what it does from then on, it does in runs. */
  onLoaded: () => void = () => {};

  private constructor(workspace: string, load: (file: string) => Promise<object>) {
    this.#workspace = workspace;
    this.#importModule = load;
  }

  /**
   * @param workspace absolute path of the workspace's folder
   * @param doors what it imports of ours
   */
  static create(workspace: string, doors: Doors): Loader {
    const jiti = createJiti(path.join(workspace, 'bots', 'index.ts'), {
      // Our own modules are handed over as they are, so that a handler extends the very class this thread knows.
      virtualModules: doors,
      fsCache: compileCache(workspace),
    });
    return new Loader(workspace, (file) =>
      file in doors ? Promise.resolve(doors[file] ?? {}) : jiti.import<object>(file),
    );
  }

  /**
   * Loads a file and describes what it exports. One that cannot be loaded is a problem.
   *
   * @throws what tells that the machine lacks something for a while
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

  /** Once it was loaded and registered; one that could not be is tried again. */
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

  /** One sentence with file and line. Ours say that already; the compiler's and the author's are put into shape. */
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

/** Our two doors, and zod where the workspace has none of its own: a folder with nothing but `bots/` works. */
export async function importDoors(workspace: string): Promise<Doors> {
  const ours = doorNames.map(async (name) => [name, { ...(await import(name)) }] as const);
  const modules = Object.fromEntries(await Promise.all(ours));
  return canResolve('zod', workspace) ? modules : { ...modules, zod: { ...(await import('zod')) } };
}

function canResolve(name: string, workspace: string): boolean {
  try {
    createRequire(path.join(workspace, 'x.js')).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Where below the workspace an error of loading a file points to, and what it says without its position. */
function locate(error: unknown, file: string, workspace: string): { where: string; problem: string } {
  const problem = (messageOf(error).split('\n')[0] ?? '').replace(/^ParseError: /, '').trim();
  // The compiler writes the place into the second line of its message, the engine into the first frame.
  const places = stackOf(error)
    .split('\n')
    .map((line) => line.slice(Math.max(0, line.indexOf(`${workspace}${path.sep}`))));
  const place = places.find((line) => line.startsWith(workspace) && !line.includes('node_modules'));
  return { where: /^.*?:\d+/.exec(place ?? '')?.[0] ?? file, problem };
}
