import { createRequire } from 'node:module';
import path from 'node:path';
import type { Jiti, JitiOptions, TransformOptions, TransformResult } from 'jiti';
import { compileCache } from './data-folder.ts';
import { decoratorError, decoratorFinder, usesLegacyDecorators } from './decorators.ts';
import { NodeImports } from './node-imports.ts';

const require = createRequire(import.meta.url);

/** The name under which a compiled file finds its import function. */
const importsModule = 'messenger-bots:imports';

/** Prepended to the first line of every compiled file, so that line numbers stay the same. */
const prologue = `jitiImport = require(${JSON.stringify(importsModule)}).wrap(jitiImport, jitiESMResolve);`;

interface CompilerOptions extends Pick<JitiOptions, 'virtualModules' | 'moduleCache'> {
  /** The folder of the workspace, which keeps what was compiled. */
  workspace: string;
}

/**
 * Creates the compiler for handlers and configurations, which is loaded on first use. It is loaded with
 * `require`, because `import` would make Node parse all of it for export names, which took longer than the
 * rest of a worker's start. Compiled files import as Node does. Standard decorators are rejected.
 */
export function createJiti(
  file: string,
  { workspace, virtualModules = {}, ...options }: CompilerOptions,
): Jiti {
  const jiti: typeof import('jiti') = require('jiti');
  const imports = new NodeImports(Object.keys(virtualModules));
  // Not by spreading, which would load a module that is loaded on first use.
  const modules = Object.create(virtualModules, { [importsModule]: { value: imports } });
  const compiler = jiti.createJiti(file, {
    ...options,
    fsCache: compileCache(workspace),
    interopDefault: false,
    virtualModules: modules,
    transform,
  });
  const load = compiler.import.bind(compiler);
  const resolve = (name: string) => compiler.esmResolve(name, { try: true });
  return Object.assign(compiler, { import: imports.wrap(load as never, resolve) });
}

/** The compiler proper is 1.5 MB. It is loaded with the first file that is not in the cache. */
function transform(options: TransformOptions): TransformResult {
  const compile: NonNullable<JitiOptions['transform']> = require(
    path.join(path.dirname(require.resolve('jiti')), '../dist/babel.cjs'),
  );
  let decorator: Parameters<Parameters<typeof decoratorFinder>[0]>[0] | undefined;
  const finder = decoratorFinder((place) => {
    decorator = place;
  });
  const { filename = '' } = options;
  const result = compile({ ...options, babel: { ...options.babel, plugins: [finder] } });
  if (decorator && !usesLegacyDecorators(filename)) throw decoratorError(filename, decorator);
  return { ...result, code: result.code.replace(/^("use strict";)?/, `$1${prologue}`) };
}
