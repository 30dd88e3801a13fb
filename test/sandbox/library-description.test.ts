import { expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { defaultActionLimits } from '../../src/domain/limits.ts';
import { isDescribedByBuild, readLibraryDescription } from '../../src/sandbox/library-description.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the build has described the ready-made handlers as they describe themselves', async () => {
  const { describeLibrary }: typeof import('../../src/sandbox/describe-library.ts') = await import(
    packageFile('dist/sandbox/describe-library.js')
  );
  const described = await describeLibrary(defaultActionLimits, temporaryFolder());
  expect(described.handlers.length).toBeGreaterThan(20);
  expect(readLibraryDescription()).toEqual(described);
});

test.each([
  ['the defaults', {}, true],
  ['the defaults among other limits', { bots: 3 }, true],
  ['fewer triggers', { triggers: 1 }, false],
  ['shorter messages', { message: 10 }, false],
])('the description of the build holds under %s: %s', (_, changed, holds) => {
  expect(isDescribedByBuild({ ...defaultActionLimits, ...changed })).toBe(holds);
});
