import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What `messenger bots` prints from a copy of the package with only these of its parts. */
async function runWith(parts: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const folder = temporaryFolder();
  for (const part of ['package.json', 'bin', ...parts]) {
    cpSync(packageFile(part), path.join(folder, part), { recursive: true });
  }
  // The folder of packages is there, without any of them.
  mkdirSync(path.join(folder, 'node_modules'));
  const script = path.join(folder, 'bin/messenger.js');
  return promisify(execFile)(process.execPath, [script, 'bots'], { cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test.each([
  ['in a clone before "npm install"', []],
  ['where its packages are missing', ['dist']],
])('%s the command says what to do, without a stack', async (_, parts) => {
  const { code, stdout, stderr } = await runWith(parts);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^Error: The installation of messenger-bots is incomplete: .*In a clone, run "npm install"; .*\n$/,
  );
});
