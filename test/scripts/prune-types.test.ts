import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pruneTypes } from '../../scripts/prune-types.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

test('only the declarations that authors can reach stay', () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'index.d.ts': "export * from './a.ts';\nexport type { Z } from 'zod';\n",
    'kit/index.d.ts': "export declare const b: import('../b.ts').B;\n",
    'a.d.ts': "import type { Deep } from './deep/c.ts';\nexport type A = Deep;\n",
    'b.d.ts': "export type B = import('./a.ts').A;\n",
    'deep/c.d.ts': "export type Deep = import('../index.ts').Z;\n",
    'inside.d.ts': "export * from './a.ts';\n",
    'deep/inside.d.ts': 'export {};\n',
    'inside.js': '',
  });
  pruneTypes(folder, ['index.d.ts', 'kit/index.d.ts']);
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
  expect(left.sort()).toEqual(
    ['a.d.ts', 'b.d.ts', 'deep/c.d.ts', 'inside.js', 'index.d.ts', 'kit/index.d.ts'].sort(),
  );
});
