import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';

/** The import function of a compiled file: takes a specifier and returns the module. */
export type Import = (name: string, options?: unknown) => Promise<unknown>;

/** Resolves a specifier to the URL of its file. */
export type Resolve = (name: string) => string | undefined;

const require = createRequire(import.meta.url);

/**
 * Lets compiled files import CommonJS as Node does: `default` is `module.exports`, and its fields are named
 * exports. The compiler alone returns different forms of a module to its first importer and to later ones.
 */
export class NodeImports {
  readonly #own: ReadonlySet<string>;
  readonly #native = new Map<string, object>();
  readonly #namespaces = new WeakMap<object, object>();

  /** @param own the names of our own modules, which are returned as they are */
  constructor(own: Iterable<string>) {
    this.#own = new Set(own);
  }

  /** Wraps an import function so that it returns every module as Node would. */
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

  /** Builds the namespace that Node would make of the exports of a compiled CommonJS module. */
  #namespaceOf(exported: unknown): object {
    if (!isObject(exported)) return { default: exported };
    const known = this.#namespaces.get(exported) ?? { ...exported, default: exported };
    this.#namespaces.set(exported, known);
    return known;
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Whether Node itself has loaded the file as CommonJS. Later importers then receive it as it is. */
function isLoadedByNode(file: string, imported: unknown): boolean {
  const loaded = require.cache[file];
  return loaded !== undefined && loaded.exports === imported && !('esmResolve' in loaded.require);
}

/** A module compiled from `import` and `export` has `__esModule`, unless its extension says CommonJS. */
const isCommonJs = (file: string, exported: unknown): boolean =>
  /\.c[jt]s$/.test(file) || !isObject(exported) || !('__esModule' in exported);

function fileOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (address.startsWith('file:')) return fileURLToPath(address);
  return path.isAbsolute(address) ? address : undefined;
}
