import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Position {
  line: number;
  column: number;
}

/**
 * A compiler plug-in that finds the first decorator of a file. The compiler supports only the legacy decorators
 * of `experimentalDecorators`, and calls standard ones with the wrong arguments.
 */
export const decoratorFinder = (found: (position: Position) => void) => ({
  pre: ({ ast }: { ast: unknown }): void => {
    const position = findDecorator(ast);
    if (position) found(position);
  },
  visitor: {},
});

/** The error for a file with standard decorators. Its stack contains the position. */
export function decoratorError(file: string, { line, column }: Position): Error {
  const message =
    `the decorator in line ${line} would not be called as TypeScript's standard decorators are. ` +
    'Call the function by hand instead, or set "experimentalDecorators": true in tsconfig.json if it is a legacy decorator';
  const error = new Error(message);
  error.stack = `Error: ${message}\n    at ${file}:${line}:${column + 1}`;
  return error;
}

/** Whether the `tsconfig.json` nearest to a file enables legacy decorators. */
export function usesLegacyDecorators(file: string): boolean {
  const config = path.join(path.dirname(file), 'tsconfig.json');
  if (existsSync(config)) {
    const text = readFileSync(config, 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
    return /"experimentalDecorators"\s*:\s*true/.test(text);
  }
  const parent = path.dirname(path.dirname(config));
  return parent !== path.dirname(file) && usesLegacyDecorators(path.join(parent, path.basename(file)));
}

function findDecorator(node: unknown): Position | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (Reflect.get(node, 'type') === 'Decorator') return Reflect.get(node, 'loc')?.start;
  for (const [name, inner] of Object.entries(node)) {
    const found = nonChildKeys.has(name) ? undefined : findDecorator(inner);
    if (found) return found;
  }
  return undefined;
}

/** Properties of a node that are not child nodes. */
const nonChildKeys = new Set([
  'loc',
  'tokens',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'extra',
  'errors',
]);
