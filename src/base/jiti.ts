import { createRequire } from 'node:module';
import path from 'node:path';
import type { Jiti, JitiOptions, TransformOptions, TransformResult } from 'jiti';
import { decoratorError, decoratorFinder, wantsOldDecorators } from './decorators.ts';
import { NodeImports } from './node-imports.ts';

const require = createRequire(import.meta.url);

/** By this name a compiled file finds how it is to import. */
const importing = 'messenger-bots:imports';

/** What stands at the beginning of every compiled file, in its first line: the others keep their numbers. */
const beginning = `jitiImport = require(${JSON.stringify(importing)}).wrap(jitiImport, jitiESMResolve);`;

/**
 * The compiler for handlers and configurations, loaded when it is first wanted. It is required: `import` would have
 * Node read all of it to find its names, which took longer than anything else that a thread does until it is ready.
 * What it compiles imports as Node does, and has no decorators that it would call in a wrong way.
 */
export function createJiti(file: string, options: JitiOptions): Jiti {
  const jiti: typeof import('jiti') = require('jiti');
  const { virtualModules = {} } = options;
  const imports = new NodeImports(Object.keys(virtualModules));
  const made = jiti.createJiti(file, {
    ...options,
    interopDefault: false,
    virtualModules: { ...virtualModules, [importing]: imports },
    transform,
  });
  const load = made.import.bind(made);
  const resolve = (name: string) => made.esmResolve(name, { try: true });
  return Object.assign(made, { import: imports.wrap(load as never, resolve) });
}

/** The compiler itself is a megabyte and a half: it is loaded with the first file that is not in the cache. */
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
  if (decorator && !wantsOldDecorators(filename)) throw decoratorError(filename, decorator);
  return { ...result, code: result.code.replace(/^("use strict";)?/, `$1${beginning}`) };
}
