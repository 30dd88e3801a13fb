import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';

/** How a compiled file imports: given what is named, gives the module. */
export type Import = (name: string, options?: unknown) => Promise<unknown>;

/** Finds the file of what is named, as an address. */
export type Resolve = (name: string) => string | undefined;

const require = createRequire(import.meta.url);

/**
 * Lets compiled files import CommonJS as Node does: `default` is `module.exports`, and its fields are named exports.
 * The compiler alone gives a module to the first who imports it in one form, and to all others in another.
 */
export class NodeImports {
  readonly #own: ReadonlySet<string>;
  readonly #native = new Map<string, object>();
  readonly #made = new WeakMap<object, object>();

  /** @param own the names that stand for modules of ours, which are given as they are */
  constructor(own: Iterable<string>) {
    this.#own = new Set(own);
  }

  /** The same way of importing, with every module as Node gives it. */
  wrap(load: Import, resolve: Resolve): Import {
    return async (name, options) => {
      const imported = await load(name, options);
      return this.#own.has(name) ? imported : this.#asNode(imported, fileOf(resolve(name)));
    };
  }

  async #asNode(imported: unknown, file: string | undefined): Promise<unknown> {
    if (file === undefined || path.extname(file) === '.json') return imported;
    if (isObject(imported) && types.isModuleNamespaceObject(imported)) {
      this.#native.set(file, imported);
      return imported;
    }
    if (isLoadedByNode(file, imported)) return this.#native.get(file) ?? import(pathToFileURL(file).href);
    return isCommonJs(file, imported) ? this.#namespaceOf(imported) : imported;
  }

  /** What Node would make of the exports of a CommonJS module that was compiled here. */
  #namespaceOf(exported: unknown): object {
    if (!isObject(exported)) return { default: exported };
    const known = this.#made.get(exported) ?? { ...exported, default: exported };
    this.#made.set(exported, known);
    return known;
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Whether Node itself has loaded the file, as CommonJS: it is then given to whoever comes second as it is. */
function isLoadedByNode(file: string, imported: unknown): boolean {
  const loaded = require.cache[file];
  return loaded !== undefined && loaded.exports === imported && !('esmResolve' in loaded.require);
}

/** A compiled module says that it was one with `import` and `export`, unless it may not be one. */
const isCommonJs = (file: string, exported: unknown): boolean =>
  /\.c[jt]s$/.test(file) || !isObject(exported) || !('__esModule' in exported);

function fileOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (address.startsWith('file:')) return fileURLToPath(address);
  return path.isAbsolute(address) ? address : undefined;
}
