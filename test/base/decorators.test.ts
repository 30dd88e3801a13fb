import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decoratorError, decoratorFinder, usesLegacyDecorators } from '../../src/base/decorators.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('the tsconfig.json nearest to a file enables the old decorators', () => {
  const old = '{ "compilerOptions": { "experimentalDecorators": true } }';

  test.each<[string, Record<string, string>, boolean]>([
    ['without any', {}, false],
    ['beside it', { 'bots/tsconfig.json': old }, true],
    ['above it', { 'tsconfig.json': old }, true],
    ['the nearer one counts', { 'tsconfig.json': old, 'bots/tsconfig.json': '{}' }, false],
    ['switched off', { 'tsconfig.json': old.replace('true', 'false') }, false],
    ['in a line that is a comment', { 'tsconfig.json': `{\n  // "experimentalDecorators": true\n}` }, false],
    ['in a comment over lines', { 'tsconfig.json': `{ /* "experimentalDecorators": true,\n */ }` }, false],
    ['behind comments', { 'tsconfig.json': `// ours\n/* all */ ${old}` }, true],
    ['without spaces', { 'tsconfig.json': '{"experimentalDecorators":true}' }, true],
    ['in a file that is no JSON', { 'tsconfig.json': 'experimentalDecorators' }, false],
    ['of another folder', { 'lib/tsconfig.json': old }, false],
  ])('%s (%#)', (_, files, expected) => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    expect(usesLegacyDecorators(path.join(folder, 'bots/a.ts'))).toBe(expected);
  });
});

test('the error of a decorator points to it', () => {
  const { message, stack } = decoratorError('/w/bots/a.ts', { line: 3, column: 4 });
  expect(message).toContain('the decorator in line 3');
  expect(stack?.split('\n').at(-1)).toBe('    at /w/bots/a.ts:3:5');
});

describe('the first decorator of a syntax tree', () => {
  const decorator = (line: number) => ({ type: 'Decorator', loc: { start: { line, column: 2 } } });
  const find = (ast: unknown) => {
    const found: unknown[] = [];
    decoratorFinder((place) => found.push(place)).pre({ ast });
    return found;
  };

  test.each<[string, unknown, number[]]>([
    ['of a class', { program: { body: [{ decorators: [decorator(1)] }] } }, [1]],
    ['is the first of several', { body: [{ a: [decorator(2)] }, decorator(5)] }, [2]],
    ['is not looked for in comments and tokens', { comments: [decorator(1)], tokens: [decorator(2)] }, []],
    ['is not there', { program: { body: [null, 1, 'Decorator'] } }, []],
    ['of nothing', null, []],
  ])('%s', (_, ast, lines) => {
    expect(find(ast)).toEqual(lines.map((line) => ({ line, column: 2 })));
  });
});
